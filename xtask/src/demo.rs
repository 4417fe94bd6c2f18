//! `cargo xtask demo`: generates the client and creates a profile with it, on the simulator or at Plivo.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::arguments::Format;
use crate::cargo::{self, cargo};
use crate::project::Project;
use crate::{BoxError, generate};

/// Example credentials. The simulator accepts any others too.
const AUTH_ID: &str = "MAXXXXXXXXXXXXXXXXXX";
const AUTH_TOKEN: &str = "auth-token";

/// Generates the client and creates the profile that the file `request` describes, or an example.
///
/// After the example, also tries to create an invalid profile on the simulator.
pub(crate) fn run(project: &Project, request: Option<&Path>, live: bool, out: &mut impl Write) -> Result<(), BoxError> {
    heading(out, "cargo xtask generate")?;
    write!(out, "{}", generate::write(project, Format::Human)?)?;
    let request = request.map(std::path::absolute).transpose()?;
    let request = request.as_deref();
    if live {
        heading(out, "create a profile at Plivo")?;
        return cargo::run(&mut example(project, None, request));
    }
    heading(out, "cargo xtask simulate")?;
    let simulator = Simulator::start(project, out)?;
    heading(out, "create a profile")?;
    cargo::run(&mut example(project, Some(&simulator.url), request))?;
    if request.is_none() {
        heading(out, "create an invalid profile")?;
        let mistakes = project.root().join("generated-client/examples/mistakes.json");
        // The example is expected to fail. It prints the violations.
        example(project, Some(&simulator.url), Some(&mistakes)).status().map_err(cargo::cannot_start)?;
    }
    Ok(())
}

fn heading(out: &mut impl Write, text: &str) -> Result<(), BoxError> {
    writeln!(out, "\n== {text}")?;
    out.flush()?;
    Ok(())
}

/// The command that runs the example `create_profile` of the client, against a simulator or Plivo.
fn example(project: &Project, simulator: Option<&str>, request: Option<&Path>) -> Command {
    let mut command = cargo(project);
    command.args(["run", "--quiet", "--package", "plivo", "--example", "create_profile", "--"]);
    if let Some(request) = request {
        command.arg("--request").arg(request);
    }
    if let Some(url) = simulator {
        command.env("PLIVO_BASE_URL", url).env("PLIVO_AUTH_ID", AUTH_ID).env("PLIVO_AUTH_TOKEN", AUTH_TOKEN);
    } else {
        command.env_remove("PLIVO_BASE_URL");
    }
    command
}

/// A running simulator. Dropping it stops the simulator.
struct Simulator {
    process: Child,
    url: String,
}

impl Simulator {
    fn start(project: &Project, out: &mut impl Write) -> Result<Self, BoxError> {
        let mut build = cargo(project);
        cargo::run(build.args(["build", "--quiet", "--package", "plivo-simulator", "--bin", "simulator"]))?;
        // Started directly: killing `cargo run` would not kill the simulator.
        let program = std::env::current_exe()?.with_file_name(format!("simulator{}", std::env::consts::EXE_SUFFIX));
        let mut command = Command::new(program);
        command.arg("--spec").arg(project.spec()).stdout(Stdio::piped());
        let mut process = command.spawn().map_err(|error| format!("the simulator cannot be started: {error}"))?;
        let mut line = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        write!(out, "{line}")?;
        match line.trim().strip_prefix("listening on ") {
            Some(url) => Ok(Self { url: url.to_owned(), process }),
            None => Err("the simulator did not print its address".into()),
        }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // Both fail only if the simulator has already ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
