//! Counts instructions with valgrind.

use std::env;
use std::process::Command;

use crate::BoxError;

/// Numbers of repetitions. The difference between their counts excludes the cost of starting the program.
const FEW: u32 = 20;
const MANY: u32 = 220;

/// The instructions per task, of both implementations.
pub(crate) fn compare(case: usize) -> Result<(f64, f64), BoxError> {
    let of = |side: &str| -> Result<f64, BoxError> {
        let (few, many) = (count(case, side, FEW)?, count(case, side, MANY)?);
        Ok((many - few) / f64::from(MANY - FEW))
    };
    Ok((of("ours")?, of("by-hand")?))
}

fn count(case: usize, side: &str, times: u32) -> Result<f64, BoxError> {
    let program = env::current_exe().map_err(|error| format!("the path of this program: {error}"))?;
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
    command.args(["--once", &case.to_string(), side, &times.to_string()]);
    let output = command.output().map_err(|error| format!("valgrind cannot be started: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let collected = text.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    collected.ok_or_else(|| format!("valgrind reported no count:\n{text}").into())
}
