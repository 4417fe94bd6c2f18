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

use super::fragment::{ByteStream, CHUNK, Fragment, lock};

/// The bytes of a [`Body`](crate::transport::Body): a `Stream` of chunks. Files are read on demand.
pub struct BodyStream {
    rest: VecDeque<Fragment>,
    state: ReadState,
}

/// The fragment that is being read, with the number of bytes that are left if its length is known.
enum ReadState {
    Idle,
    Opening(Pin<Box<dyn Future<Output = io::Result<File>> + Send>>, Option<u64>),
    File(Box<File>, Option<u64>),
    Stream(ByteStream, Option<u64>),
}

impl BodyStream {
    pub(super) fn new(fragments: Vec<Fragment>) -> Self {
        Self { rest: fragments.into(), state: ReadState::Idle }
    }

    fn start(&mut self, fragment: Fragment) -> io::Result<Option<Bytes>> {
        match fragment {
            Fragment::Bytes(bytes) => return Ok(Some(bytes)),
            Fragment::File(path, length) => self.state = ReadState::Opening(Box::pin(File::open(path)), length),
            Fragment::Stream(stream, length) => {
                let stream = lock(&stream).take();
                let stream = stream.ok_or_else(|| io::Error::other("the stream of a file has already been read"))?;
                self.state = ReadState::Stream(stream, length);
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
            let (chunk, left) = match &mut this.state {
                ReadState::Idle => {
                    let Some(fragment) = this.rest.pop_front() else { return Poll::Ready(None) };
                    match this.start(fragment).transpose() {
                        None => continue,
                        some => return Poll::Ready(some),
                    }
                }
                ReadState::Opening(opening, left) => {
                    let (file, left) = (ready!(opening.as_mut().poll(context)), *left);
                    match file {
                        Ok(file) => this.state = ReadState::File(Box::new(file), left),
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                    continue;
                }
                ReadState::File(file, left) => (ready!(read(file, *left, context)).transpose(), left),
                ReadState::Stream(stream, left) => (ready!(stream.as_mut().poll_next(context)), left),
            };
            match check_length(chunk, left) {
                None => this.state = ReadState::Idle,
                some => return Poll::Ready(some),
            }
        }
    }
}

/// Compares a chunk with the number of bytes left. The Content-Length header has already been sent, so a fragment must
/// have exactly its declared length.
fn check_length(chunk: Option<io::Result<Bytes>>, left: &mut Option<u64>) -> Option<io::Result<Bytes>> {
    let length = match &chunk {
        Some(Ok(bytes)) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        Some(Err(_)) => return chunk,
        None => 0,
    };
    let Some(expected) = left else { return chunk };
    let rest = expected.checked_sub(length);
    match (chunk, rest) {
        (None, Some(0)) => None,
        (None, _) => Some(Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            "a file or stream is shorter than its declared length",
        ))),
        (Some(_), None) => Some(Err(io::Error::other("the stream of a file is longer than its declared length"))),
        (chunk, Some(rest)) => {
            *expected = rest;
            chunk
        }
    }
}

/// Reads the next chunk of a file, up to the declared length. `None` at the end.
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
