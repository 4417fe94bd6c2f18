//! The outcome of a failed request: whether Plivo may have executed it.

use http::StatusCode;

/// Whether Plivo may have executed a request. It covers all attempts. If in doubt, it is `Unknown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// No byte of the request was sent. It can be sent again.
    NotSent,
    /// Plivo refused the request and did not execute it. Unless the status is 429, it is likely to be refused again
    /// unchanged.
    Rejected,
    /// The request was executed, but its answer was lost or cannot be decoded. Do not send it again.
    Executed,
    /// The request may have been executed. Check before you send it again.
    Unknown,
}

impl Outcome {
    /// The outcome of a response with this status.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            408 => Self::Unknown,
            200..=299 => Self::Executed,
            300..=499 => Self::Rejected,
            _ => Self::Unknown,
        }
    }

    /// Combines the outcomes of two attempts. If one of them may have been executed, the request may have been
    /// executed.
    pub(crate) fn and(self, other: Self) -> Self {
        let rank = |outcome| match outcome {
            Self::NotSent => 0,
            Self::Rejected => 1,
            Self::Unknown => 2,
            Self::Executed => 3,
        };
        if rank(self) < rank(other) { other } else { self }
    }
}
