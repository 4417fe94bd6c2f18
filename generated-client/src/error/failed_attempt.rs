//! The facts about the last attempt on which a retry depends.

use super::attempts::{Attempts, Failure};
use super::{Cause, Error};
use crate::transport::Progress;

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
