//! The program `simulator`.

mod flags;
mod greeting;

use flags::{Command, Flags, HELP};
use plivo_codegen::model::Model;
use plivo_simulator::stop::{self, Signals};
use plivo_simulator::{Faults, InputError, Objects, Options, RecordedRequest, Simulator, spec};
use std::error::Error;
use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::str::FromStr;
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
            let model = read_spec(flags.spec.as_deref())?;
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(serve(model, &flags))
        }
    }
}

/// Reads a spec directory, or else the embedded spec. Diagnostics are complete messages, with the source lines.
fn read_spec(directory: Option<&Path>) -> Result<Model, String> {
    let model = match directory {
        Some(directory) => plivo_codegen::read_dir(directory).and_then(|files| plivo_codegen::model(&files)),
        None => spec(),
    };
    model.map_err(|diagnostics| diagnostics.to_string())
}

async fn serve(model: Model, flags: &Flags) -> Result<(), Box<dyn Error>> {
    let mut options = Options::new().port(flags.port).seed(flags.seed).paging(flags.paging);
    options = match flags.limit {
        Some(0) => options.no_limit(),
        Some(requests) => options.limit(requests, Duration::from_secs(5)),
        None => options,
    };
    if let Some(file) = &flags.faults {
        options = options.faults(read(file, |faults: &Faults| faults.check(&model))?);
    }
    if let Some(file) = &flags.objects {
        options = options.objects(read(file, |objects: &Objects| objects.check(&model))?);
    }
    for (id, token) in &flags.credentials {
        options = options.credentials(id, token);
    }
    if flags.strict {
        options = options.strict();
    }
    if flags.real_time {
        options = options.real_time();
    }
    if flags.log {
        options = options.observer(|request| print_error(&log_line(request)));
    }
    // Installed before the address is printed, because its reader may send a signal at once.
    let mut signals = Signals::install()?;
    let simulator = Simulator::start(model.clone(), options).await.map_err(|error| {
        let port = flags.port;
        format!("error: cannot listen on port {port}: {error}\n--port 0 takes any free port")
    })?;
    let url = simulator.url();
    let accounts: Vec<_> = flags.credentials.iter().map(|(id, _)| id.as_str()).collect();
    let greeting = greeting::greeting(&model, &url, &accounts, flags.real_time);
    print(&format!("listening on {url}\n\n{greeting}"))?;
    tokio::select! {
        () = signals.recv() => {}
        () = stop::stdin_closed(), if flags.stop_with_stdin => {}
    }
    // A second signal does not wait for the responses in progress.
    tokio::select! {
        () = simulator.shutdown() => {}
        () = signals.recv() => {}
    }
    Ok(())
}

/// Reads a fault script or objects, and checks them. Each problem becomes a line that starts with the file name.
fn read<T>(file: &Path, check: impl Fn(&T) -> Result<(), InputError>) -> Result<T, String>
where
    T: FromStr<Err = InputError>,
{
    let text = fs::read_to_string(file).map_err(|error| format!("error: {}: {error}", file.display()))?;
    let value = text.parse::<T>().and_then(|value| check(&value).map(|()| value));
    value.map_err(|error| {
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
