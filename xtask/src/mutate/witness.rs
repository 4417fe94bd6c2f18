//! The evidence as a program: built once, asked about every mutant.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use plivo_codegen::SpecFile;
use serde_json::Value;

use crate::Failure;
use crate::cargo::{Told, cargo};
use crate::project::Project;

/// The environment variable that names the spec directory to look at.
const SPEC: &str = "PLIVO_SPEC";

/// The tests that state what this project decides itself stand in this module.
const HOUSE: &str = "house::";

/// What the evidence has against a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// The tests that fail.
    pub(crate) tests: Vec<String>,
    /// What they print.
    pub(crate) text: String,
}

impl Complaint {
    /// From what a run of the tests prints.
    fn read(text: String) -> Self {
        let failed = |line: &str| Some(line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?.to_owned());
        Self { tests: text.lines().filter_map(failed).collect(), text }
    }

    /// Whether no source is violated, but only a rule of this project.
    pub(crate) fn is_of_the_house(&self) -> bool {
        !self.tests.is_empty() && self.tests.iter().all(|test| test.starts_with(HOUSE))
    }
}

/// The test binary `evidence`.
pub(crate) struct Witness {
    program: PathBuf,
}

impl Witness {
    pub(crate) fn build(project: &Project) -> Result<Self, Failure> {
        let mut command = cargo(project);
        command.args(["test", "--quiet", "--no-run", "--package", "plivo-conformance", "--test", "evidence"]);
        command.arg("--message-format=json-render-diagnostics").stderr(Stdio::inherit());
        let output = command.output().map_err(|error| format!("cargo cannot be started: {error}"))?;
        if !output.status.success() {
            return Err(Told.into());
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let messages = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        // The package has a program of its own, too.
        let of_test = messages.filter(|message| message["target"]["name"] == "evidence");
        let mut programs = of_test.filter_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)));
        let program = programs.next().ok_or("cargo does not say where the test `evidence` is")?;
        Ok(Self { program })
    }

    /// What the evidence has against a spec; `None`: it agrees.
    pub(crate) fn complaint(&self, sources: &[SpecFile]) -> Result<Option<Complaint>, Failure> {
        let directory = tempfile::tempdir()?;
        let spec = directory.path().join("spec");
        fs::create_dir_all(spec.join("resources"))?;
        for source in sources {
            fs::write(directory.path().join(&source.path), &source.text)?;
        }
        let mut command = Command::new(&self.program);
        // Nobody reads the backtraces of some hundred failures, and they take most of the time.
        command.env(SPEC, &spec).env("RUST_BACKTRACE", "0").arg("--test-threads=1");
        let output = command.output()?;
        if output.status.success() {
            return Ok(None);
        }
        let complaint = Complaint::read(String::from_utf8_lossy(&output.stdout).into_owned());
        // A program that breaks off has noticed nothing.
        if complaint.tests.is_empty() {
            return Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(Some(complaint))
    }
}

#[cfg(test)]
mod tests {
    use super::Complaint;

    #[test]
    fn failing_tests_are_read_from_what_is_printed() {
        let of = |text: &str| Complaint::read(text.to_owned());
        let mixed = of("test go::a ... ok\ntest page::b ... FAILED\ntest house::c ... FAILED\n\nfailures:\n");
        assert_eq!(mixed.tests, ["page::b", "house::c"]);
        assert!(!mixed.is_of_the_house());
        assert!(of("test house::c ... FAILED\n").is_of_the_house());
        assert!(!of("broken off").is_of_the_house());
    }
}
