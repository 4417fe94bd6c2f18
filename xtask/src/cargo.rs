//! Runs cargo, and other packages of the workspace through it.

use std::error::Error;
use std::ffi::OsString;
use std::fmt;
use std::path::Path;
use std::process::Command;

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

/// Runs a cargo command to its end. Fails if the command fails.
pub(crate) fn run(command: &mut Command) -> Result<(), BoxError> {
    let status = command.status().map_err(cannot_start)?;
    if status.success() { Ok(()) } else { Err(AlreadyReported.into()) }
}

/// Runs the simulator until it is stopped.
pub(crate) fn simulate(project: &Project, options: &[OsString]) -> Result<(), BoxError> {
    let directory = std::env::current_dir().map_err(|error| format!("the current directory: {error}"))?;
    exec(&mut simulator(project, &directory, options))
}

/// The command that runs the simulator in a directory. Paths in its options are relative to this directory.
fn simulator(project: &Project, directory: &Path, options: &[OsString]) -> Command {
    let mut command = cargo(project);
    command.current_dir(directory);
    command.args(["run", "--quiet", "--manifest-path"]).arg(project.path("Cargo.toml"));
    command.args(["--package", "plivo-simulator", "--bin", "simulator", "--"]).args(options);
    command
}

/// Compares the client with the official SDKs.
pub(crate) fn conformance(project: &Project) -> Result<(), BoxError> {
    exec(cargo(project).args(["run", "--quiet", "--package", "plivo-conformance"]))
}

/// Runs the benchmarks.
pub(crate) fn bench(project: &Project, options: &[OsString]) -> Result<(), BoxError> {
    let mut command = cargo(project);
    exec(command.args(["run", "--quiet", "--release", "--package", "plivo-bench", "--"]).args(options))
}

/// Runs the mutation tests of the spec.
pub(crate) fn mutate(project: &Project, options: &[OsString]) -> Result<(), BoxError> {
    let mut command = cargo(project);
    exec(command.args(["run", "--quiet", "--package", "plivo-mutate", "--"]).args(options))
}

/// Replaces this process by a cargo command, so that a signal to this process reaches the command.
#[cfg(unix)]
fn exec(command: &mut Command) -> Result<(), BoxError> {
    use std::os::unix::process::CommandExt;
    Err(cannot_start(command.exec()))
}

#[cfg(not(unix))]
fn exec(command: &mut Command) -> Result<(), BoxError> {
    run(command)
}

/// The error of a cargo command that cannot be started.
pub(crate) fn cannot_start(error: std::io::Error) -> BoxError {
    format!("cargo cannot be started: {error}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_simulator_are_relative_to_the_directory_of_the_caller() {
        let (root, caller) = (Path::new("/project"), Path::new("/project/below"));
        let command = simulator(&Project::at(root), caller, &["--faults".into(), "a.yaml".into()]);
        assert_eq!(command.get_current_dir(), Some(caller));
        let arguments: Vec<_> = command.get_args().collect();
        let manifest = root.join("Cargo.toml");
        assert!(arguments.windows(2).any(|pair| pair == ["--manifest-path".as_ref(), manifest.as_os_str()]));
        assert!(arguments.ends_with(&["--".as_ref(), "--faults".as_ref(), "a.yaml".as_ref()]), "{arguments:?}");
    }
}
