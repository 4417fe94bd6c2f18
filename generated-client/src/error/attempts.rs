//! The attempts of a call.

use std::time::Duration;

use super::outcome::Outcome;
use super::{Cause, Error};
use crate::transport::Progress;

/// The attempts of a call so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempts {
    pub(crate) count: u32,
    /// The outcome of all attempts but the last.
    pub(crate) outcome_before: Outcome,
}

impl Attempts {
    /// No attempt was made.
    pub(crate) const NONE: Self = Self { count: 0, outcome_before: Outcome::NotSent };
}

/// The facts about a failed attempt on which a retry depends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failure {
    pub(crate) outcome: Outcome,
    pub(crate) status: Option<u16>,
    pub(crate) retry_after: Option<Duration>,
    /// Whether every attempt would fail for the same reason, such as the request itself.
    pub(crate) is_permanent: bool,
}

impl Error {
    /// The facts on which a retry depends.
    pub(crate) fn failure(&self) -> Failure {
        let (status, retry_after) = (self.status(), self.0.retry_after);
        Failure { outcome: self.last_outcome(), status, retry_after, is_permanent: self.is_permanent() }
    }

    /// Whether every attempt would fail for the same reason.
    fn is_permanent(&self) -> bool {
        let lacks_runtime =
            matches!(&self.0.cause, Cause::Transport(error) if matches!(error.progress(), Progress::NoRuntime));
        self.is_validation() || lacks_runtime
    }

    /// The attempts so far, if another one follows.
    pub(crate) fn failed_attempts(&self) -> Attempts {
        Attempts { count: self.0.attempts.count, outcome_before: self.outcome() }
    }
}
