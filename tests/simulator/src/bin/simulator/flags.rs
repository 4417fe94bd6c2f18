//! The command-line flags.

use lexopt::prelude::{Long, Short, ValueExt};
use plivo_simulator::Paging;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::str::FromStr;

/// The text that `--help` prints.
pub(crate) const HELP: &str = include_str!("help.txt");

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
    pub(crate) spec: Option<PathBuf>,
    pub(crate) seed: u64,
    pub(crate) faults: Option<PathBuf>,
    pub(crate) objects: Option<PathBuf>,
    pub(crate) credentials: Vec<(String, String)>,
    pub(crate) limit: Option<usize>,
    pub(crate) strict: bool,
    pub(crate) paging: Paging,
    /// Whether the clock runs.
    pub(crate) real_time: bool,
    pub(crate) log: bool,
    pub(crate) stop_with_stdin: bool,
}

impl Default for Flags {
    fn default() -> Self {
        let (spec, faults, objects, credentials, limit) = (None, None, None, Vec::new(), None);
        Self {
            port: 0,
            spec,
            seed: 0,
            faults,
            objects,
            credentials,
            limit,
            strict: false,
            paging: Paging::default(),
            real_time: true,
            log: false,
            stop_with_stdin: false,
        }
    }
}

/// Parses the arguments after the name of the program.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    let mut flags = Flags::default();
    let mut auth_id: Option<String> = None;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => flags.port = number(&parser.value()?, "--port", "a number from 0 to 65535")?,
            Long("spec") => flags.spec = Some(parser.value()?.into()),
            Long("seed") => flags.seed = number(&parser.value()?, "--seed", "a number from 0 to 18446744073709551615")?,
            Long("faults") => flags.faults = Some(parser.value()?.into()),
            Long("seed-file") => flags.objects = Some(parser.value()?.into()),
            Long("auth-id") => match auth_id {
                None => auth_id = Some(credential(parser.value()?)?),
                Some(id) => return Err(without_token(&id)),
            },
            Long("auth-token") if auth_id.is_some() => {
                let token = credential(parser.value()?)?;
                flags.credentials.extend(auth_id.take().map(|id| (id, token)));
            }
            Long("auth-token") => return Err("--auth-token needs an --auth-id before it".into()),
            Long("limit") => flags.limit = Some(number(&parser.value()?, "--limit", "a number, 0 or more")?),
            Long("strict") => flags.strict = true,
            Long("paging") => flags.paging = parser.value()?.parse()?,
            Long("time") => flags.real_time = parser.value()?.parse_with(is_real)?,
            Long("log") => flags.log = true,
            Long("stop-with-stdin") => flags.stop_with_stdin = true,
            Long("help") | Short('h') => return Ok(Command::Help),
            _ => return Err(argument.unexpected()),
        }
    }
    match auth_id {
        Some(id) => Err(without_token(&id)),
        None => Ok(Command::Serve(flags)),
    }
}

fn without_token(id: &str) -> lexopt::Error {
    format!("--auth-id {id} needs an --auth-token behind it").into()
}

/// A number. The error says which numbers are possible.
fn number<N: FromStr>(value: &OsStr, flag: &str, expected: &str) -> Result<N, lexopt::Error> {
    let number = value.to_str().and_then(|text| text.parse().ok());
    number.ok_or_else(|| format!("{flag} {}: expected {expected}", value.to_string_lossy()).into())
}

/// An id or a token. Without text, no request could carry it.
fn credential(value: OsString) -> Result<String, lexopt::Error> {
    let text = value.string()?;
    if text.is_empty() { Err("an id or a token must not be empty".into()) } else { Ok(text) }
}

fn is_real(clock: &str) -> Result<bool, &'static str> {
    match clock {
        "real" => Ok(true),
        "virtual" => Ok(false),
        _ => Err("expected `real` or `virtual`"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, Flags, parse};

    fn check(arguments: &[&str]) -> String {
        match parse(arguments.iter().map(Into::into)) {
            Ok(Command::Help) => "help".to_owned(),
            Ok(Command::Serve(flags)) => {
                let Flags {
                    port,
                    spec,
                    seed,
                    faults,
                    objects,
                    credentials,
                    limit,
                    strict,
                    paging,
                    real_time,
                    log,
                    stop_with_stdin,
                } = flags;
                let pairs: String = credentials.iter().map(|(id, token)| format!(" {id}:{token}")).collect();
                format!(
                    "{port} {spec:?} {seed} {faults:?} {objects:?} {limit:?} {paging:?} {real_time} {log}{}{}{pairs}",
                    if strict { " strict" } else { "" },
                    if stop_with_stdin { " stop_with_stdin" } else { "" }
                )
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn flags_are_parsed() {
        assert_eq!(check(&[]), "0 None 0 None None None Offset true false");
        assert_eq!(
            check(&["--port", "8080", "--seed=7", "--spec", "a b", "--log"]),
            "8080 Some(\"a b\") 7 None None None Offset true true"
        );
        assert_eq!(
            check(&["--faults", "a.yaml", "--limit", "0"]),
            "0 None 0 Some(\"a.yaml\") None Some(0) Offset true false"
        );
        assert_eq!(check(&["--seed-file", "b.yaml"]), "0 None 0 None Some(\"b.yaml\") None Offset true false");
        assert_eq!(check(&["--paging", "hybrid"]), "0 None 0 None None None Hybrid true false");
        assert!(check(&["--paging", "page"]).contains("expected `offset`, `cursor` or `hybrid`"));
        assert_eq!(check(&["--time", "virtual"]), "0 None 0 None None None Offset false false");
        let refused = "cannot parse argument \"fast\": expected `real` or `virtual`";
        assert_eq!(check(&["--time", "fast"]), refused);
        assert_eq!(check(&["--log", "-h"]), "help");
        assert_eq!(check(&["--stop-with-stdin"]), "0 None 0 None None None Offset true false stop_with_stdin");
        assert_eq!(
            check(&["--auth-id", "MA1", "--auth-token", "a", "--auth-id=MA2", "--auth-token=b", "--strict"]),
            "0 None 0 None None None Offset true false strict MA1:a MA2:b"
        );
        assert_eq!(check(&["--prot"]), "invalid option '--prot'");
        assert_eq!(check(&["--port"]), "missing argument for option '--port'");
        assert_eq!(check(&["--auth-id", "MA1"]), "--auth-id MA1 needs an --auth-token behind it");
        let repeated = check(&["--auth-id", "MA1", "--auth-id", "MA2"]);
        assert_eq!(repeated, "--auth-id MA1 needs an --auth-token behind it");
        assert_eq!(check(&["--auth-token", "a"]), "--auth-token needs an --auth-id before it");
        assert_eq!(check(&["--auth-id", ""]), "an id or a token must not be empty");
        assert_eq!(check(&["8080"]), "unexpected argument \"8080\"");
    }

    #[test]
    fn a_number_out_of_range_says_the_range() {
        for port in ["70000", "-1", "http", ""] {
            assert_eq!(check(&["--port", port]), format!("--port {port}: expected a number from 0 to 65535"));
        }
        let range = "expected a number from 0 to 18446744073709551615";
        assert_eq!(check(&["--seed=18446744073709551616"]), format!("--seed 18446744073709551616: {range}"));
        assert_eq!(check(&["--limit=-1"]), "--limit -1: expected a number, 0 or more");
    }
}
