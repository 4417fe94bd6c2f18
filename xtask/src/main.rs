//! `cargo xtask`: the commands of this project.
//!
//! `main` parses the command line, finds the project and runs one command. xtask depends only on the generator, so that
//! it builds in seconds. A command that needs another package of the workspace runs it through cargo. The only command
//! that changes files of the project is `generate`, which is also the first step of `demo`.

mod arguments;
mod project;

// One module per command. The commands that only run another package are functions in `cargo`.
mod demo;
mod docs;
mod explain;
mod features;
mod generate;
mod measure;

// What the commands share.
mod cargo;
mod client_manifest;
mod files;
mod help;

use std::io::{self, Write};
use std::process::ExitCode;

use arguments::{Command, Measured};
use project::Project;

/// Why a command failed. `main` prints its message to stderr.
type BoxError = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<cargo::AlreadyReported>() => ExitCode::FAILURE,
        // Its reader has seen enough, as in `cargo xtask explain | head -n 1`.
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            // If stderr is closed, the error cannot be reported anywhere.
            let _ = writeln!(io::stderr(), "{}", error.to_string().trim_end());
            ExitCode::FAILURE
        }
    }
}

/// Whether stdout was closed. An error of a file is a text and not an [`io::Error`].
fn is_broken_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn run() -> Result<(), BoxError> {
    let command = arguments::parse(lexopt::Parser::from_env())?;
    let project = Project::find()?;
    let mut out = io::stdout().lock();
    match command {
        Command::Help(text) => write!(out, "{text}")?,
        Command::Generate { check: false, format } => write!(out, "{}", generate::write(&project, format)?)?,
        Command::Generate { check: true, format } => write!(out, "{}", generate::check(&project, format)?)?,
        Command::Explain { code } => write!(out, "{}", explain::explain(code.as_deref())?)?,
        Command::Simulate { options } => cargo::simulate(&project, &options)?,
        Command::Demo { request, live } => demo::run(&project, request.as_deref(), live, &mut out)?,
        Command::Docs { open } => docs::run(&project, open, &mut out)?,
        Command::Conformance { schemathesis } => cargo::conformance(&project, schemathesis)?,
        Command::Features => features::run(&project, &mut out)?,
        Command::Measure { what, spec } => {
            let spec = spec.unwrap_or_else(|| project.spec());
            match what {
                Measured::Code => measure::run(&project, &spec, &mut out)?,
                Measured::Generator => measure::generator::run(&project, &spec, &mut out)?,
                Measured::Programs => measure::programs::run(&project, &mut out)?,
            }
        }
        Command::Bench { options } => cargo::bench(&project, &options)?,
        Command::Coverage { options } => cargo::coverage(&project, &options)?,
        Command::Mutate { options } => cargo::mutate(&project, &options)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_closes_the_pipe_is_no_failure() {
        let error = |kind| BoxError::from(io::Error::from(kind));
        assert!(is_broken_pipe(error(io::ErrorKind::BrokenPipe).as_ref()));
        assert!(!is_broken_pipe(error(io::ErrorKind::StorageFull).as_ref()));
        assert!(!is_broken_pipe(BoxError::from("a text").as_ref()));
    }
}
