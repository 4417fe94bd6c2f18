//! Reads the body of a request, up to a limit of size and of time.

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::time::Duration;
use tokio::time::timeout;

/// A longer body is answered with 413.
pub(crate) const LARGEST_BODY: usize = 1024 * 1024;
/// Of a longer body so much is read and thrown away: a caller that is still sending when the
/// connection closes would see a broken pipe in place of the answer.
const LARGEST_DISCARDED: usize = 16 * 1024 * 1024;

/// What became of a body.
pub(crate) enum Received {
    /// It was read whole.
    Whole(Bytes),
    /// It was longer than allowed.
    TooLarge,
    /// It took longer than allowed.
    TooSlow,
    /// The connection broke.
    Broken,
}

impl Received {
    /// What a record keeps of it.
    pub(crate) fn kept(&self) -> Bytes {
        match self {
            Self::Whole(body) => body.clone(),
            Self::TooLarge | Self::TooSlow | Self::Broken => Bytes::new(),
        }
    }
}

/// Reads a body that may take so long.
pub(crate) async fn receive(body: Incoming, time: Duration) -> Received {
    timeout(time, read(body)).await.unwrap_or(Received::TooSlow)
}

async fn read(mut body: Incoming) -> Received {
    let mut read = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Received::Broken;
        };
        let chunk = frame.into_data().unwrap_or_default();
        length = length.saturating_add(chunk.len());
        if length <= LARGEST_BODY {
            read.extend_from_slice(&chunk);
        } else if length > LARGEST_DISCARDED {
            break;
        }
    }
    if length > LARGEST_BODY {
        return Received::TooLarge;
    }
    // It is kept for long, and has grown in large steps.
    read.shrink_to_fit();
    Received::Whole(Bytes::from(read))
}
