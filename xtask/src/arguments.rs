//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use lexopt::prelude::*;

use crate::help;

/// A command with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Prints this text.
    Help(&'static str),
    Generate {
        check: bool,
        format: Format,
    },
    Explain {
        code: Option<String>,
    },
    Simulate {
        options: Vec<OsString>,
    },
    Demo {
        request: Option<PathBuf>,
        live: bool,
    },
    Docs {
        open: bool,
    },
    Conformance {
        schemathesis: bool,
    },
    Features,
    Measure {
        what: Measured,
        spec: Option<PathBuf>,
    },
    Bench {
        options: Vec<OsString>,
    },
    Coverage {
        options: Vec<OsString>,
    },
    Mutate {
        options: Vec<OsString>,
    },
}

/// What is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Measured {
    /// The generated code and its compile time.
    #[default]
    Code,
    /// The generator, stage by stage.
    Generator,
    /// Programs that use the client.
    Programs,
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
        None | Some(Long("help") | Short('h')) => return Ok(Command::Help(help::OVERVIEW)),
        Some(Value(name)) => name.string()?,
        Some(other) => return Err(with_hint(other.unexpected(), "")),
    };
    let Some((name, page)) = help::PAGES.iter().find(|(page, _)| *page == name) else {
        return Err(unknown(&name));
    };
    if help::PROGRAMS.contains(name) {
        let options: Vec<_> = parser.raw_args()?.collect();
        let asks_for_help = options.iter().any(|option| option == "--help" || option == "-h");
        return Ok(if asks_for_help { Command::Help(page) } else { program(name, options) });
    }
    let command = match *name {
        "generate" => generate(&mut parser),
        "explain" => explain(&mut parser),
        "demo" => demo(&mut parser),
        "docs" => docs(&mut parser),
        "conformance" => conformance(&mut parser),
        "features" => without_options(&mut parser, Command::Features),
        "measure" => measure(&mut parser),
        _ => return help_about(&mut parser),
    };
    match command {
        Ok(command) => Ok(command.unwrap_or(Command::Help(page))),
        Err(error) => Err(with_hint(error, name)),
    }
}

/// A command that a program of its own carries out. The program parses the options.
fn program(name: &str, options: Vec<OsString>) -> Command {
    match name {
        "bench" => Command::Bench { options },
        "coverage" => Command::Coverage { options },
        "mutate" => Command::Mutate { options },
        _ => Command::Simulate { options },
    }
}

fn unknown(name: &str) -> lexopt::Error {
    let names = help::PAGES.iter().map(|(name, _)| *name);
    let distance = |known: &&str| strsim::damerau_levenshtein(&name.to_lowercase(), known);
    let near = names.filter(|known| distance(known) <= known.len() / 3).min_by_key(distance);
    let meant = near.map(|known| format!("did you mean `{known}`? ")).unwrap_or_default();
    format!("unknown command `{name}`; {meant}`cargo xtask help` lists all commands").into()
}

/// An error, and how to find out what is right.
fn with_hint(error: lexopt::Error, command: &str) -> lexopt::Error {
    let space = if command.is_empty() { "" } else { " " };
    format!("{error}; `cargo xtask{space}{command} --help` describes the options").into()
}

/// `cargo xtask help [COMMAND]`.
fn help_about(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    let name = match parser.next()? {
        None | Some(Long("help") | Short('h')) => return Ok(Command::Help(help::OVERVIEW)),
        Some(Value(name)) => name.string()?,
        Some(other) => return Err(with_hint(other.unexpected(), "help")),
    };
    let page = help::PAGES.iter().find(|(page, _)| *page == name);
    page.map(|(_, page)| Command::Help(page)).ok_or_else(|| unknown(&name))
}

// Each of these returns `None` if the help was asked for.

fn generate(parser: &mut lexopt::Parser) -> Result<Option<Command>, lexopt::Error> {
    let (mut check, mut format) = (false, Format::default());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("check") => check = true,
            Long("format") => format = parser.value()?.parse()?,
            Long("help") | Short('h') => return Ok(None),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Some(Command::Generate { check, format }))
}

fn explain(parser: &mut lexopt::Parser) -> Result<Option<Command>, lexopt::Error> {
    let mut code = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Value(given) if code.is_none() => code = Some(given.string()?),
            Long("help") | Short('h') => return Ok(None),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Some(Command::Explain { code }))
}

fn demo(parser: &mut lexopt::Parser) -> Result<Option<Command>, lexopt::Error> {
    let (mut request, mut live) = (None, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("request") => request = Some(parser.value()?.into()),
            Long("live") => live = true,
            Long("help") | Short('h') => return Ok(None),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Some(Command::Demo { request, live }))
}

