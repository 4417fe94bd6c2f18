//! `cargo xtask mutate`: tests every mutant of the spec and prints the report.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use lexopt::prelude::{Long, Short, ValueExt};
use plivo_mutate::{BoxError, Report};

const HELP: &str = include_str!("help.txt");

#[derive(Debug, PartialEq, Eq)]
enum Command {
    Help,
    Mutate { list: bool, resource: Option<String> },
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        // The report contains the reason.
        Ok(false) => ExitCode::FAILURE,
        // The reader of stdout has seen enough.
        Err(error)
            if error.downcast_ref().is_some_and(|error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe) =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            // If stderr is closed, the error cannot be reported anywhere.
            let _ = writeln!(io::stderr(), "{}", error.to_string().trim_end());
            ExitCode::FAILURE
        }
    }
}

/// Returns whether enough mutants are detected.
fn run() -> Result<bool, BoxError> {
    let mut out = io::stdout().lock();
    match parse(lexopt::Parser::from_env())? {
        Command::Help => {
            write!(out, "{HELP}")?;
            Ok(true)
        }
        Command::Mutate { list, resource } => mutate(list, resource.as_deref(), &mut out),
    }
}

fn mutate(list: bool, resource: Option<&str>, out: &mut impl Write) -> Result<bool, BoxError> {
    let results = plivo_mutate::run(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."), resource)?;
    if list {
        for (mutant, verdict) in &results {
            writeln!(out, "{}", plivo_mutate::line(mutant, verdict))?;
        }
        writeln!(out)?;
    }
    let report = Report::new(&results);
    write!(out, "{report}")?;
    Ok(report.is_enough())
}

fn parse(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let (mut list, mut resource) = (false, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("list") => list = true,
            Long("resource") => resource = Some(parser.value()?.string()?),
            Long("help") | Short('h') => return Ok(Command::Help),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Mutate { list, resource })
}

#[cfg(test)]
mod tests {
    use super::{Command, parse};

    fn read(words: &[&str]) -> Result<Command, String> {
        // The first word is the name of the program.
        let words = ["mutate"].iter().chain(words);
        parse(lexopt::Parser::from_iter(words)).map_err(|error| error.to_string())
    }

    #[test]
    fn options() {
        assert_eq!(read(&[]), Ok(Command::Mutate { list: false, resource: None }));
        let of_cake = Command::Mutate { list: true, resource: Some("cake".to_owned()) };
        assert_eq!(read(&["--list", "--resource", "cake"]), Ok(of_cake));
        assert_eq!(read(&["--list", "--help"]), Ok(Command::Help));
        assert_eq!(read(&["profile"]), Err("unexpected argument \"profile\"".to_owned()));
        assert_eq!(read(&["--lst"]), Err("invalid option '--lst'".to_owned()));
    }
}
