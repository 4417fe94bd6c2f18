//! Operations, fields, values and whole resources are added by YAML alone: in a copy of the project
//! nothing else is edited, and the result compiles without a warning and can be called.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use plivo_simulator::{Options, Simulator};

use crate::support::{model_of, root};

/// What the copy needs: everything but the simulator and these tests.
const PARTS: [&str; 7] = [".clippy.toml", "Cargo.lock", "Cargo.toml", "codegen", "generated-client", "spec", "xtask"];

/// Edits of `profile.yaml`: what stands there, and what is put before it.
const ADDITIONS: [(&str, &str); 5] = [
    (
        "\n  # From here on not among",
        "\n  favourite_bread: { type: string, summary: The bread that the company likes. }\n",
    ),
    ("MANUFACTURING, GOVERNMENT,", " BAKING, "),
    ("      website: optional\n      plivo_subaccount:\n", "      favourite_bread: optional\n"),
    (
        "\nanswers:\n",
        "
  archive:
    does: act
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

struct Copy {
    directory: tempfile::TempDir,
}

impl Copy {
    fn new() -> Self {
        let copy = Self { directory: tempfile::tempdir().expect("a directory") };
        for part in PARTS {
            copy_all(&root().join(part), &copy.path(part));
        }
        let manifest = fs::read_to_string(copy.path("Cargo.toml")).expect("the manifest");
        let members = "members = [\"codegen\", \"generated-client\", \"xtask\"]";
        let lines = manifest.lines().map(|line| if line.starts_with("members = ") { members } else { line });
        copy.write("Cargo.toml", &lines.collect::<Vec<_>>().join("\n"));
        copy
    }

    fn path(&self, part: &str) -> PathBuf {
        self.directory.path().join(part)
    }

    fn write(&self, part: &str, text: &str) {
        let path = self.path(part);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, text).expect("a file");
    }

    /// Cargo in the copy, offline, with the target folder of the project.
    fn cargo(&self, arguments: &[&str], url: Option<&str>) -> Output {
        let mut command = Command::new(env!("CARGO"));
        command.arg("--offline").args(arguments).current_dir(self.directory.path());
        command.env("CARGO_TARGET_DIR", target()).env_remove("CARGO_MANIFEST_DIR");
        if let Some(url) = url {
            command.env("PLIVO_BASE_URL", url);
        }
        command.output().expect("cargo")
    }

    /// Runs cargo; it must succeed and must not warn.
    fn quietly(&self, arguments: &[&str], url: Option<&str>) {
        let output = self.cargo(arguments, url);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !said.contains("warning"), "cargo {arguments:?}\n{said}");
    }
}

/// The folder that this test was built into.
fn target() -> PathBuf {
    let program = std::env::current_exe().expect("this program");
    let target = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists());
    target.expect("the target folder").to_path_buf()
}

fn copy_all(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a directory");
        for entry in fs::read_dir(from).expect("a directory") {
            let path = entry.expect("an entry").path();
            copy_all(&path, &to.join(path.file_name().expect("a name")));
        }
    } else {
        fs::create_dir_all(to.parent().expect("a directory")).expect("a directory");
        fs::copy(from, to).expect("a file");
    }
}

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
    assert_eq!(paths.len(), 4, "{paths:?}");
}
