//! Receives the body of a request within limits of size and time.

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::time::Duration;
use tokio::time::timeout;

/// A larger body is answered with 413.
pub(crate) const MAX_BODY_BYTES: usize = 1024 * 1024;
/// The part of a larger body that is read and discarded. A client that is still sending when the
/// connection closes would see a broken pipe instead of the response.
const MAX_DISCARDED_BYTES: usize = 16 * 1024 * 1024;

/// The body of a request, or the reason why it is missing.
pub(crate) enum ReceivedBody {
    /// The body arrived completely.
    Complete(Bytes),
    /// The body exceeds [`MAX_BODY_BYTES`].
    TooLarge,
    /// The body did not arrive within the time limit.
    TimedOut,
    /// The connection broke before the body was complete.
    Incomplete,
}

impl ReceivedBody {
    /// The bytes to record: the complete body, or nothing.
    pub(crate) fn recorded_bytes(&self) -> Bytes {
        match self {
            Self::Complete(body) => body.clone(),
            Self::TooLarge | Self::TimedOut | Self::Incomplete => Bytes::new(),
        }
    }
}

/// Receives a body within a time limit.
pub(crate) async fn receive(body: Incoming, time_limit: Duration) -> ReceivedBody {
    timeout(time_limit, read(body)).await.unwrap_or(ReceivedBody::TimedOut)
}

async fn read(mut body: Incoming) -> ReceivedBody {
    let mut bytes = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return ReceivedBody::Incomplete;
        };
        let chunk = frame.into_data().unwrap_or_default();
        length = length.saturating_add(chunk.len());
        if length <= MAX_BODY_BYTES {
            bytes.extend_from_slice(&chunk);
        } else if length > MAX_DISCARDED_BYTES {
            break;
        }
    }
    if length > MAX_BODY_BYTES {
        return ReceivedBody::TooLarge;
    }
    // The record keeps these bytes for a long time, and the vector has grown in large steps.
    bytes.shrink_to_fit();
    ReceivedBody::Complete(Bytes::from(bytes))
}
