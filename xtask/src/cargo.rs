//! Other packages of the workspace, started through cargo.

use std::error::Error;
use std::ffi::OsString;
use std::fmt;
use std::process::Command;

use crate::Failure;
use crate::project::Project;

/// `cargo`, in the project's directory.
pub(crate) fn cargo(project: &Project) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(project.root());
    // What cargo tells this program about itself is not meant for the next cargo.
    command.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_MANIFEST_PATH");
    command
}

/// A command failed, and has said why itself.
#[derive(Debug)]
pub(crate) struct Told;

impl fmt::Display for Told {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl Error for Told {}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|error| format!("cargo cannot be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(Told.into()) }
}

/// Runs the benchmarks.
pub(crate) fn bench(project: &Project, arguments: &[OsString]) -> Result<(), Failure> {
    let mut command = cargo(project);
    command.args(["run", "--quiet", "--release", "--package", "plivo-bench", "--"]).args(arguments);
    finish(&mut command)
}

/// Serves the spec until it is stopped.
pub(crate) fn simulate(project: &Project, arguments: &[OsString]) -> Result<(), Failure> {
    let mut command = cargo(project);
    command.args(["run", "--quiet", "--package", "plivo-simulator", "--bin", "simulator", "--"]).args(arguments);
    become_it(&mut command)
}

/// Holds the client against the official SDKs. That program owns what it installs and starts.
pub(crate) fn conformance(project: &Project) -> Result<(), Failure> {
    let mut command = cargo(project);
    become_it(command.args(["run", "--quiet", "--package", "plivo-conformance"]))
}

/// Tests whether changes of the spec are noticed.
pub(crate) fn mutate(project: &Project, arguments: &[OsString]) -> Result<(), Failure> {
    let mut command = cargo(project);
    become_it(command.args(["run", "--quiet", "--package", "plivo-mutate", "--"]).args(arguments))
}

/// Lets a command take the place of this program, so that whoever ends this one ends it.
#[cfg(unix)]
fn become_it(command: &mut Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    Err(format!("cargo cannot be started: {}", command.exec()).into())
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> Result<(), Failure> {
    finish(command)
}
