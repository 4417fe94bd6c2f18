//! What is known about a request that gave no answer.

use http::StatusCode;

/// Whether Plivo may have executed a request. It never claims more than is known: of a request that was sent
/// several times, it tells about all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Not one byte of it left. It can be sent again.
    NotSent,
    /// Plivo refused it and did not execute it. Sent again as it is, it will mostly be refused again.
    Rejected,
    /// It was executed; only its answer is lost or not understood. Do not send it again.
    Executed,
    /// It may have been executed or not. Look before you send it again.
    Unknown,
}

impl Outcome {
    /// What a status says.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            408 => Self::Unknown,
            200..=299 => Self::Executed,
            300..=499 => Self::Rejected,
            _ => Self::Unknown,
        }
    }

    /// What is known of a request that was sent twice: if one of the two may have been executed, it may have been.
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
