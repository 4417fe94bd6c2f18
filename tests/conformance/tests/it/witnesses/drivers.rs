//! The programs that perform the calls of an SDK, with made-up packages. Where a language is not installed there is
//! nothing to test.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use plivo_codegen::model::{Registry, Sdk};
use plivo_conformance::witnesses::{Driver, Witness};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::Command;

const PYTHON: &str = "\
class Things:
    def paint(self, color, size=None):
        if (color, size) != ('red', 3):
            raise ValueError(f'{color}, {size}')


class RestClient:
    def __init__(self, auth_id, auth_token):
        self.things = Things()
";

/// `paint` has an argument with a value of its own, as compilers to older JavaScript write it.
const NODE: &str = "\
exports.Client = function (id, token, options) {
  this.things = {
    paint: function (color) {
      var size = arguments.length > 1 && arguments[1] !== undefined ? arguments[1] : null;
      if (color !== 'red' || size !== 3) throw new Error(color + ', ' + size);
    },
  };
};
";

fn sdk(registry: Registry) -> Sdk {
    Sdk {
        name: "made_up".to_owned(),
        summary: "A made-up SDK.".to_owned(),
        registry,
        package: "plivo".to_owned(),
        version: "1.2.3".to_owned(),
        equal: Vec::new(),
        methods: Vec::new(),
        lacks: Vec::new(),
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
    fs::write(path, text).expect("a file");
}

/// A directory with a package of this version.
fn installed(registry: Registry, version: &str) -> TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    let root = directory.path();
    match registry {
        Registry::PyPi => {
            write(&root.join("plivo/__init__.py"), PYTHON);
            let about = format!("Metadata-Version: 2.1\nName: plivo\nVersion: {version}\n");
            write(&root.join(format!("plivo-{version}.dist-info/METADATA")), &about);
        }
        Registry::Npm => {
            let package = root.join("node_modules/plivo");
            write(&package.join("index.js"), NODE);
            write(&package.join("package.json"), &json!({ "name": "plivo", "version": version }).to_string());
        }
    }
    directory
}

/// The languages that are installed.
fn registries() -> Vec<Registry> {
    let is_there = |program: &str| std::process::Command::new(program).arg("--version").output().is_ok();
    let programs = [("python3", Registry::PyPi), ("node", Registry::Npm)];
    programs.into_iter().filter(|(program, _)| is_there(program)).map(|(_, registry)| registry).collect()
}

fn step(arguments: Value) -> Value {
    json!({
        "url": "http://127.0.0.1:1", "hosts": [], "auth_id": "MA", "auth_token": "a", "calls": "things.paint",
        "arguments": arguments,
    })
}

#[tokio::test]
async fn methods_take_exactly_what_is_listed() {
    for registry in registries() {
        let directory = installed(registry, "1.2.3");
        let mut driver = Driver::start(&sdk(registry), directory.path()).await.unwrap();
        let red = json!({ "is": "red" });
        assert_eq!(driver.call(&step(json!([red, { "is": 3 }]))).await.unwrap(), Ok(()));
        for (wrong, count) in [(json!([red]), 1), (json!([red, { "is": 3 }, {}]), 3)] {
            let error = driver.call(&step(wrong)).await.unwrap().unwrap_err();
            assert!(error.contains("things.paint takes ") && error.ends_with(" are listed"), "{error}");
            assert!(error.contains(&format!("{count} ")), "{error}");
        }
        // What the method itself fails with is said.
        let error = driver.call(&step(json!([red, {}]))).await.unwrap().unwrap_err();
        assert!(error.contains("red"), "{error}");
    }
}

#[tokio::test]
async fn another_version_is_another_sdk() {
    for registry in registries() {
        let directory = installed(registry, "9.9.9");
        let error = Driver::start(&sdk(registry), directory.path()).await.unwrap_err().to_string();
        assert!(error.starts_with("made_up 1.2.3 is described, and 9.9.9 was loaded from "), "{error}");
    }
}

/// A package beside the script, as one in this project would be, is not the one that was installed.
#[test]
fn a_package_nearby_is_not_taken() {
    if !registries().contains(&Registry::Npm) {
        return;
    }
    let (installed, nearby) = (installed(Registry::Npm, "1.2.3"), installed(Registry::Npm, "9.9.9"));
    let script = nearby.path().join("driver.js");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("witnesses/driver.js"), &script).unwrap();
    let mut command = std::process::Command::new("node");
    let said = command.arg(script).arg(installed.path()).stdin(Stdio::null()).output().unwrap().stdout;
    let said: Value = serde_json::from_slice(&said).unwrap();
    assert_eq!(said["version"], "1.2.3");
}

/// `cat` says what it is told; into nowhere, it never answers.
#[cfg(unix)]
#[tokio::test]
async fn who_does_not_answer_is_not_waited_for() {
    let mut command = Command::new("sh");
    command.args(["-c", "cat > /dev/null"]);
    let mut driver = Driver::open(command, Duration::ZERO).unwrap();
    let error = driver.call(&json!({})).await.unwrap_err().to_string();
    // Without any time it may be that it is not even listening.
    assert!(error.starts_with("the SDK's program does not ") && error.ends_with(" within 0ns"), "{error}");
}

#[cfg(unix)]
#[tokio::test]
async fn who_has_ended_is_not_waited_for() {
    let mut command = Command::new("sh");
    command.args(["-c", "read line"]);
    let mut driver = Driver::open(command, Duration::MAX).unwrap();
    assert_eq!(driver.call(&json!({})).await.unwrap_err().to_string(), "the SDK's program has ended");
}
