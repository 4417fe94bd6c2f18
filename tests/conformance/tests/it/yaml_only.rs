//! Operations, fields, values and resources can be added by YAML alone: a copy of the project in which only YAML changes
//! compiles without warnings, and its new operations can be called.

use std::fs;

use plivo_simulator::{Options, Simulator};

use crate::project_copy::{ProjectCopy, copy_all};
use crate::support::{model_of, root};

/// Edits of `profile.yaml`: an existing text, and the text to insert before it.
const ADDITIONS: [(&str, &str); 5] = [
    (
        "\n  # The page does not list",
        "\n  favourite_bread: { type: string, summary: Favorite bread of the company. }\n",
    ),
    ("      MANUFACTURING: Manufacturing.\n", "      BAKING: Bread and cake.\n"),
    ("      - plivo_subaccount: {", "      - favourite_bread\n"),
    (
        "\nanswers:\n",
        "
  archive:
    does: action
    summary: Archives a profile.
    request: POST /v1/Account/{account}/Profile/{profile_uuid}/Archive/
    body: [reason: { type: string, summary: Reason. }]
    answer: { type: ProfileArchived }
",
    ),
    (
        "\n  Profile:\n    summary: A stored",
        "
  ProfileArchived:
    summary: Confirmation of an archived profile.
    fields: [message: { type: string, summary: Confirmation message., example: Profile archived. }]
",
    ),
];

fn add(text: &str, anchor: &str, addition: &str) -> String {
    assert_eq!(text.matches(anchor).count(), 1, "`{anchor}` must occur once in profile.yaml");
    text.replace(anchor, &format!("{addition}{anchor}"))
}

#[tokio::test]
async fn new_yaml_becomes_new_operations_of_the_client() {
    let copy = ProjectCopy::with_resource("profile");
    let profile = fs::read_to_string(copy.path("spec/resources/profile.yaml")).expect("profile.yaml");
    let profile = ADDITIONS.iter().fold(profile, |text, (anchor, addition)| add(&text, anchor, addition));
    copy.write("spec/resources/profile.yaml", &profile);
    let tests = root().join("tests/conformance/tests");
    copy_all(&tests.join("yaml_only/bakery.yaml"), &copy.path("spec/resources/bakery.yaml"));
    // Also compile a resource with every type, the smallest resource, and one with hostile names and texts.
    let goldens = root().join("codegen/tests/emission");
    copy_all(&goldens.join("every_type.yaml"), &copy.path("spec/resources/thing.yaml"));
    for (golden, name) in [("minimal", "note"), ("hostile", "odd")] {
        let text = fs::read_to_string(goldens.join(format!("{golden}.yaml"))).expect(golden);
        let text = text.replace("resource: thing", &format!("resource: {name}"));
        let text = text.replace("plural: things", &format!("plural: {name}s")).replace("/Thing/", &format!("/{name}/"));
        copy.write(&format!("spec/resources/{name}.yaml"), &text);
    }
    copy_all(&tests.join("yaml_only/calls.rs"), &copy.path("generated-client/examples/calls.rs"));

    copy.cargo(&["run", "--quiet", "--package", "xtask", "--", "generate"], None);
    let simulator = Simulator::start(model_of(&copy.path("spec")), Options::new()).await.expect("a free port");
    let url = simulator.url();
    let run = tokio::task::spawn_blocking(move || {
        copy.cargo(&["run", "--quiet", "--package", "plivo", "--example", "calls"], Some(&url));
        copy.cargo(&["doc", "--quiet", "--package", "plivo", "--no-deps"], None);
        copy.cargo(&["test", "--quiet", "--package", "plivo", "--doc"], None);
    });
    run.await.expect("the calls");
    let paths: Vec<_> = simulator.requests().iter().map(|request| request.path().to_owned()).collect();
    assert_eq!(paths.len(), 5, "{paths:?}");
}
