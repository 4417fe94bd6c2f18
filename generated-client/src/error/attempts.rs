//! What is known of the attempts of a call.

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
    /// Nothing was sent.
    pub(crate) const NONE: Self = Self { count: 0, outcome_before: Outcome::NotSent };
}

/// A failed attempt, as far as it matters for a retry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failure {
    pub(crate) outcome: Outcome,
    pub(crate) status: Option<u16>,
    pub(crate) retry_after: Option<Duration>,
}
