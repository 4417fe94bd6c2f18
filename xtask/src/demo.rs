//! `cargo xtask demo`: from the YAML to a created profile, in front of your eyes.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::arguments::Format;
use crate::cargo::{cargo, finish};
use crate::project::Project;
use crate::{Failure, generate};

/// Made-up credentials that the simulator accepts.
const AUTH_ID: &str = "MAXXXXXXXXXXXXXXXXXX";
const AUTH_TOKEN: &str = "auth-token";

/// Generates, starts the simulator, creates a profile, and shows what mistakes look like.
pub(crate) fn run(project: &Project, request: Option<&Path>, live: bool, out: &mut impl Write) -> Result<(), Failure> {
    heading(out, "cargo xtask generate")?;
    write!(out, "{}", generate::write(project, Format::Human)?)?;
    let request = request.map(std::path::absolute).transpose()?;
    let request = request.as_deref();
    if live {
        heading(out, "the profile, created at Plivo")?;
        return finish(&mut example(project, None, request));
    }
    heading(out, "the simulator")?;
    let simulator = Simulator::start(project, out)?;
    heading(out, "the profile")?;
    finish(&mut example(project, Some(&simulator.url), request))?;
    if request.is_none() {
        heading(out, "the same with mistakes in it: nothing is sent")?;
        let mistakes = project.root().join("generated-client/examples/mistakes.json");
        // The example fails as it should, and has said why.
        example(project, Some(&simulator.url), Some(&mistakes)).status()?;
    }
    Ok(())
}

fn heading(out: &mut impl Write, text: &str) -> Result<(), Failure> {
    writeln!(out, "\n== {text}")?;
    out.flush()?;
    Ok(())
}

/// The `create_profile` example of the client, against a simulator or against Plivo.
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

/// A running simulator; it ends with the value.
struct Simulator {
    process: Child,
    url: String,
}

impl Simulator {
    fn start(project: &Project, out: &mut impl Write) -> Result<Self, Failure> {
        let mut build = cargo(project);
        finish(build.args(["build", "--quiet", "--package", "plivo-simulator", "--bin", "simulator"]))?;
        // Started itself, and not through cargo, so that stopping it stops it.
        let program = std::env::current_exe()?.with_file_name(format!("simulator{}", std::env::consts::EXE_SUFFIX));
        let mut process = Command::new(program).arg("--spec").arg(project.spec()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        write!(out, "{line}")?;
        match line.trim().strip_prefix("listening on ") {
            Some(url) => Ok(Self { url: url.to_owned(), process }),
            None => Err("the simulator did not start".into()),
        }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // It has nothing to lose, and may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
