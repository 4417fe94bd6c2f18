//! The outcome of a failed request: whether Plivo may have executed it.

use http::StatusCode;

/// Whether Plivo may have executed a request. It covers all attempts. If in doubt, it is `Unknown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Plivo did not process the request: it was not sent, or the protocol guarantees that the server did not process it.
    /// It can be sent again.
    NotSent,
    /// Plivo refused the request and did not execute it: status 301, 307 or 308, or a status that HTTP defines for
    /// refusals. Unless the status is 429, it is likely to be refused again unchanged.
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
            200..=299 => Self::Executed,
            // These redirects say where to send the same request. 303 follows an executed POST, and 302 often does.
            301 | 307 | 308 => Self::Rejected,
            status if is_refusal(status) => Self::Rejected,
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

/// Whether HTTP defines the status, and the server refuses a request with it. The registry of statuses does not list the
/// others from 400 to 499; a proxy sends 499, for example, after it has forwarded the request. Status 408 is listed, but
/// a proxy also sends it after it has waited for the server.
fn is_refusal(status: u16) -> bool {
    matches!(status, 400..=407 | 409..=417 | 421..=426 | 428 | 429 | 431 | 451)
}
