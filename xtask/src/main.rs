//! `cargo xtask`: the project's own commands.

mod arguments;
mod cargo;
mod demo;
mod explain;
mod features;
mod generate;
mod measure;
mod project;

use std::io::{self, Write};
use std::process::ExitCode;

use arguments::Command;
use project::Project;

const HELP: &str = "\
usage: cargo xtask <command>

  generate            writes the client from the spec: generated-client/src/resources/ and the
                      feature lines of generated-client/Cargo.toml
  generate --check    writes nothing; fails if `generate` would change anything
  generate --format human|short|json
                      how problems of the spec are shown: drawn, a line each for editors, or a JSON
                      object each
  explain [CODE]      says more about a code such as S003; without one, lists all
  simulate [--port N] [--seed N] [--faults F] [--limit N] [--log]
                      serves the spec on loopback, so that a client can be tried without an account;
                      with --faults, goes wrong as the YAML or JSON file F says
  demo                generates, starts the simulator and creates a profile on it
  demo --request F    the same with the profile that the JSON or YAML file F describes
  demo --live         the same at Plivo itself, with PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN
  conformance         installs Plivo's SDKs for Python and Node into a temporary directory, lets them and
                      the client perform every operation on the simulator, and compares what they send
  measure [N]         counts the generated lines, and times `cargo check` of N operations of the kind
                      of Profile's (200 if not given)
  bench [--instructions] [--only TEXT]
                      what the client costs, as ratios to the same work done by hand
  features            checks the client with each of its features alone, with none and with all
  mutate [--list]     changes one fact of the spec at a time and prints the changes that neither the
                      generator nor the evidence notices; fails if less than 95 % are noticed; with
                      --list, also prints what notices each change
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let message = failure.to_string();
            if !message.is_empty() {
                // Nothing is left to do if even this cannot be written.
                let _ = writeln!(io::stderr(), "{}", message.trim_end());
            }
            ExitCode::FAILURE
        }
    }
}

type Failure = Box<dyn std::error::Error>;

fn run() -> Result<(), Failure> {
    let command = arguments::parse(lexopt::Parser::from_env())?;
    let project = Project::find()?;
    let mut out = io::stdout().lock();
    match command {
        Command::Help => write!(out, "{HELP}")?,
        Command::Generate { check: false, format } => write!(out, "{}", generate::write(&project, format)?)?,
        Command::Generate { check: true, format } => write!(out, "{}", generate::check(&project, format)?)?,
        Command::Explain { code } => write!(out, "{}", explain::explain(code.as_deref())?)?,
        Command::Simulate { arguments } => cargo::simulate(&project, &arguments)?,
        Command::Bench { arguments } => cargo::bench(&project, &arguments)?,
        Command::Features => features::run(&project, &mut out)?,
        Command::Demo { request, live } => demo::run(&project, request.as_deref(), live, &mut out)?,
        Command::Conformance => cargo::conformance(&project)?,
        Command::Measure { operations } => measure::run(&project, operations, &mut out)?,
        Command::Mutate { arguments } => cargo::mutate(&project, &arguments)?,
    }
    Ok(())
}
