//! The attempts of a call.

use std::time::Duration;

use super::outcome::Outcome;

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
