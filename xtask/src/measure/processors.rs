//! The time that processors have worked.

use std::fs;

/// How Linux counts the time of processors, in seconds.
const TICK: f64 = 0.01;

/// Whose time counts.
#[derive(Clone, Copy)]
pub(super) enum Of {
    /// This process, with all its threads.
    ThisProcess,
    /// All commands that have ended.
    EndedCommands,
}

/// How long processors have worked so far, in seconds. Only Linux says it.
pub(super) fn seconds(of: Of) -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field, the name of the program, is in parentheses.
    let fields: Vec<_> = stat.rsplit_once(')')?.1.split_ascii_whitespace().collect();
    let ticks = |field: usize| fields.get(field)?.parse::<f64>().ok();
    let (user, system) = match of {
        Of::ThisProcess => (11, 12),
        Of::EndedCommands => (13, 14),
    };
    Some((ticks(user)? + ticks(system)?) * TICK)
}
