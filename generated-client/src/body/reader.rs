//! A blocking reader as a stream. Each chunk is read on a thread for blocking work.

use std::future::Future;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use tokio::task::{JoinHandle, spawn_blocking};

use super::fragment::CHUNK;

/// The bytes of a reader, as a stream of chunks.
pub(crate) struct ReaderStream<R> {
    state: ReaderState<R>,
}

enum ReaderState<R> {
    Idle(R),
    Reading(JoinHandle<(R, io::Result<Bytes>)>),
    Done,
}

impl<R: Read + Send + 'static> ReaderStream<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self { state: ReaderState::Idle(reader) }
    }
}

fn read<R: Read>(reader: &mut R) -> io::Result<Bytes> {
    let mut chunk = vec![0; CHUNK];
    loop {
        match reader.read(&mut chunk) {
            Ok(length) => {
                chunk.truncate(length);
                return Ok(chunk.into());
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl<R: Read + Send + Unpin + 'static> Stream for ReaderStream<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut reading = match std::mem::replace(&mut self.state, ReaderState::Done) {
            ReaderState::Idle(mut reader) => spawn_blocking(move || {
                let read = read(&mut reader);
                (reader, read)
            }),
            ReaderState::Reading(reading) => reading,
            ReaderState::Done => return Poll::Ready(None),
        };
        let Poll::Ready(read) = Pin::new(&mut reading).poll(context) else {
            self.state = ReaderState::Reading(reading);
            return Poll::Pending;
        };
        Poll::Ready(match read {
            Ok((_, Ok(chunk))) if chunk.is_empty() => None,
            Ok((reader, Ok(chunk))) => {
                self.state = ReaderState::Idle(reader);
                Some(Ok(chunk))
            }
            Ok((_, Err(error))) => Some(Err(error)),
            Err(panic) => Some(Err(io::Error::other(panic))),
        })
    }
}
