//! The program `simulator`.

mod flags;
mod greeting;

use flags::{Command, Flags, HELP};
use plivo_codegen::model::Model;
use plivo_simulator::{Faults, Options, RecordedRequest, Simulator, stop};
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
            print_error(&error);
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let command = flags::parse(std::env::args_os().skip(1));
    match command.map_err(|error| format!("error: {error}; --help lists the options"))? {
        Command::Help => Ok(print(HELP)?),
        Command::Serve(flags) => {
            let model = read_spec(&flags.spec)?;
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(serve(model, &flags))
        }
    }
}

/// Reads the spec. Its diagnostics are complete messages, with the source lines.
fn read_spec(directory: &Path) -> Result<Model, String> {
    let sources = plivo_codegen::read_dir(directory).map_err(|diagnostics| diagnostics.to_string())?;
    plivo_codegen::model(&sources).map_err(|diagnostics| diagnostics.to_string())
}

async fn serve(model: Model, flags: &Flags) -> Result<(), Box<dyn Error>> {
    let mut options = Options::new().port(flags.port).seed(flags.seed).paging(flags.paging);
    options = match flags.limit {
        Some(0) => options.no_limit(),
        Some(requests) => options.limit(requests, Duration::from_secs(5)),
        None => options,
    };
    if let Some(file) = &flags.faults {
        options = options.faults(read_faults(file, &model)?);
    }
    if flags.log {
        options = options.observer(|request| print_error(&log_line(request)));
    }
    // Installed before the address is printed, because its reader may send a signal at once.
    let stop = stop::signals()?;
    let simulator = Simulator::start(model.clone(), options)
        .await
        .map_err(|error| format!("error: cannot listen on port {}: {error}", flags.port))?;
    let url = simulator.url();
    print(&format!("listening on {url}\n\n{}", greeting::greeting(&model, &url)))?;
    stop.await;
    simulator.shutdown().await;
    Ok(())
}

/// Reads a fault script. Each problem becomes a line that starts with the file name.
fn read_faults(file: &Path, model: &Model) -> Result<Faults, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("error: {}: {error}", file.display()))?;
    let faults = text.parse::<Faults>().and_then(|faults| faults.check(model).map(|()| faults));
    faults.map_err(|error| {
        let lines = error.problems().iter().map(|problem| format!("error: {}: {problem}", file.display()));
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// The line that `--log` prints for a request.
fn log_line(request: &RecordedRequest) -> String {
    let status = request.status().map_or_else(|| "no response".to_owned(), |status| status.to_string());
    let fault = request.fault().map(|fault| format!(" ({fault})")).unwrap_or_default();
    format!("{} {} {status}{fault}", request.method(), request.path())
}

/// Prints to stdout. A closed pipe is not an error: its reader may stop after the line with the address.
fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// Prints a line to stderr. If stderr is closed, the error cannot be reported anywhere.
fn print_error(message: &dyn Display) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}
