//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use lexopt::prelude::*;

/// The text that `cargo xtask help` prints.
pub(crate) const HELP: &str = "\
usage: cargo xtask <command> [options]

commands:
  generate      generate the client from the spec
  explain       explain the diagnostics of the generator
  simulate      simulate the API on 127.0.0.1, to try a client without an account
  demo          generate the client and create a profile with it
  conformance   compare the requests of the client with those of Plivo's SDKs
  features      check the client without features, with each feature alone, and with all
  measure       measure the size of the generated code and its compile time
  bench         compare the speed of the client with handwritten code
  mutate        change one fact of the spec at a time and count the changes that are detected
  help          print this help (also --help, -h)

generate [--check] [--format FORMAT]
  Writes generated-client/src/resources/ and the features in generated-client/Cargo.toml, and removes
  stale files.
  --check           write nothing; fail if a file is not up to date
  --format FORMAT   the format of diagnostics (default: human)
                      human   with the source lines, for people
                      short   one line each, for editors
                      json    one JSON object per line, for programs

explain [CODE]
  CODE              the code of a diagnostic, such as S003 (default: list all codes)

demo [--request FILE] [--live]
  --request FILE    create the profile that a JSON or YAML file describes (default: the profile of a
                    made-up bakery; on the simulator, then an invalid profile, which is not sent)
  --live            create the profile at Plivo, with the credentials in PLIVO_AUTH_ID and
                    PLIVO_AUTH_TOKEN (default: on the simulator)

conformance
  Installs Plivo's SDKs for Python and Node into a temporary directory. Needs network access.
  To accept changes of the table: UPDATE_GOLDENS=1 cargo xtask conformance

measure [--spec DIRECTORY]
  --spec DIRECTORY  the spec to measure (default: spec)

For the options of simulate, bench and mutate, add --help to the command.
";

/// A command with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Generate { check: bool, format: Format },
    Explain { code: Option<String> },
    Simulate { options: Vec<OsString> },
    Demo { request: Option<PathBuf>, live: bool },
    Conformance,
    Features,
    Measure { spec: Option<PathBuf> },
    Bench { options: Vec<OsString> },
    Mutate { options: Vec<OsString> },
}

/// The format of diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// With the source lines, for people.
    #[default]
    Human,
    /// One line each, for editors.
    Short,
    /// One JSON object per line, for programs.
    Json,
}

impl FromStr for Format {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "human" => Ok(Self::Human),
            "short" => Ok(Self::Short),
            "json" => Ok(Self::Json),
            _ => Err("expected human, short or json"),
        }
    }
}

/// Parses the command line. `--help` or `-h` after a command gives [`Command::Help`].
pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let name = match parser.next()? {
        None | Some(Long("help") | Short('h')) => return Ok(Command::Help),
        Some(Value(name)) => name.string()?,
        Some(other) => return Err(other.unexpected()),
    };
    match name.as_str() {
        "help" => Ok(Command::Help),
        "generate" => generate(&mut parser),
        "explain" => explain(&mut parser),
        "demo" => demo(&mut parser),
        "conformance" => without_options(&mut parser, Command::Conformance),
        "features" => without_options(&mut parser, Command::Features),
        "measure" => measure(&mut parser),
        // These programs parse their options themselves.
        "simulate" => Ok(Command::Simulate { options: parser.raw_args()?.collect() }),
        "bench" => Ok(Command::Bench { options: parser.raw_args()?.collect() }),
        "mutate" => Ok(Command::Mutate { options: parser.raw_args()?.collect() }),
        _ => Err(format!("unknown command `{name}`; `cargo xtask help` lists all commands").into()),
    }
}

fn generate(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let (mut check, mut format) = (false, Format::default());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("check") => check = true,
            Long("format") => format = parser.value()?.parse()?,
            Long("help") | Short('h') => return Ok(Command::Help),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Generate { check, format })
}

fn explain(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut code = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Value(given) if code.is_none() => code = Some(given.string()?),
            Long("help") | Short('h') => return Ok(Command::Help),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Explain { code })
}

fn demo(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let (mut request, mut live) = (None, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("request") => request = Some(parser.value()?.into()),
            Long("live") => live = true,
            Long("help") | Short('h') => return Ok(Command::Help),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Demo { request, live })
}

fn measure(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut spec = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("spec") => spec = Some(parser.value()?.into()),
            Long("help") | Short('h') => return Ok(Command::Help),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Measure { spec })
}

fn without_options(parser: &mut lexopt::Parser, command: Command) -> Result<Command, lexopt::Error> {
    match parser.next()? {
        None => Ok(command),
        Some(Long("help") | Short('h')) => Ok(Command::Help),
        Some(argument) => Err(argument.unexpected()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Command, String> {
        parse(lexopt::Parser::from_args(words)).map_err(|error| error.to_string())
    }

    #[test]
    fn commands() {
        assert_eq!(read(&[]), Ok(Command::Help));
        assert_eq!(read(&["generate", "--check"]), Ok(Command::Generate { check: true, format: Format::Human }));
        assert_eq!(
            read(&["generate", "--format", "json"]),
            Ok(Command::Generate { check: false, format: Format::Json })
        );
        assert_eq!(read(&["explain", "S001"]), Ok(Command::Explain { code: Some("S001".to_owned()) }));
        assert_eq!(
            read(&["simulate", "--port", "8080"]),
            Ok(Command::Simulate { options: vec!["--port".into(), "8080".into()] })
        );
        assert_eq!(
            read(&["demo", "--request", "a.yaml"]),
            Ok(Command::Demo { request: Some("a.yaml".into()), live: false })
        );
        assert_eq!(
            read(&["bench", "--only", "read"]),
            Ok(Command::Bench { options: vec!["--only".into(), "read".into()] })
        );
        assert_eq!(read(&["features"]), Ok(Command::Features));
        assert_eq!(read(&["conformance"]), Ok(Command::Conformance));
        assert_eq!(read(&["measure"]), Ok(Command::Measure { spec: None }));
        assert_eq!(read(&["measure", "--spec", "a"]), Ok(Command::Measure { spec: Some("a".into()) }));
        assert_eq!(read(&["mutate"]), Ok(Command::Mutate { options: Vec::new() }));
        assert_eq!(read(&["mutate", "--list"]), Ok(Command::Mutate { options: vec!["--list".into()] }));
    }

    #[test]
    fn invalid_command_lines() {
        assert_eq!(
            read(&["genrate"]),
            Err("unknown command `genrate`; `cargo xtask help` lists all commands".to_owned())
        );
        assert_eq!(read(&["generate", "--chek"]), Err("invalid option '--chek'".to_owned()));
        assert_eq!(read(&["conformance", "node"]), Err("unexpected argument \"node\"".to_owned()));
        assert_eq!(
            read(&["generate", "--format", "yaml"]),
            Err("cannot parse argument \"yaml\": expected human, short or json".to_owned())
        );
        assert_eq!(read(&["measure", "20"]), Err("unexpected argument \"20\"".to_owned()));
    }

    #[test]
    fn the_help_lists_every_command() {
        let names =
            HELP.split("\n\n").nth(1).unwrap().lines().skip(1).map(|line| line.split_whitespace().next().unwrap());
        for name in names {
            assert!(read(&[name]).is_ok(), "{name}");
            let passes_options = matches!(name, "simulate" | "bench" | "mutate");
            assert_eq!(read(&[name, "--help"]) == Ok(Command::Help), !passes_options, "{name}");
        }
    }
}
