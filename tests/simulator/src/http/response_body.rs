//! The body of a response as a sequence of steps: chunks, pauses, and deliberate failures.

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// The size of a chunk of padding, in bytes.
const CHUNK_BYTES: usize = 64 * 1024;
static SPACES: [u8; CHUNK_BYTES] = [b' '; CHUNK_BYTES];

/// Ends a connection early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abort {
    /// Closes the connection, as after a complete response.
    Close,
    /// Resets the connection: the client sees an error.
    Reset,
}

impl fmt::Display for Abort {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Close => "the simulator closes the connection on purpose",
            Self::Reset => "the simulator resets the connection on purpose",
        })
    }
}

impl Error for Abort {}

/// One step of sending a body.
#[derive(Debug)]
pub(crate) enum BodyStep {
    /// Sends these bytes.
    Send(Bytes),
    /// Sends this number of spaces.
    Pad(u64),
    /// Flushes the bytes sent so far to the socket.
    Flush,
    /// Waits.
    Wait(Duration),
    /// Ends the connection.
    Abort(Abort),
}

/// A body that is sent step by step. Each step is produced when it is due.
pub(crate) struct ResponseBody {
    /// The length that the head announces, if any.
    announced_length: Option<u64>,
    steps: Box<dyn Iterator<Item = BodyStep> + Send>,
    pause: Option<Pin<Box<Sleep>>>,
    /// The number of spaces that the current [`BodyStep::Pad`] still has to send.
    padding_left: u64,
}

impl ResponseBody {
    /// A body that is sent unchanged in one piece.
    pub(crate) fn complete(body: Bytes) -> Self {
        Self::from_steps(Some(body.len()), [BodyStep::Send(body)])
    }

    /// A body that is sent in these steps. The announced length may differ from the length that is sent.
    pub(crate) fn from_steps<I>(announced_length: Option<usize>, steps: I) -> Self
    where
        I: IntoIterator<Item = BodyStep, IntoIter: Send + 'static>,
    {
        let announced_length = announced_length.and_then(|length| u64::try_from(length).ok());
        Self { announced_length, steps: Box::new(steps.into_iter()), pause: None, padding_left: 0 }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Abort;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Abort>>> {
        let this = self.get_mut();
        loop {
            if let Some(pause) = &mut this.pause {
                ready!(pause.as_mut().poll(context));
                this.pause = None;
            }
            if this.padding_left > 0 {
                let (chunk, left) = padding_chunk(this.padding_left);
                this.padding_left = left;
                return Poll::Ready(Some(Ok(Frame::data(chunk))));
            }
            match this.steps.next() {
                None => return Poll::Ready(None),
                Some(BodyStep::Send(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                Some(BodyStep::Pad(count)) => this.padding_left = count,
                Some(BodyStep::Flush) => {
                    // hyper flushes its buffer when a body is pending.
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Some(BodyStep::Wait(time)) => this.pause = Some(Box::pin(sleep(time))),
                Some(BodyStep::Abort(abort)) => return Poll::Ready(Some(Err(abort))),
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.announced_length.map(SizeHint::with_exact).unwrap_or_default()
    }
}

/// The next chunk of the padding, and the number of spaces left after it.
fn padding_chunk(count: u64) -> (Bytes, u64) {
    match usize::try_from(count) {
        Ok(count) if count <= CHUNK_BYTES => (Bytes::from_static(&SPACES[..count]), 0),
        _ => (Bytes::from_static(&SPACES), count - CHUNK_BYTES as u64),
    }
}
