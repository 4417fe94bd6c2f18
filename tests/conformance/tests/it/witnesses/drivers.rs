//! The scripts that drive SDKs, tested with made-up packages. Languages that are not installed are skipped.

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

/// `paint` has a parameter with a default value, as compilers to older JavaScript write it.
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
        rules: Vec::new(),
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
            let metadata = format!("Metadata-Version: 2.1\nName: plivo\nVersion: {version}\n");
            write(&root.join(format!("plivo-{version}.dist-info/METADATA")), &metadata);
        }
        Registry::Npm => {
            let package = root.join("node_modules/plivo");
            write(&package.join("index.js"), NODE);
            write(&package.join("package.json"), &json!({ "name": "plivo", "version": version }).to_string());
        }
    }
    directory
}

/// The registries whose languages are installed.
fn registries() -> Vec<Registry> {
    let is_installed = |program: &str| std::process::Command::new(program).arg("--version").output().is_ok();
    let programs = [("python3", Registry::PyPi), ("node", Registry::Npm)];
    programs.into_iter().filter(|(program, _)| is_installed(program)).map(|(_, registry)| registry).collect()
}

fn call(arguments: Value) -> Value {
    json!({
        "url": "http://127.0.0.1:1", "hosts": [], "auth_id": "MA", "auth_token": "a", "calls": "things.paint",
        "arguments": arguments,
    })
}

#[tokio::test]
async fn a_method_must_take_the_listed_arguments() {
    for registry in registries() {
        let directory = installed(registry, "1.2.3");
        let mut driver = Driver::start(&sdk(registry), directory.path()).await.unwrap();
        let red = json!({ "is": "red" });
        assert_eq!(driver.perform(&call(json!([red, { "is": 3 }]))).await.unwrap(), Ok(()));
        for (wrong, count) in [(json!([red]), 1), (json!([red, { "is": 3 }, {}]), 3)] {
            let error = driver.perform(&call(wrong)).await.unwrap().unwrap_err();
            assert!(error.contains("things.paint takes ") && error.ends_with(" are listed"), "{error}");
            assert!(error.contains(&format!("{count} ")), "{error}");
        }
        // The error of the method itself is reported.
        let error = driver.perform(&call(json!([red, {}]))).await.unwrap().unwrap_err();
        assert!(error.contains("red"), "{error}");
    }
}

#[tokio::test]
async fn another_version_of_the_sdk_is_refused() {
    for registry in registries() {
        let directory = installed(registry, "9.9.9");
        let error = Driver::start(&sdk(registry), directory.path()).await.unwrap_err().to_string();
        assert!(error.starts_with("made_up 1.2.3 is described, but 9.9.9 was loaded from "), "{error}");
    }
}

#[test]
fn a_package_next_to_the_script_is_not_loaded() {
    if !registries().contains(&Registry::Npm) {
        return;
    }
    let (installed, neighbor) = (installed(Registry::Npm, "1.2.3"), installed(Registry::Npm, "9.9.9"));
    let script = neighbor.path().join("driver.js");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("witnesses/driver.js"), &script).unwrap();
    let mut command = std::process::Command::new("node");
    let printed = command.arg(script).arg(installed.path()).stdin(Stdio::null()).output().unwrap().stdout;
    let printed: Value = serde_json::from_slice(&printed).unwrap();
    assert_eq!(printed["version"], "1.2.3");
}

#[cfg(unix)]
#[tokio::test]
async fn an_sdk_that_does_not_respond_times_out() {
    let mut command = Command::new("sh");
    command.args(["-c", "cat > /dev/null"]);
    let mut driver = Driver::open(command, Duration::ZERO).unwrap();
    let error = driver.perform(&json!({})).await.unwrap_err().to_string();
    // With no time at all, even writing to it may time out.
    assert!(error.starts_with("the SDK's program did not ") && error.ends_with(" within 0ns"), "{error}");
}

#[cfg(unix)]
#[tokio::test]
async fn an_sdk_that_has_ended_is_reported() {
    let mut command = Command::new("sh");
    command.args(["-c", "read line"]);
    let mut driver = Driver::open(command, Duration::MAX).unwrap();
    assert_eq!(driver.perform(&json!({})).await.unwrap_err().to_string(), "the SDK's program has ended");
}
