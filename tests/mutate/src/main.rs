//! `cargo xtask mutate`: tests every mutant of the spec and prints the report.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use lexopt::prelude::{Long, Short};
use plivo_mutate::{Failure, Report};

const HELP: &str = "\
usage: cargo xtask mutate [options]

Changes one fact of the spec at a time and counts the changes that the generator or the evidence
notices. Prints a table and the changes that nothing notices. Fails if less than 95 % are noticed.

  --list        also prints every change, with what notices it
  --help, -h    prints this
";

#[derive(Debug, PartialEq, Eq)]
enum Command {
    Help,
    Mutate { list: bool },
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        // The report says so.
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            // Nothing is left to do if even this cannot be written.
            let _ = writeln!(io::stderr(), "{}", failure.to_string().trim_end());
            ExitCode::FAILURE
        }
    }
}

/// Returns whether enough mutants are noticed.
fn run() -> Result<bool, Failure> {
    let mut out = io::stdout().lock();
    match parse(lexopt::Parser::from_env())? {
        Command::Help => {
            write!(out, "{HELP}")?;
            Ok(true)
        }
        Command::Mutate { list } => mutate(list, &mut out),
    }
}

fn mutate(list: bool, out: &mut impl Write) -> Result<bool, Failure> {
    let results = plivo_mutate::run(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))?;
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
    let mut list = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("list") => list = true,
            Long("help") | Short('h') => return Ok(Command::Help),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Mutate { list })
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
        assert_eq!(read(&[]), Ok(Command::Mutate { list: false }));
        assert_eq!(read(&["--list"]), Ok(Command::Mutate { list: true }));
        assert_eq!(read(&["--list", "--help"]), Ok(Command::Help));
        assert_eq!(read(&["profile"]), Err("unexpected argument \"profile\"".to_owned()));
        assert_eq!(read(&["--lst"]), Err("invalid option '--lst'".to_owned()));
    }
}
