//! Benchmarks the client: each task against the same task written by hand with derived `serde`, in the same run.
//!
//! Compare times only within one run, since machines differ and are never idle. With valgrind installed, `--instructions`
//! counts instructions instead, which are the same in every run. `--http` measures whole requests over loopback.

mod cases;
mod count;
mod http;
mod plain;
mod time;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use lexopt::prelude::{Long, Short, ValueExt};

use crate::cases::{CASES, Case, Side};

const HELP: &str = include_str!("help.txt");

type BoxError = Box<dyn Error>;

enum Command {
    Help,
    /// Compares the cases whose name contains `only`.
    Compare {
        only: String,
        instructions: bool,
    },
    /// Runs one task `count` times. `--instructions` starts the program like this under valgrind.
    Once {
        case: usize,
        side: Side,
        count: u32,
    },
    /// Compares requests over HTTP.
    Http(http::Output),
    /// Sends requests over HTTP. `--http` starts the program like this.
    Send {
        load: http::Load,
        url: String,
    },
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        // The reader of stdout has seen enough.
        Err(error)
            if error.downcast_ref().is_some_and(|error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe) =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            // If stderr is closed, the error cannot be reported anywhere.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), BoxError> {
    let mut out = io::stdout().lock();
    match parse(lexopt::Parser::from_env())? {
        Command::Help => write!(out, "{HELP}")?,
        Command::Once { case, side, count } => {
            let case = CASES.get(case).ok_or("no such case")?;
            case.repeat(side, count);
        }
        Command::Http(output) => http::run(output, &mut out)?,
        Command::Send { load, url } => load.run(&url, &mut out)?,
        Command::Compare { only, instructions } => {
            let unit = if instructions { "instructions" } else { "microseconds" };
            writeln!(out, "{:<44} {:>13} {:>13} {:>7}", format!("in {unit}"), "client", "by hand", "ratio")?;
            for (index, case) in CASES.iter().enumerate().filter(|(_, case)| case.name.contains(&only)) {
                let (ours, theirs) = if instructions { count::compare(index)? } else { time::compare(case) };
                writeln!(out, "{:<44} {ours:>13.1} {theirs:>13.1} {:>7.2}", case.name, ours / theirs)?;
            }
        }
    }
    Ok(())
}

fn parse(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let (mut only, mut instructions, mut once) = (String::new(), false, None);
    let (mut is_http, mut output) = (false, http::Output::Table);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("instructions") => instructions = true,
            Long("only") => only = parser.value()?.string()?,
            Long("http") => is_http = true,
            Long("json") => output = http::Output::Json,
            Long("save") => output = http::Output::SaveBaseline,
            Long("send") => {
                let arguments: Vec<_> = parser.values()?.map(ValueExt::string).collect::<Result<_, _>>()?;
                let (load, url) = http::Load::from_arguments(&arguments).ok_or("no such load")?;
                once = Some(Command::Send { load, url: url.to_owned() });
            }
            Long("once") => {
                let case = parser.value()?.parse()?;
                let side = if parser.value()? == "ours" { Side::Ours } else { Side::ByHand };
                once = Some(Command::Once { case, side, count: parser.value()?.parse()? });
            }
            Long("help") | Short('h') => return Ok(Command::Help),
            _ => return Err(argument.unexpected()),
        }
    }
    if !is_http && output != http::Output::Table {
        return Err("--json and --save belong to --http".into());
    }
    let compare = if is_http { Command::Http(output) } else { Command::Compare { only, instructions } };
    Ok(once.unwrap_or(compare))
}

impl Case {
    fn repeat(&self, side: Side, count: u32) {
        let task = self.task(side);
        (0..count).for_each(|_| task());
    }
}
