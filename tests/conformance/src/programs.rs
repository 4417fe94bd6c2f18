//! Programs that use an official SDK, unmodified, against a simulator of the spec.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use plivo_codegen::Model;
use plivo_simulator::{Options, Paging, Simulator};
use tokio::process::Command;
use tokio::time::timeout;

use crate::BoxError;

/// How long one program may take.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The module that all programs import.
const SHARED: &str = "simulated.py";

/// Runs each program with the SDK in a directory, each on a simulator of its own. Returns their names.
///
/// # Errors
///
/// Fails with the output of the first program that fails.
pub async fn run_programs(model: &Model, root: &Path, sdk: &Path) -> Result<Vec<String>, BoxError> {
    let mut names = Vec::new();
    for program in programs(&root.join("tests/conformance/witnesses/programs"))? {
        let simulator = Simulator::start(model.clone(), Options::new().paging(Paging::Cursor)).await?;
        let mut command = Command::new("python3");
        command.arg("-B").arg(&program).arg(sdk).kill_on_drop(true);
        command.env("PLIVO_BASE_URL", simulator.url()).env("no_proxy", "*");
        let output = timeout(TIMEOUT, command.output()).await;
        let output = output.map_err(|_| format!("{} took longer than {TIMEOUT:?}", program.display()))??;
        if !output.status.success() {
            let printed = [output.stdout, output.stderr].concat();
            return Err(format!("{}\n{}", program.display(), String::from_utf8_lossy(&printed)).into());
        }
        names.push(program.file_stem().unwrap_or_default().to_string_lossy().into_owned());
    }
    Ok(names)
}

/// The programs in a directory, by name.
fn programs(directory: &Path) -> Result<Vec<PathBuf>, BoxError> {
    let mut programs = Vec::new();
    let at_directory = |error| format!("{}: {error}", directory.display());
    for entry in fs::read_dir(directory).map_err(at_directory)? {
        let path = entry.map_err(at_directory)?.path();
        let is_program = path.extension().is_some_and(|extension| extension == "py") && !path.ends_with(SHARED);
        programs.extend(is_program.then_some(path));
    }
    programs.sort();
    Ok(programs)
}
