//! Runs cargo, and other packages of the workspace through it.

use std::error::Error;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::BoxError;
use crate::project::Project;

/// A cargo command that runs in the root of the project.
pub(crate) fn cargo(project: &Project) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(project.root());
    // Cargo sets these for this program. They would disturb the cargo that it starts.
    command.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_MANIFEST_PATH");
    command
}

/// A command that this program started has failed, and has printed why.
#[derive(Debug)]
pub(crate) struct AlreadyReported;

impl fmt::Display for AlreadyReported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a command failed; its message is above")
    }
}

impl Error for AlreadyReported {}

/// Runs a command to its end. Fails if the command fails.
pub(crate) fn run(command: &mut Command) -> Result<(), BoxError> {
    let status = command.status();
    let status = status.map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    if status.success() { Ok(()) } else { Err(AlreadyReported.into()) }
}

/// Runs a command to its end, and returns what it prints to its standard output. Fails if the command fails.
pub(crate) fn stdout(command: &mut Command) -> Result<Vec<u8>, BoxError> {
    let output = command.stderr(Stdio::inherit()).output().map_err(cannot_start)?;
    if output.status.success() { Ok(output.stdout) } else { Err(AlreadyReported.into()) }
}

/// Builds a program of the workspace, while cargo shows its progress. Returns the path of the program: only cargo knows
/// the target directory.
pub(crate) fn build(project: &Project, arguments: &[&str]) -> Result<PathBuf, BoxError> {
    let mut command = cargo(project);
    command.arg("build").args(arguments).arg("--message-format=json-render-diagnostics");
    let program = executable(&String::from_utf8_lossy(&stdout(&mut command)?));
    program.ok_or_else(|| format!("cargo build {}: cargo reports no program", arguments.join(" ")).into())
}

/// The program in the messages of a build.
fn executable(messages: &str) -> Option<PathBuf> {
    let mut messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    messages.find_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)))
}

/// The target directory of the workspace, also if `CARGO_TARGET_DIR` or the configuration of cargo names it.
pub(crate) fn target_directory(metadata: &Value) -> Result<PathBuf, BoxError> {
    let directory = metadata["target_directory"].as_str().map(PathBuf::from);
    directory.ok_or_else(|| "cargo metadata reports no target directory".into())
}

/// What `cargo metadata` says about the packages of the workspace.
pub(crate) fn metadata(project: &Project) -> Result<Value, BoxError> {
    let mut command = cargo(project);
    command.args(["metadata", "--format-version", "1", "--no-deps"]);
    Ok(serde_json::from_slice(&stdout(&mut command)?)?)
}

/// Runs the simulator until it is stopped. Paths in its options are relative to the current directory.
pub(crate) fn simulate(project: &Project, options: &[OsString]) -> Result<(), BoxError> {
    exec(Command::new(build(project, &SIMULATOR)?).args(options))
}

/// The cargo arguments that build the simulator.
pub(crate) const SIMULATOR: [&str; 4] = ["--package", "plivo-simulator", "--bin", "simulator"];

/// Compares the client with the official SDKs, or the simulator with the description in OpenAPI.
pub(crate) fn conformance(project: &Project, schemathesis: bool) -> Result<(), BoxError> {
    let program = build(project, &["--package", "plivo-conformance", "--bin", "plivo-conformance"])?;
    let options = schemathesis.then_some("--schemathesis");
    exec(Command::new(program).args(options).current_dir(project.root()))
}

/// Runs the benchmarks.
pub(crate) fn bench(project: &Project, options: &[OsString]) -> Result<(), BoxError> {
    let program = build(project, &["--release", "--package", "plivo-bench", "--bin", "plivo-bench"])?;
    exec(Command::new(program).args(options).current_dir(project.root()))
}

/// Measures the generator with an optimized build of this program.
pub(crate) fn measure_generator(project: &Project, spec: &Path) -> Result<(), BoxError> {
    let program = build(project, &["--release", "--package", "xtask", "--bin", "xtask"])?;
    exec(Command::new(program).args(["measure", "--generator", "--spec"]).arg(spec))
}

/// Compares the spec with the evidence.
pub(crate) fn coverage(project: &Project, options: &[OsString]) -> Result<(), BoxError> {
    let program = build(project, &["--package", "plivo-evidence", "--bin", "plivo-evidence"])?;
    exec(Command::new(program).args(options))
}

/// What `cargo xtask coverage` prints. It fails if something is missing, which its text says.
pub(crate) fn coverage_report(project: &Project) -> Result<String, BoxError> {
    let program = build(project, &["--package", "plivo-evidence", "--bin", "plivo-evidence"])?;
    let output = Command::new(&program).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("{}: {error}", program.display()))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs the mutation tests of the spec. An optimised program tests thousands of mutants in less time than it takes to
/// build it.
pub(crate) fn mutate(project: &Project, options: &[OsString]) -> Result<(), BoxError> {
    let program = build(project, &["--release", "--package", "plivo-mutate", "--bin", "plivo-mutate"])?;
    exec(Command::new(program).args(options).current_dir(project.root()))
}

/// Replaces this process by a program, so that a signal to this process reaches the program.
#[cfg(unix)]
fn exec(command: &mut Command) -> Result<(), BoxError> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(format!("{}: {error}", command.get_program().display()).into())
}

#[cfg(not(unix))]
fn exec(command: &mut Command) -> Result<(), BoxError> {
    run(command)
}

/// The error of a cargo command that cannot be started.
fn cannot_start(error: std::io::Error) -> BoxError {
    format!("cargo cannot be started: {error}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_where_cargo_says_and_not_beside_this_program() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"build-script-build"},"executable":null}
not JSON
{"reason":"compiler-artifact","target":{"name":"plivo_simulator"},"executable":null}
{"reason":"compiler-artifact","target":{"name":"simulator"},"executable":"/elsewhere/debug/simulator"}
{"reason":"build-finished","success":true}"#;
        assert_eq!(executable(messages), Some(PathBuf::from("/elsewhere/debug/simulator")));
        assert_eq!(executable(""), None);
    }

    #[test]
    fn the_target_directory_is_the_one_that_cargo_uses() {
        let metadata = serde_json::json!({ "target_directory": "/elsewhere" });
        assert_eq!(target_directory(&metadata).unwrap(), Path::new("/elsewhere"));
        let project = Project::at(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap());
        assert!(target_directory(&super::metadata(&project).unwrap()).unwrap().is_absolute());
    }
}