fn docs(parser: &mut lexopt::Parser) -> Result<Option<Command>, lexopt::Error> {
    let mut open = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("open") => open = true,
            Long("help") | Short('h') => return Ok(None),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Some(Command::Docs { open }))
}

fn conformance(parser: &mut lexopt::Parser) -> Result<Option<Command>, lexopt::Error> {
    let mut schemathesis = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("schemathesis") => schemathesis = true,
            Long("help") | Short('h') => return Ok(None),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Some(Command::Conformance { schemathesis }))
}

fn measure(parser: &mut lexopt::Parser) -> Result<Option<Command>, lexopt::Error> {
    let (mut what, mut spec) = (Measured::Code, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("generator") => what = Measured::Generator,
            Long("programs") => what = Measured::Programs,
            Long("spec") => spec = Some(parser.value()?.into()),
            Long("help") | Short('h') => return Ok(None),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Some(Command::Measure { what, spec }))
}

fn without_options(parser: &mut lexopt::Parser, command: Command) -> Result<Option<Command>, lexopt::Error> {
    match parser.next()? {
        None => Ok(Some(command)),
        Some(Long("help") | Short('h')) => Ok(None),
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
        assert_eq!(read(&[]), Ok(Command::Help(help::OVERVIEW)));
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
        assert_eq!(read(&["docs"]), Ok(Command::Docs { open: false }));
        assert_eq!(read(&["docs", "--open"]), Ok(Command::Docs { open: true }));
        assert_eq!(read(&["features"]), Ok(Command::Features));
        assert_eq!(read(&["conformance"]), Ok(Command::Conformance { schemathesis: false }));
        assert_eq!(read(&["conformance", "--schemathesis"]), Ok(Command::Conformance { schemathesis: true }));
        assert_eq!(read(&["measure"]), Ok(Command::Measure { what: Measured::Code, spec: None }));
        assert_eq!(
            read(&["measure", "--spec", "a"]),
            Ok(Command::Measure { what: Measured::Code, spec: Some("a".into()) })
        );
        for (option, what) in [("--generator", Measured::Generator), ("--programs", Measured::Programs)] {
            assert_eq!(read(&["measure", option]), Ok(Command::Measure { what, spec: None }));
        }
        assert_eq!(read(&["coverage", "--missing"]), Ok(Command::Coverage { options: vec!["--missing".into()] }));
        assert_eq!(read(&["mutate"]), Ok(Command::Mutate { options: Vec::new() }));
        assert_eq!(read(&["mutate", "--list"]), Ok(Command::Mutate { options: vec!["--list".into()] }));
    }

    #[test]
    fn an_unknown_command_says_what_was_meant() {
        for (given, meant) in [("genrate", "generate"), ("simulator", "simulate"), ("Demo", "demo"), ("halp", "help")] {
            let message =
                format!("unknown command `{given}`; did you mean `{meant}`? `cargo xtask help` lists all commands");
            assert_eq!(read(&[given]), Err(message.clone()));
            assert_eq!(read(&["help", given]), Err(message));
        }
        let other = "unknown command `release`; `cargo xtask help` lists all commands";
        assert_eq!(read(&["release"]), Err(other.to_owned()));
    }

    #[test]
    fn invalid_command_lines() {
        let hint = |command: &str| format!("; `cargo xtask {command} --help` describes the options");
        let error = |message: &str, command| Err(format!("{message}{}", hint(command)));
        assert_eq!(read(&["generate", "--chek"]), error("invalid option '--chek'", "generate"));
        assert_eq!(read(&["conformance", "node"]), error("unexpected argument \"node\"", "conformance"));
        let format = "cannot parse argument \"yaml\": expected human, short or json";
        assert_eq!(read(&["generate", "--format", "yaml"]), error(format, "generate"));
        assert_eq!(read(&["measure", "20"]), error("unexpected argument \"20\"", "measure"));
        let option = "invalid option '--chek'; `cargo xtask --help` describes the options";
        assert_eq!(read(&["--chek"]), Err(option.to_owned()));
    }

    #[test]
    fn every_command_has_help() {
        for (name, page) in help::PAGES {
            for words in [&[name, "--help"], &[name, "-h"], &["help", name]] {
                assert_eq!(read(words), Ok(Command::Help(page)), "{words:?}");
            }
        }
    }

    /// Without starting the program, which cargo would have to build first.
    #[test]
    fn help_about_a_program_is_printed_at_once() {
        for name in help::PROGRAMS {
            for words in [&[name, "--help"][..], &[name, "-h"], &[name, "--only", "a", "--help"], &["help", name]] {
                assert!(
                    matches!(read(words), Ok(Command::Help(page)) if page.contains("\n  --help, -h ")),
                    "{words:?}"
                );
            }
        }
    }
}
