//! Tells of each difference between answers and their description once.

use std::collections::BTreeSet;
use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use super::Drift;
use super::log::DriftLog;
use crate::trace;

/// So many differences are reported of and kept in mind. Whoever has so many has heard enough.
const MAX_DIFFERENCES: usize = 1000;

/// What a client calls with an operation and a difference.
pub(crate) type Callback = Box<dyn Fn(&str, &Drift) + Send + Sync>;

/// Tells `tracing` and a callback.
#[derive(Default)]
pub(crate) struct Listener {
    callback: Option<Callback>,
    reported: Mutex<BTreeSet<(&'static str, String)>>,
}

impl Listener {
    pub(crate) fn new(callback: Option<Callback>) -> Self {
        Self { callback, reported: Mutex::default() }
    }

    /// Nearly always there is nothing to tell.
    pub(crate) fn report(&self, operation: &'static str, drift: &DriftLog) {
        for drift in drift.kept().iter().filter(|drift| self.is_new(operation, drift)) {
            trace::drift(operation, drift.pointer(), drift.expected(), drift.found());
            if let Some(callback) = &self.callback {
                // It must not cost the answer of something that was done. The panic has been reported of already.
                let _ = panic::catch_unwind(AssertUnwindSafe(|| callback(operation, drift)));
            }
        }
    }

    /// Rows of a list that have the same fault are one difference.
    fn is_new(&self, operation: &'static str, drift: &Drift) -> bool {
        let is_position = |step: &str| !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
        let steps = drift.pointer().split('/').map(|step| if is_position(step) { "*" } else { step });
        let place = steps.collect::<Vec<_>>().join("/");
        let what = format!("{place} {} {}", drift.expected(), drift.found());
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        reported.len() < MAX_DIFFERENCES && reported.insert((operation, what))
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listener").field("callback", &self.callback.is_some()).finish_non_exhaustive()
    }
}
