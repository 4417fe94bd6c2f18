//! Runs the simulator as a program.

mod flags;
mod greeting;

use flags::{Command, Flags, HELP};
use plivo_codegen::model::Model;
use plivo_simulator::{Faults, Options, Recorded, Simulator, stop};
use std::error::Error;
use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let command = flags::parse(std::env::args_os().skip(1));
    match command.map_err(|error| format!("error: {error}; --help lists the options"))? {
        Command::Help => Ok(say(HELP)?),
        Command::Serve(flags) => {
            let model = read(&flags)?;
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(serve(model, &flags))
        }
    }
}

fn read(flags: &Flags) -> Result<Model, String> {
    // Diagnostics draw the place in the file, and stand for themselves.
    let sources = plivo_codegen::read_dir(&flags.spec).map_err(|diagnostics| diagnostics.to_string())?;
    plivo_codegen::model(&sources).map_err(|diagnostics| diagnostics.to_string())
}

async fn serve(model: Model, flags: &Flags) -> Result<(), Box<dyn Error>> {
    let mut options = Options::new().port(flags.port).seed(flags.seed);
    options = match flags.limit {
        Some(0) => options.no_limit(),
        Some(requests) => options.limit(requests, Duration::from_secs(5)),
        None => options,
    };
    if let Some(file) = &flags.faults {
        options = options.faults(faults(file, &model)?);
    }
    if flags.log {
        options = options.observer(|request| complain(&line(request)));
    }
    // From before the address is printed, so that nobody who has read it can stop the program too early.
    let stop = stop::signals()?;
    let simulator = Simulator::start(model.clone(), options)
        .await
        .map_err(|error| format!("cannot listen on port {}: {error}", flags.port))?;
    let url = simulator.url();
    say(&format!("listening on {url}\n\n{}", greeting::greeting(&model, &url)))?;
    stop.await;
    simulator.shutdown().await;
    Ok(())
}

/// Reads a file of faults. Each problem becomes a line that begins with the file's name.
fn faults(file: &Path, model: &Model) -> Result<Faults, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("error: {}: {error}", file.display()))?;
    let faults = text.parse::<Faults>().and_then(|faults| faults.check(model).map(|()| faults));
    faults.map_err(|error| {
        let lines = error.problems().iter().map(|problem| format!("error: {}: {problem}", file.display()));
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// What `--log` prints of a request.
fn line(request: &Recorded) -> String {
    let status = request.status().map_or_else(|| "no answer".to_owned(), |status| status.to_string());
    let fault = request.fault().map(|fault| format!(" ({fault})")).unwrap_or_default();
    format!("{} {} {status}{fault}", request.method(), request.path())
}

/// Prints to stdout. Whoever reads the address may close the pipe after its line: no reason to stop.
fn say(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// Prints a line to stderr. Where that is closed there is nobody to tell.
fn complain(message: &dyn Display) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}
