//! Instructions, as valgrind counts them.

use std::env;
use std::process::Command;

use crate::Failure;

/// What a few rounds take less than many is what the rounds between take: what starting takes falls out.
const FEW: u32 = 20;
const MANY: u32 = 220;

/// The instructions that one piece of work takes on each side.
pub(crate) fn compare(case: usize) -> Result<(f64, f64), Failure> {
    let of = |side: &str| -> Result<f64, Failure> {
        let (few, many) = (count(case, side, FEW)?, count(case, side, MANY)?);
        Ok((many - few) / f64::from(MANY - FEW))
    };
    Ok((of("ours")?, of("by-hand")?))
}

fn count(case: usize, side: &str, times: u32) -> Result<f64, Failure> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(env::current_exe()?);
    command.args(["--once", &case.to_string(), side, &times.to_string()]);
    let output = command.output().map_err(|error| format!("valgrind cannot be started: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let collected = text.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    collected.ok_or_else(|| format!("valgrind counted nothing: {text}").into())
}
