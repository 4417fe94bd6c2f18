//! The evidence: a test binary that is built once and run on every mutant.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use plivo_codegen::SpecFile;
use serde_json::Value;

use crate::BoxError;

/// The environment variable that names the spec directory to test.
const SPEC: &str = "PLIVO_SPEC";

/// The tests of this module state the project's own decisions.
const PROJECT_POLICY: &str = "project_policy::";

/// The tests of the evidence that a spec fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedTests {
    /// Their names, as in `page::limits`.
    pub names: Vec<String>,
    /// Everything that the test binary prints.
    pub output: String,
}

impl FailedTests {
    /// Reads the output of the test binary.
    fn read(output: String) -> Self {
        let failed = |line: &str| Some(line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?.to_owned());
        Self { names: output.lines().filter_map(failed).collect(), output }
    }

    /// Whether the spec violates decisions of this project only, and agrees with all sources.
    pub(crate) fn are_only_policy(&self) -> bool {
        !self.names.is_empty() && self.names.iter().all(|name| name.starts_with(PROJECT_POLICY))
    }
}

/// The test binary `evidence`.
pub(crate) struct Evidence {
    program: PathBuf,
}

impl Evidence {
    /// Builds the test binary of the project in `root`.
    pub(crate) fn build(root: &Path) -> Result<Self, BoxError> {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // Cargo sets these for this program. They would disturb the cargo that it starts.
        command.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_MANIFEST_PATH");
        command.args(["test", "--no-run", "--package", "plivo-conformance", "--test", "evidence"]);
        command.arg("--message-format=json-render-diagnostics");
        command.current_dir(root).stderr(Stdio::inherit());
        let output = command.output().map_err(|error| format!("cargo cannot be started: {error}"))?;
        if !output.status.success() {
            return Err("the evidence cannot be built".into());
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let messages = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        // The package also builds a program.
        let of_test = messages.filter(|message| message["target"]["name"] == "evidence");
        let mut programs = of_test.filter_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)));
        let program = programs.next().ok_or("cargo does not report the path of the test binary `evidence`")?;
        Ok(Self { program })
    }

    /// Runs the evidence on a spec. Returns the failed tests, or `None` if all pass.
    pub(crate) fn test(&self, sources: &[SpecFile]) -> Result<Option<FailedTests>, BoxError> {
        let directory = tempfile::tempdir()?;
        let spec = directory.path().join("spec");
        let at_spec = |error| format!("{}: {error}", spec.display());
        fs::create_dir_all(spec.join("resources")).map_err(at_spec)?;
        for source in sources {
            fs::write(directory.path().join(&source.path), &source.text).map_err(at_spec)?;
        }
        let mut command = Command::new(&self.program);
        // Backtraces would take most of the time, and nothing reads them.
        command.env(SPEC, &spec).env("RUST_BACKTRACE", "0").arg("--test-threads=1");
        let output = command.output()?;
        if output.status.success() {
            return Ok(None);
        }
        let failed = FailedTests::read(String::from_utf8_lossy(&output.stdout).into_owned());
        // A crash is not a failed test.
        if failed.names.is_empty() {
            return Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(Some(failed))
    }
}

#[cfg(test)]
mod tests {
    use super::FailedTests;

    #[test]
    fn failed_tests_are_read_from_the_output() {
        let read = |output: &str| FailedTests::read(output.to_owned());
        let mixed =
            read("test go::a ... ok\ntest page::b ... FAILED\ntest project_policy::c ... FAILED\n\nfailures:\n");
        assert_eq!(mixed.names, ["page::b", "project_policy::c"]);
        assert!(!mixed.are_only_policy());
        assert!(read("test project_policy::c ... FAILED\n").are_only_policy());
        assert!(!read("crashed").are_only_policy());
    }
}
