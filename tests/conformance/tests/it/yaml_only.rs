//! Operations, fields, values and whole resources are added by YAML alone: in a copy of the project
//! nothing else is edited, and the result compiles without a warning and can be called.

use std::fs;

use plivo_simulator::{Options, Simulator};

use crate::copy::{Copy, copy_all};
use crate::support::{model_of, root};

/// Edits of `profile.yaml`: what stands there, and what is put before it.
const ADDITIONS: [(&str, &str); 5] = [
    (
        "\n  # The page does not list",
        "\n  favourite_bread: { type: string, summary: The bread that the company likes. }\n",
    ),
    ("MANUFACTURING, GOVERNMENT,", " BAKING, "),
    ("      website: optional\n      plivo_subaccount: {", "      favourite_bread: optional\n"),
    (
        "\nanswers:\n",
        "
  archive:
    does: action
    summary: Puts a profile away.
    request: POST /v1/Account/{auth_id}/Profile/{profile_uuid}/Archive/
    body: { reason: { type: string, summary: Why. } }
    answer: { type: ProfileArchived }
",
    ),
    (
        "\n  ProfileDeleted:\n",
        "
  ProfileArchived:
    summary: It is put away.
    fields:
      message: { type: string, summary: Says so., example: Profile archived. }
",
    ),
];

fn add(text: &str, place: &str, addition: &str) -> String {
    assert_eq!(text.matches(place).count(), 1, "`{place}` must stand once in profile.yaml");
    text.replace(place, &format!("{addition}{place}"))
}

#[tokio::test]
async fn a_copy_with_more_yaml_has_more_client() {
    let copy = Copy::new();
    let profile = fs::read_to_string(copy.path("spec/resources/profile.yaml")).expect("profile.yaml");
    let profile = ADDITIONS.iter().fold(profile, |text, (place, addition)| add(&text, place, addition));
    copy.write("spec/resources/profile.yaml", &profile);
    let tests = root().join("tests/conformance/tests");
    copy_all(&tests.join("yaml_only/bakery.yaml"), &copy.path("spec/resources/bakery.yaml"));
    // Every type of the language, the smallest resource, and names and texts that try to break the
    // generated code are compiled along with them.
    let goldens = root().join("codegen/tests/emission");
    copy_all(&goldens.join("every_type.yaml"), &copy.path("spec/resources/thing.yaml"));
    for (golden, name) in [("minimal", "note"), ("hostile", "odd")] {
        let text = fs::read_to_string(goldens.join(format!("{golden}.yaml"))).expect(golden);
        let text = text.replace("resource: thing", &format!("resource: {name}"));
        let text = text.replace("plural: things", &format!("plural: {name}s")).replace("/Thing/", &format!("/{name}/"));
        copy.write(&format!("spec/resources/{name}.yaml"), &text);
    }
    copy_all(&tests.join("yaml_only/calls.rs"), &copy.path("generated-client/examples/calls.rs"));

    copy.quietly(&["run", "--quiet", "--package", "xtask", "--", "generate"], None);
    let simulator = Simulator::start(model_of(&copy.path("spec")), Options::new()).await.expect("a free port");
    let url = simulator.url();
    let run = tokio::task::spawn_blocking(move || {
        copy.quietly(&["run", "--quiet", "--package", "plivo", "--example", "calls"], Some(&url));
        copy.quietly(&["doc", "--quiet", "--package", "plivo", "--no-deps"], None);
        copy.quietly(&["test", "--quiet", "--package", "plivo", "--doc"], None);
    });
    run.await.expect("the calls");
    let paths: Vec<_> = simulator.requests().iter().map(|request| request.path().to_owned()).collect();
    assert_eq!(paths.len(), 5, "{paths:?}");
}
