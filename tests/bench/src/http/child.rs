//! The process that is measured: it sends one kind of request, again and again.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::sync::Arc;

use tokio::task::JoinSet;

use super::sides::{Sender, Side, Task};
use crate::BoxError;

/// What a child process does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Load {
    pub(crate) task: Task,
    pub(crate) side: Side,
    /// How many requests are in flight at a time.
    pub(crate) at_once: usize,
    /// How many requests are sent in all.
    pub(crate) count: usize,
}

impl Load {
    /// The arguments of the child process.
    pub(super) fn arguments(&self, url: &str) -> [OsString; 6] {
        let (task, side) = (self.task.name(), self.side.name());
        let (at_once, count) = (self.at_once.to_string(), self.count.to_string());
        ["--send", task, side, &at_once, &count, url].map(OsString::from)
    }

    pub(crate) fn from_arguments(arguments: &[String]) -> Option<(Self, &str)> {
        let [task, side, at_once, count, url] = arguments else { return None };
        let task = Task::ALL.into_iter().find(|known| known.name() == task)?;
        let side = Side::ALL.into_iter().find(|known| known.name() == side)?;
        Some((Self { task, side, at_once: at_once.parse().ok()?, count: count.parse().ok()? }, url))
    }

    /// Sends the requests, then prints what they cost this process.
    pub(crate) fn run(&self, url: &str, out: &mut impl Write) -> Result<(), BoxError> {
        let sender = Arc::new(Sender::new(self.task, self.side, url, self.at_once)?);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let mut workers = JoinSet::new();
            for _ in 0..self.at_once {
                let (sender, times) = (Arc::clone(&sender), self.count / self.at_once);
                workers.spawn(async move {
                    for _ in 0..times {
                        sender.send().await.map_err(|error| error.to_string())?;
                    }
                    Ok::<_, String>(())
                });
            }
            while let Some(worker) = workers.join_next().await {
                worker??;
            }
            Ok::<_, BoxError>(())
        })?;
        writeln!(out, "{} {}", cpu_nanoseconds().unwrap_or_default(), peak_kilobytes().unwrap_or_default())?;
        Ok(())
    }
}

/// The CPU time of this thread, which is the only one that works.
fn cpu_nanoseconds() -> Option<u64> {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    statistics.split_ascii_whitespace().next()?.parse().ok()
}

/// The largest size of this process in memory.
fn peak_kilobytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}
