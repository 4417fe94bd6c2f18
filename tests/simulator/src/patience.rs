//! A socket that gives up on whoever does not read.
//!
//! Nothing else would end such a connection: what is not read stays in the socket, and its answer in memory.

use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// A connection on which nothing waits longer than a time for being taken.
#[derive(Debug)]
pub(crate) struct Patient {
    stream: TcpStream,
    time: Duration,
    /// Ends the wait, while there is one.
    wait: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    /// Waits so long for the other side to take something.
    pub(crate) fn new(stream: TcpStream, time: Duration) -> Self {
        Self { stream, time, wait: None }
    }

    /// The connection.
    pub(crate) fn into_inner(self) -> TcpStream {
        self.stream
    }

    /// An attempt to write, or the end of the patience.
    fn within<T>(&mut self, context: &mut Context<'_>, attempt: Poll<Result<T>>) -> Poll<Result<T>> {
        if attempt.is_ready() {
            self.wait = None;
            return attempt;
        }
        let time = self.time;
        let wait = self.wait.get_or_insert_with(|| Box::pin(sleep(time)));
        wait.as_mut().poll(context).map(|()| Err(Error::new(ErrorKind::TimedOut, "nobody reads the answer")))
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, read: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, read)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let attempt = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.within(context, attempt)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let attempt = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.within(context, attempt)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
