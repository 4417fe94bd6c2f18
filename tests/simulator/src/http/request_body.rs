//! Receives the body of a request within limits of size and time.

use bytes::Bytes;
use http::{HeaderMap, header};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::time::Duration;
use tokio::time::timeout;

/// A larger body is answered with 413, unless it is a form.
pub(crate) const MAX_BODY_BYTES: usize = 1024 * 1024;
/// A larger form is answered with 413. Forms contain files.
const MAX_FORM_BYTES: usize = 32 * 1024 * 1024;
/// The start of the media type of a form.
const MULTIPART: &[u8] = b"multipart/";
/// The part of a larger body that is read and discarded. A client that is still sending when the
/// connection closes would see a broken pipe instead of the response.
const MAX_DISCARDED_BYTES: usize = 48 * 1024 * 1024;

/// The body of a request, or the reason why it is missing.
pub(crate) enum ReceivedBody {
    /// The body arrived completely.
    Complete(Bytes),
    /// The body is longer than the limit for its media type.
    TooLarge { max_bytes: usize },
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
            Self::TooLarge { .. } | Self::TimedOut | Self::Incomplete => Bytes::new(),
        }
    }
}

/// The limit for a body with these headers.
pub(crate) fn max_bytes(headers: &HeaderMap) -> usize {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.as_bytes().get(..MULTIPART.len()));
    if media_type.is_some_and(|start| start.eq_ignore_ascii_case(MULTIPART)) { MAX_FORM_BYTES } else { MAX_BODY_BYTES }
}

/// Receives a body within limits of size and time.
pub(crate) async fn receive(body: Incoming, max_bytes: usize, time_limit: Duration) -> ReceivedBody {
    timeout(time_limit, read(body, max_bytes)).await.unwrap_or(ReceivedBody::TimedOut)
}

async fn read(mut body: Incoming, max_bytes: usize) -> ReceivedBody {
    let mut bytes = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return ReceivedBody::Incomplete;
        };
        let chunk = frame.into_data().unwrap_or_default();
        length = length.saturating_add(chunk.len());
        if length <= max_bytes {
            bytes.extend_from_slice(&chunk);
        } else if length > MAX_DISCARDED_BYTES {
            break;
        }
    }
    if length > max_bytes {
        return ReceivedBody::TooLarge { max_bytes };
    }
    // The record keeps these bytes for a long time, and the vector has grown in large steps.
    bytes.shrink_to_fit();
    ReceivedBody::Complete(Bytes::from(bytes))
}
