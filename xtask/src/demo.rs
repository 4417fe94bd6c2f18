//! `cargo xtask demo`: generates the client and creates a profile with it, on the simulator or at Plivo.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::arguments::Format;
use crate::cargo::{self, AlreadyReported};
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
    heading(out, "cargo build")?;
    let program = cargo::build(project, &["--package", "plivo", "--example", "create_profile"])?;
    if live {
        heading(out, "create a profile at Plivo")?;
        return cargo::run(&mut example(&program, None, request));
    }
    let simulator = cargo::build(project, &cargo::SIMULATOR)?;
    heading(out, "cargo xtask simulate")?;
    let simulator = Simulator::start(project, &simulator, out)?;
    heading(out, "create a profile")?;
    cargo::run(&mut example(&program, Some(&simulator.url), request))?;
    if request.is_none() {
        heading(out, "create an invalid profile")?;
        let mistakes = project.root().join("generated-client/examples/mistakes.json");
        // The example is expected to fail. It prints the violations.
        match cargo::run(&mut example(&program, Some(&simulator.url), Some(&mistakes))) {
            Err(error) if !error.is::<AlreadyReported>() => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn heading(out: &mut impl Write, text: &str) -> Result<(), BoxError> {
    writeln!(out, "\n== {text}")?;
    out.flush()?;
    Ok(())
}

/// The command that runs the example `create_profile` of the client, against a simulator or Plivo.
fn example(program: &Path, simulator: Option<&str>, request: Option<&Path>) -> Command {
    let mut command = Command::new(program);
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

/// A running simulator. Dropping it stops the simulator, and so does the end of this process, even if it is killed: the
/// simulator stops when its stdin is closed.
struct Simulator {
    process: Child,
    url: String,
}

impl Simulator {
    fn start(project: &Project, program: &Path, out: &mut impl Write) -> Result<Self, BoxError> {
        let mut process = simulator(project, program).spawn().map_err(|error| format!("the simulator: {error}"))?;
        let mut line = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout).read_line(&mut line).map_err(|error| format!("the simulator: {error}"))?;
        }
        write!(out, "{line}")?;
        match line.trim().strip_prefix("listening on ") {
            Some(url) => Ok(Self { url: url.to_owned(), process }),
            None => Err("the simulator did not print its address".into()),
        }
    }
}

fn simulator(project: &Project, program: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("--stop-with-stdin").arg("--spec").arg(project.spec());
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // Both fail only if the simulator has already ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_simulator_stops_with_the_demo() {
        let command = simulator(&Project::at(Path::new("/project")), Path::new("/elsewhere/simulator"));
        let arguments: Vec<_> = command.get_args().collect();
        let spec = Path::new("/project").join("spec");
        assert_eq!(arguments, ["--stop-with-stdin".as_ref(), "--spec".as_ref(), spec.as_os_str()]);
    }

    #[test]
    fn only_the_example_at_plivo_has_the_credentials_of_the_caller() {
        let variables = |simulator| {
            let command = example(Path::new("/elsewhere/create_profile"), simulator, None);
            command.get_envs().map(|(name, value)| (name.to_owned(), value.map(ToOwned::to_owned))).collect::<Vec<_>>()
        };
        assert_eq!(variables(None), [("PLIVO_BASE_URL".into(), None)]);
        let url = Some("http://127.0.0.1:1".into());
        let expected = [
            ("PLIVO_AUTH_ID".into(), Some(AUTH_ID.into())),
            ("PLIVO_AUTH_TOKEN".into(), Some(AUTH_TOKEN.into())),
            ("PLIVO_BASE_URL".into(), url),
        ];
        assert_eq!(variables(Some("http://127.0.0.1:1")), expected);
    }
}
