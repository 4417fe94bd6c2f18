//! Installs and runs Schemathesis.

use std::fs;
use std::path::Path;
use std::time::Duration;

use plivo_codegen::Model;
use plivo_codegen::model::Registry;
use plivo_simulator::{Options, Simulator};
use tokio::process::Command;
use tokio::time::timeout;

use super::explained::Explained;
use super::report::Report;
use crate::BoxError;
use crate::witnesses::{Package, REMOVED_VARIABLES, install};

const VERSION: &str = "4.32.5";
/// The credentials in `schemathesis.toml`.
const CREDENTIALS: (&str, &str) = ("MAXXXXXXXXXXXXXXXXXX", "auth-token");
/// The limit of a run, which takes two minutes.
const TIMEOUT: Duration = Duration::from_secs(30 * 60);
/// The directory of the lock file, the configuration and the explained failures.
const DIRECTORY: &str = "tests/conformance/schemathesis";
const DOCUMENT: &str = "generated-client/reference/openapi.json";
const START: &str = "from schemathesis.cli import schemathesis; schemathesis()";

/// Drives a simulator of the model with Schemathesis, which is installed into a directory. Returns the lines to print.
/// If Schemathesis cannot be had, the only line says why.
///
/// # Errors
///
/// Fails with each failure that is not explained and each explanation that is not needed, or if Schemathesis does not
/// finish.
pub async fn run(model: &Model, root: &Path, directory: &Path) -> Result<Vec<String>, BoxError> {
    let ours = root.join(DIRECTORY);
    let package = Package { registry: Registry::PyPi, name: "schemathesis", version: VERSION };
    let installed = directory.join("schemathesis");
    if let Err(why) = install(package, &ours, &installed).await? {
        return Ok(vec![format!("skipped: {why}")]);
    }
    let list = ours.join("explained.json");
    let text = fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let explained = Explained::read(&text).map_err(|error| format!("{}: {error}", list.display()))?;
    let options = Options::new().credentials(CREDENTIALS.0, CREDENTIALS.1).no_limit();
    let simulator = Simulator::start(model.clone(), options).await?;
    let (report, printed) = (directory.join("report.ndjson"), directory.join("printed.txt"));
    let mut command = Command::new("python3");
    REMOVED_VARIABLES.iter().for_each(|variable| _ = command.env_remove(variable));
    command.env("PYTHONPATH", &installed).env("no_proxy", "*").current_dir(directory).kill_on_drop(true);
    command.args(["-B", "-c", START, "--config-file"]).arg(ours.join("schemathesis.toml"));
    command.arg("run").arg(root.join(DOCUMENT)).args(["--url", &simulator.url()]);
    command.args(["--continue-on-failure", "--no-shrink", "--report", "ndjson", "--report-ndjson-path"]).arg(&report);
    let output = timeout(TIMEOUT, command.output()).await.map_err(|_| format!("it took longer than {TIMEOUT:?}"))??;
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    fs::write(&printed, &said).map_err(|error| format!("{}: {error}", printed.display()))?;
    let text = fs::read_to_string(&report).map_err(|error| format!("{}: {error}\n{said}", report.display()))?;
    let Report { failures, requests } = Report::read(&text).map_err(|error| format!("{error}\n{said}"))?;
    // It fails for failed checks, and otherwise did not finish.
    if !output.status.success() && failures.is_empty() {
        return Err(format!("Schemathesis fails, but no check:\n{said}").into());
    }
    let judged = explained.judge(&failures);
    let mut lines = judged.map_err(|problems| format!("{problems}\nthe list is {DIRECTORY}/explained.json"))?;
    lines.push(format!("Schemathesis {VERSION}: {requests} requests, no failure without an explanation"));
    Ok(lines)
}
