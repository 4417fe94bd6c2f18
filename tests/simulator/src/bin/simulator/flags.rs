//! The command-line flags.

use lexopt::prelude::{Long, Short, ValueExt};
use plivo_simulator::Paging;
use std::ffi::OsString;
use std::path::PathBuf;

/// The text that `--help` prints.
pub(crate) const HELP: &str = "\
Simulates the API of a spec directory on 127.0.0.1. Objects can be created, listed, read, changed
and deleted. The simulator contacts no other machine, and keeps all data in memory only.

usage: simulator [options]

  --port N       the port to listen on (default: 0, any free port)
  --spec DIR     the spec directory (default: spec)
  --seed N       the seed of generated ids and of faults (default: 0)
  --faults FILE  the faults to inject, in YAML or JSON; see tests/simulator/faults.yaml
  --limit N      the maximum number of requests per account in 5 seconds (default: 300; 0: unlimited)
  --paging KIND  how the pages of lists continue: offset (default), cursor or hybrid (links have a
                 cursor, but an offset counts)
  --log          print a line for each request to stderr
  --help, -h     print this help

GET / lists the operations, and the endpoints that return the received requests and change the
faults. Ctrl-C stops the simulator.
";

/// The command that the arguments give.
#[derive(Debug)]
pub(crate) enum Command {
    /// Print [`HELP`].
    Help,
    /// Start the simulator.
    Serve(Flags),
}

/// The flags of [`Command::Serve`].
#[derive(Debug)]
pub(crate) struct Flags {
    pub(crate) port: u16,
    pub(crate) spec: PathBuf,
    pub(crate) seed: u64,
    pub(crate) faults: Option<PathBuf>,
    pub(crate) limit: Option<usize>,
    pub(crate) paging: Paging,
    pub(crate) log: bool,
}

/// Parses the arguments after the name of the program.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    let (spec, paging) = (PathBuf::from("spec"), Paging::default());
    let mut flags = Flags { port: 0, spec, seed: 0, faults: None, limit: None, paging, log: false };
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => flags.port = parser.value()?.parse()?,
            Long("spec") => flags.spec = parser.value()?.into(),
            Long("seed") => flags.seed = parser.value()?.parse()?,
            Long("faults") => flags.faults = Some(parser.value()?.into()),
            Long("limit") => flags.limit = Some(parser.value()?.parse()?),
            Long("paging") => flags.paging = parser.value()?.parse()?,
            Long("log") => flags.log = true,
            Long("help") | Short('h') => return Ok(Command::Help),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Serve(flags))
}

#[cfg(test)]
mod tests {
    use super::{Command, Flags, parse};

    fn check(arguments: &[&str]) -> String {
        match parse(arguments.iter().map(Into::into)) {
            Ok(Command::Help) => "help".to_owned(),
            Ok(Command::Serve(flags)) => {
                let Flags { port, spec, seed, faults, limit, paging, log } = flags;
                format!("{port} {} {seed} {faults:?} {limit:?} {paging:?} {log}", spec.display())
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn flags_are_parsed() {
        assert_eq!(check(&[]), "0 spec 0 None None Offset false");
        assert_eq!(
            check(&["--port", "8080", "--seed=7", "--spec", "a b", "--log"]),
            "8080 a b 7 None None Offset true"
        );
        assert_eq!(check(&["--faults", "a.yaml", "--limit", "0"]), "0 spec 0 Some(\"a.yaml\") Some(0) Offset false");
        assert_eq!(check(&["--paging", "hybrid"]), "0 spec 0 None None Hybrid false");
        assert!(check(&["--paging", "page"]).contains("expected `offset`, `cursor` or `hybrid`"));
        assert_eq!(check(&["--log", "-h"]), "help");
        assert_eq!(check(&["--prot"]), "invalid option '--prot'");
        assert_eq!(check(&["--port"]), "missing argument for option '--port'");
        assert_eq!(check(&["8080"]), "unexpected argument \"8080\"");
        assert!(check(&["--port", "70000"]).starts_with("cannot parse argument \"70000\""));
    }
}
