//! Reads the body of a request, up to a limit.

use axum::body::{Body, BodyDataStream};
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;

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
    /// The connection broke.
    Broken,
}

/// Reads a body.
pub(crate) async fn receive(body: Body) -> Received {
    let mut stream = body.into_data_stream();
    let mut read = BytesMut::new();
    let mut length = 0_usize;
    while let Some(chunk) = next(&mut stream).await {
        let Ok(chunk) = chunk else {
            return Received::Broken;
        };
        length = length.saturating_add(chunk.len());
        if length <= LARGEST_BODY {
            read.extend_from_slice(&chunk);
        } else if length > LARGEST_DISCARDED {
            break;
        }
    }
    if length > LARGEST_BODY { Received::TooLarge } else { Received::Whole(read.freeze()) }
}

async fn next(stream: &mut BodyDataStream) -> Option<Result<Bytes, axum::Error>> {
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}
