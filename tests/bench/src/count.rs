//! Counts instructions with valgrind.

use std::env;
use std::ffi::OsString;
use std::process::{Command, Stdio};

use crate::BoxError;

/// Numbers of repetitions. The difference between their counts excludes the cost of starting the program.
const FEW: u32 = 20;
const MANY: u32 = 220;

/// The instructions per task, of both implementations.
pub(crate) fn compare(case: usize) -> Result<(f64, f64), BoxError> {
    let of = |side: &str| -> Result<f64, BoxError> {
        let count =
            |times: u32| instructions(["--once", &case.to_string(), side, &times.to_string()].map(OsString::from));
        Ok((count(MANY)? - count(FEW)?) / f64::from(MANY - FEW))
    };
    Ok((of("ours")?, of("by-hand")?))
}

/// Whether valgrind can be started.
pub(crate) fn is_installed() -> bool {
    let status = Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// The instructions that this program executes with the arguments.
pub(crate) fn instructions(arguments: impl IntoIterator<Item = OsString>) -> Result<f64, BoxError> {
    let program = env::current_exe().map_err(|error| format!("the path of this program: {error}"))?;
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program).args(arguments);
    let output = command.output().map_err(|error| format!("valgrind cannot be started: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let collected = text.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    match collected {
        Some(count) if output.status.success() => Ok(count),
        _ => Err(format!("valgrind reported no count:\n{text}").into()),
    }
}
