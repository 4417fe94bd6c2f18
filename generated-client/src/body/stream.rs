//! A body as a stream of bytes.

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

use super::piece::{CHUNK, Chunks, Piece, lock};

/// The bytes of a [`Body`](super::Body), one piece after the other: a `Stream`. Files are read as they are asked for.
pub struct BodyStream {
    rest: VecDeque<Piece>,
    current: Current,
}

/// What is being read.
enum Current {
    Nothing,
    Opening(Pin<Box<dyn Future<Output = io::Result<File>> + Send>>, Option<u64>),
    File(Box<File>, Option<u64>),
    Stream(Chunks, Option<u64>),
}

impl BodyStream {
    pub(super) fn new(pieces: Vec<Piece>) -> Self {
        Self { rest: pieces.into(), current: Current::Nothing }
    }

    fn begin(&mut self, piece: Piece) -> io::Result<Option<Bytes>> {
        match piece {
            Piece::Bytes(bytes) => return Ok(Some(bytes)),
            Piece::File(path, length) => self.current = Current::Opening(Box::pin(File::open(path)), length),
            Piece::Stream(once, length) => {
                let stream = lock(&once).take();
                let stream = stream.ok_or_else(|| io::Error::other("the stream of a file has been read already"))?;
                self.current = Current::Stream(stream, length);
            }
        }
        Ok(None)
    }
}

impl Stream for BodyStream {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            let (chunk, left) = match &mut this.current {
                Current::Nothing => {
                    let Some(piece) = this.rest.pop_front() else { return Poll::Ready(None) };
                    match this.begin(piece).transpose() {
                        None => continue,
                        some => return Poll::Ready(some),
                    }
                }
                Current::Opening(opening, left) => {
                    let (file, left) = (ready!(opening.as_mut().poll(context)), *left);
                    match file {
                        Ok(file) => this.current = Current::File(Box::new(file), left),
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                    continue;
                }
                Current::File(file, left) => (ready!(read(file, *left, context)).transpose(), left),
                Current::Stream(stream, left) => (ready!(stream.as_mut().poll_next(context)), left),
            };
            match counted(chunk, left) {
                None => this.current = Current::Nothing,
                some => return Poll::Ready(some),
            }
        }
    }
}

/// Holds what comes against what is left of the length that was said: the head of the request has it already.
fn counted(chunk: Option<io::Result<Bytes>>, left: &mut Option<u64>) -> Option<io::Result<Bytes>> {
    let length = match &chunk {
        Some(Ok(bytes)) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        Some(Err(_)) => return chunk,
        None => 0,
    };
    let Some(expected) = left else { return chunk };
    let rest = expected.checked_sub(length);
    match (chunk, rest) {
        (None, Some(0)) => None,
        (None, _) => Some(Err(io::Error::new(io::ErrorKind::UnexpectedEof, "a file is shorter than it was"))),
        (Some(_), None) => Some(Err(io::Error::other("the stream of a file is longer than was said"))),
        (chunk, Some(rest)) => {
            *expected = rest;
            chunk
        }
    }
}

/// The next bytes of a file, up to the length that it had. `None` at the end.
fn read(file: &mut File, left: Option<u64>, context: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
    let most = left.and_then(|left| usize::try_from(left).ok()).map_or(CHUNK, |left| left.min(CHUNK));
    let mut chunk = vec![0; most];
    let mut buffer = ReadBuf::new(&mut chunk);
    ready!(Pin::new(file).poll_read(context, &mut buffer))?;
    let length = buffer.filled().len();
    chunk.truncate(length);
    Poll::Ready(Ok((length > 0).then(|| Bytes::from(chunk))))
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream").finish_non_exhaustive()
    }
}
