//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use lexopt::prelude::*;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Generate { check: bool, format: Format },
    Explain { code: Option<String> },
    Simulate { arguments: Vec<OsString> },
    Bench { arguments: Vec<OsString> },
    Features,
    Demo { request: Option<PathBuf>, live: bool },
    Conformance,
    Measure { operations: usize },
    Mutate { arguments: Vec<OsString> },
}

/// How problems of the spec are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// Drawn, for people.
    #[default]
    Human,
    /// A line each, for editors.
    Short,
    /// A JSON object each, for programs.
    Json,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "human" => Ok(Self::Human),
            "short" => Ok(Self::Short),
            "json" => Ok(Self::Json),
            _ => Err(format!("`{text}` is no format; the formats are human, short and json")),
        }
    }
}

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
        // The simulator, the benchmarks and the mutation tests parse their own flags.
        "simulate" => Ok(Command::Simulate { arguments: parser.raw_args()?.collect() }),
        "bench" => Ok(Command::Bench { arguments: parser.raw_args()?.collect() }),
        "features" => parser.next()?.map_or(Ok(Command::Features), |argument| Err(argument.unexpected())),
        "demo" => demo(&mut parser),
        "conformance" => parser.next()?.map_or(Ok(Command::Conformance), |argument| Err(argument.unexpected())),
        "measure" => measure(&mut parser),
        "mutate" => Ok(Command::Mutate { arguments: parser.raw_args()?.collect() }),
        _ => Err(format!("there is no command `{name}`; `cargo xtask help` lists them").into()),
    }
}

fn generate(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let (mut check, mut format) = (false, Format::default());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("check") => check = true,
            Long("format") => format = parser.value()?.parse()?,
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
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Demo { request, live })
}

fn measure(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut operations = 200;
    while let Some(argument) = parser.next()? {
        match argument {
            Value(count) => operations = count.parse()?,
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Measure { operations })
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
            Ok(Command::Simulate { arguments: vec!["--port".into(), "8080".into()] })
        );
        assert_eq!(
            read(&["demo", "--request", "a.yaml"]),
            Ok(Command::Demo { request: Some("a.yaml".into()), live: false })
        );
        assert_eq!(
            read(&["bench", "--only", "read"]),
            Ok(Command::Bench { arguments: vec!["--only".into(), "read".into()] })
        );
        assert_eq!(read(&["features"]), Ok(Command::Features));
        assert_eq!(read(&["conformance"]), Ok(Command::Conformance));
        assert_eq!(read(&["measure", "20"]), Ok(Command::Measure { operations: 20 }));
        assert_eq!(read(&["mutate"]), Ok(Command::Mutate { arguments: Vec::new() }));
        assert_eq!(read(&["mutate", "--list"]), Ok(Command::Mutate { arguments: vec!["--list".into()] }));
    }

    #[test]
    fn mistakes() {
        assert_eq!(read(&["genrate"]), Err("there is no command `genrate`; `cargo xtask help` lists them".to_owned()));
        assert_eq!(read(&["generate", "--chek"]), Err("invalid option '--chek'".to_owned()));
        assert_eq!(read(&["conformance", "node"]), Err("unexpected argument \"node\"".to_owned()));
        assert!(read(&["measure", "many"]).is_err());
    }
}
