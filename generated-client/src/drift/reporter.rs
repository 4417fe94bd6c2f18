//! Reports each difference between answers and the spec once per client.

use std::collections::BTreeSet;
use std::fmt;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use super::Drift;
use super::log::DriftLog;
use crate::trace;

/// Maximum number of distinct differences reported per client.
const MAX_DIFFERENCES: usize = 1000;

/// The callback of a client. It takes the id of the operation and the difference.
pub(crate) type DriftCallback = Box<dyn Fn(&str, &Drift) + Send + Sync>;

/// Reports differences to `tracing` and to the callback.
#[derive(Default)]
pub(crate) struct DriftReporter {
    callback: Option<DriftCallback>,
    reported: Mutex<BTreeSet<(&'static str, String)>>,
}

impl DriftReporter {
    pub(crate) fn new(callback: Option<DriftCallback>) -> Self {
        Self { callback, reported: Mutex::default() }
    }

    pub(crate) fn report(&self, operation: &'static str, drift: &DriftLog) {
        for drift in drift.entries().iter().filter(|drift| self.is_new(operation, drift)) {
            trace::drift(operation, drift.pointer(), drift.expected(), drift.found());
            if let Some(callback) = &self.callback {
                // The request was executed, so a panic of the callback must not lose its answer. The panic hook has
                // already reported the panic. Its payload may panic too when it is dropped, so it is not dropped.
                if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(|| callback(operation, drift))) {
                    mem::forget(payload);
                }
            }
        }
    }

    /// Whether this difference was not reported before. The same difference in several items of a list counts once.
    fn is_new(&self, operation: &'static str, drift: &Drift) -> bool {
        let is_index = |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
        let tokens = drift.pointer().split('/').map(|token| if is_index(token) { "*" } else { token });
        let pattern = tokens.collect::<Vec<_>>().join("/");
        let difference = format!("{pattern} {} {}", drift.expected(), drift.found());
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        reported.len() < MAX_DIFFERENCES && reported.insert((operation, difference))
    }
}

impl fmt::Debug for DriftReporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DriftReporter").field("callback", &self.callback.is_some()).finish_non_exhaustive()
    }
}
