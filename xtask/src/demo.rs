//! `cargo xtask demo`: generates the client and creates a profile with it, on the simulator or at Plivo.

use std::fs;
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

/// What the end of the demo suggests.
const NEXT: &str = "\
cargo xtask simulate --port 8080
    keeps a simulator running, for any client of the API
PLIVO_BASE_URL=http://127.0.0.1:8080 PLIVO_AUTH_ID=MAXXXXXXXXXXXXXXXXXX PLIVO_AUTH_TOKEN=auth-token \\
  cargo run --package plivo --example send_message -- +12125550123 +13125550147 \"Your table is ready.\"
    sends a message to that simulator, and follows it; generated-client/examples has more programs
cargo xtask docs --open
    shows the reference of the API, with the source of each fact
cargo xtask demo --request FILE
    creates the profile that a JSON or YAML file describes; start with generated-client/examples/mistakes.json
cargo xtask demo --live
    creates the profile at Plivo, with the account in PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN
cargo xtask generate
    after an edit of spec/resources/profile.yaml: updates the client, or explains the mistake in the YAML
";

/// Generates the client and creates the profile that the file `request` describes, or an example.
///
/// After the example, also tries to create an invalid profile on the simulator.
pub(crate) fn run(project: &Project, request: Option<&Path>, live: bool, out: &mut impl Write) -> Result<(), BoxError> {
    // Before the build, which takes minutes.
    if let Some(path) = request {
        fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let mut steps = Steps::new(request, live);
    steps.begin("cargo xtask generate", out)?;
    write!(out, "{}", generate::write(project, Format::Human)?)?;
    steps.begin("cargo build, which takes minutes the first time", out)?;
    let program = cargo::build(project, &["--package", "plivo", "--example", "create_profile"])?;
    if live {
        steps.begin("create a profile at Plivo", out)?;
        return cargo::run(&mut example(&program, None, request));
    }
    let simulator = cargo::build(project, &cargo::SIMULATOR)?;
    steps.begin("cargo xtask simulate", out)?;
    let simulator = Simulator::start(project, &simulator, out)?;
    steps.begin("create a profile", out)?;
    cargo::run(&mut example(&program, Some(&simulator.url), request))?;
    if request.is_none() {
        steps.begin("create an invalid profile", out)?;
        let mistakes = project.root().join("generated-client/examples/mistakes.json");
        // The example is expected to fail. It prints the violations.
        match cargo::run(&mut example(&program, Some(&simulator.url), Some(&mistakes))) {
            Err(error) if !error.is::<AlreadyReported>() => return Err(error),
            _ => {}
        }
    }
    write!(out, "\n== what to try next\n{NEXT}")?;
    out.flush()?;
    Ok(())
}

/// The steps of the demo. Each has a heading with its number.
struct Steps {
    begun: usize,
    total: usize,
}

impl Steps {
    fn new(request: Option<&Path>, live: bool) -> Self {
        let total = match (live, request) {
            (true, _) => 3,
            (false, Some(_)) => 4,
            (false, None) => 5,
        };
        Self { begun: 0, total }
    }

    fn begin(&mut self, text: &str, out: &mut impl Write) -> Result<(), BoxError> {
        self.begun += 1;
        writeln!(out, "\n== {} of {}: {text}", self.begun, self.total)?;
        out.flush()?;
        Ok(())
    }
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
    fn every_command_to_try_next_is_one() {
        let commands = NEXT.lines().filter_map(|line| line.strip_prefix("cargo xtask "));
        let commands: Vec<_> = commands.filter_map(|command| command.split(' ').next()).collect();
        assert!(commands.len() >= 3, "{commands:?}");
        assert!(commands.iter().all(|command| crate::help::PAGES.iter().any(|(name, _)| name == command)));
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for word in
            NEXT.split([' ', '\n', ':', ';']).filter(|word| word.starts_with("spec/") || word.contains("/examples/"))
        {
            assert!(project.join(word).exists(), "{word}");
        }
    }

    #[test]
    fn a_missing_file_is_reported_before_the_build() {
        let project = Project::at(Path::new("/project"));
        let mut out = Vec::new();
        let error = run(&project, Some(Path::new("/project/profil.json")), false, &mut out).unwrap_err().to_string();
        assert!(error.starts_with("/project/profil.json: ") && out.is_empty(), "{error}");
    }

    #[test]
    fn steps_are_counted() {
        let mut out = Vec::new();
        let mut steps = Steps::new(Some(Path::new("profile.json")), false);
        steps.begin("one", &mut out).unwrap();
        steps.begin("another", &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\n== 1 of 4: one\n\n== 2 of 4: another\n");
    }

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
