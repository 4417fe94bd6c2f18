//! `--http`: requests over loopback, by this client and by hand.
//!
//! A child process sends a few requests, and another one many. The difference excludes the cost of starting.

mod baseline;
mod child;
mod sides;
mod stub;

use std::env;
use std::fmt;
use std::io::Write;
use std::process::Command;

use serde::Serialize;

use self::baseline::Baseline;
pub(crate) use self::child::Load;
use self::sides::{Side, Task};
use crate::{BoxError, count};

/// How often the CPU time is measured. The minimum counts.
const ROUNDS: usize = 5;

/// The number of requests in flight when memory is measured.
const HELD: usize = 10_000;

/// What is done with the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    /// Print a table with the change since the baseline.
    Table,
    /// Print JSON.
    Json,
    /// Print the table, and replace the baseline.
    SaveBaseline,
}

/// One line of the table: what one request costs in one implementation.
#[derive(Clone, Debug, Serialize)]
struct Row {
    task: &'static str,
    at_once: usize,
    side: &'static str,
    /// Instructions of the client process. `None` without valgrind.
    instructions: Option<f64>,
    /// Microseconds of CPU time of the client process.
    cpu_microseconds: f64,
    /// The ratio to the first implementation by hand: of instructions, or of CPU time if those are not counted.
    ratio: f64,
}

/// Measures all requests and prints the result.
pub(crate) fn run(output: Output, out: &mut impl Write) -> Result<(), BoxError> {
    let valgrind = count::is_installed();
    let mut rows = Vec::new();
    for task in Task::ALL {
        for at_once in [1, 64] {
            rows.extend(compare(task, at_once, valgrind)?);
        }
    }
    let (memory, profile) = (memory(), Profile::measure());
    if output == Output::Json {
        let not_measured = memory.as_ref().err().map(ToString::to_string);
        let json = serde_json::json!({
            "requests": rows,
            "in_flight": memory.ok(),
            "in_flight_not_measured": not_measured,
            "profile": profile,
        });
        serde_json::to_writer_pretty(&mut *out, &json)?;
        writeln!(out)?;
        return Ok(());
    }
    print(&rows, &Baseline::read()?, out)?;
    writeln!(out, "\n{HELD} calls in flight, KB of memory per call")?;
    match memory {
        Ok(memory) => {
            for Held { side, kilobytes, ratio } in memory {
                writeln!(out, "{side:<10} {kilobytes:>8.1} {ratio:>7.2}")?;
            }
        }
        // Each call needs a file descriptor on both sides, and `ulimit -n` may allow fewer.
        Err(error) => writeln!(out, "not measured: {error}")?,
    }
    let Profile { texts, client, owned } = profile;
    writeln!(out, "\na profile with {texts} bytes of texts: {client} bytes, by hand {owned}")?;
    if !valgrind {
        writeln!(out, "\nInstructions were not counted: valgrind is not installed.")?;
    } else if output == Output::SaveBaseline {
        let path = Baseline::of(&rows).write()?;
        writeln!(out, "\nThe instructions are the new baseline: {path}")?;
    }
    Ok(())
}

fn print(rows: &[Row], baseline: &Baseline, out: &mut impl Write) -> Result<(), BoxError> {
    writeln!(
        out,
        "{:<18} {:>7}  {:<10} {:>12} {:>6} {:>9} {:>8}",
        "request", "at once", "side", "instructions", "ratio", "baseline", "CPU µs"
    )?;
    for row in rows {
        let instructions = row.instructions.map_or_else(|| "-".to_owned(), |count| format!("{count:.0}"));
        let change = baseline.change(row).map_or_else(|| "-".to_owned(), |change| format!("{change:+.1} %"));
        writeln!(
            out,
            "{:<18} {:>7}  {:<10} {instructions:>12} {:>6.2} {change:>9} {:>8.1}",
            row.task, row.at_once, row.side, row.ratio, row.cpu_microseconds
        )?;
    }
    Ok(())
}

