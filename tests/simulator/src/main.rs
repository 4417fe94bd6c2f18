//! Runs the simulator as a program.

mod flags;
mod greeting;

use flags::{Command, Flags, HELP};
use plivo_codegen::model::Model;
use plivo_simulator::{Options, Simulator};
use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

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
    if flags.log {
        options = options.observer(|request, status| {
            complain(&format_args!("{} {} {status}", request.method(), request.path()));
        });
    }
    let simulator = Simulator::start(model.clone(), options)
        .await
        .map_err(|error| format!("cannot listen on port {}: {error}", flags.port))?;
    let url = simulator.url();
    say(&format!("listening on {url}\n\n{}", greeting::greeting(&model, &url)))?;
    tokio::signal::ctrl_c().await?;
    simulator.shutdown().await;
    Ok(())
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