/// All implementations of one request.
fn compare(task: Task, at_once: usize, valgrind: bool) -> Result<Vec<Row>, BoxError> {
    let url = stub::start(1)?;
    let (few, many) = if at_once == 1 { (20, 220) } else { (at_once, at_once * 4) };
    let per_request = |of_few: f64, of_many: f64| (of_many - of_few) / (many - few) as f64;
    let mut rows: Vec<Row> = Vec::new();
    for side in Side::ALL {
        let load = |count| Load { task, side, at_once, count };
        let mut cpu = (f64::MAX, f64::MAX);
        for _ in 0..ROUNDS {
            cpu.0 = cpu.0.min(Cost::measure(&load(few), &url)?.nanoseconds);
            cpu.1 = cpu.1.min(Cost::measure(&load(many), &url)?.nanoseconds);
        }
        let cpu_microseconds = per_request(cpu.0, cpu.1) / 1000.0;
        let count = |count| count::instructions(load(count).arguments(&url));
        let instructions = if valgrind { Some(per_request(count(few)?, count(many)?)) } else { None };
        let first = rows.first();
        let ratio = match (instructions, first.and_then(|row| row.instructions)) {
            (Some(ours), Some(first)) => ours / first,
            _ => first.map_or(1.0, |row| cpu_microseconds / row.cpu_microseconds),
        };
        rows.push(Row { task: task.name(), at_once, side: side.name(), instructions, cpu_microseconds, ratio });
    }
    Ok(rows)
}

/// The memory of a request in flight.
#[derive(Clone, Debug, Serialize)]
struct Held {
    side: &'static str,
    kilobytes: f64,
    ratio: f64,
}

fn memory() -> Result<Vec<Held>, BoxError> {
    let mut held: Vec<Held> = Vec::new();
    for side in [Side::Owned, Side::Client] {
        let peak = |count| {
            let load = Load { task: Task::Create, side, at_once: count, count };
            Ok::<_, BoxError>(Cost::measure(&load, &stub::start(count)?)?.kilobytes)
        };
        let few = HELD / 10;
        let kilobytes = (peak(HELD)? - peak(few)?) / (HELD - few) as f64;
        let ratio = held.first().map_or(1.0, |first| kilobytes / first.kilobytes);
        held.push(Held { side: side.name(), kilobytes, ratio });
    }
    Ok(held)
}

/// The memory of one decoded profile in bytes, without what the allocator adds.
#[derive(Clone, Copy, Debug, Serialize)]
struct Profile {
    texts: usize,
    client: usize,
    owned: usize,
}

impl Profile {
    fn measure() -> Self {
        let texts = text_length(&crate::cases::profile());
        let (client, owned) = (size_of::<plivo::profile::Profile>(), size_of::<crate::plain::Profile>());
        Self { texts, client: client + texts, owned: owned + texts }
    }
}

/// The length of all texts in a value.
fn text_length(json: &serde_json::Value) -> usize {
    match json {
        serde_json::Value::String(text) => text.len(),
        serde_json::Value::Array(items) => items.iter().map(text_length).sum(),
        serde_json::Value::Object(entries) => entries.values().map(text_length).sum(),
        _ => 0,
    }
}

/// What a child process cost.
struct Cost {
    nanoseconds: f64,
    kilobytes: f64,
}

impl Cost {
    fn measure(load: &Load, url: &str) -> Result<Self, BoxError> {
        let program = env::current_exe().map_err(|error| format!("the path of this program: {error}"))?;
        let output = Command::new(program).args(load.arguments(url)).output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let numbers: Vec<f64> = text.split_ascii_whitespace().filter_map(|text| text.parse().ok()).collect();
        match numbers[..] {
            [nanoseconds, kilobytes] if output.status.success() => Ok(Self { nanoseconds, kilobytes }),
            _ => Err(format!("{load}: {}", String::from_utf8_lossy(&output.stderr).trim()).into()),
        }
    }
}

impl fmt::Display for Load {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { task, side, at_once, count } = self;
        write!(f, "{}, {count} times, {at_once} at once, {}", task.name(), side.name())
    }
}
