//! The body of an answer on its way out, with everything that can go wrong on the way.

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// Blanks are sent in pieces of so many bytes.
const PIECE: usize = 64 * 1024;
static BLANKS: [u8; PIECE] = [b' '; PIECE];

/// Ends a connection before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abort {
    /// It is closed, as at the end of an answer.
    Close,
    /// It is reset: the other side hears of an error.
    Reset,
}

impl fmt::Display for Abort {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Close => "the connection is closed on purpose",
            Self::Reset => "the connection is reset on purpose",
        })
    }
}

impl Error for Abort {}

/// One step of sending a body.
#[derive(Debug)]
pub(crate) enum Step {
    /// Sends some bytes.
    Send(Bytes),
    /// Sends so many blanks.
    Blanks(u64),
    /// Lets everything that was sent so far leave.
    Flush,
    /// Waits.
    Wait(Duration),
    /// Ends the connection.
    Abort(Abort),
}

/// A body as the steps of sending it.
#[derive(Debug)]
pub(crate) struct Outgoing {
    /// The length that the head announces, if it announces one.
    length: Option<u64>,
    steps: VecDeque<Step>,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Outgoing {
    /// A body that is sent as it is.
    pub(crate) fn whole(body: Bytes) -> Self {
        Self::steps(Some(body.len()), [Step::Send(body)])
    }

    /// A body that is sent in these steps. Its length is announced whether it is true or not.
    pub(crate) fn steps(length: Option<usize>, steps: impl IntoIterator<Item = Step>) -> Self {
        let length = length.and_then(|length| u64::try_from(length).ok());
        Self { length, steps: steps.into_iter().collect(), pause: None }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Abort;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Abort>>> {
        let this = self.get_mut();
        loop {
            if let Some(pause) = &mut this.pause {
                ready!(pause.as_mut().poll(context));
                this.pause = None;
            }
            match this.steps.pop_front() {
                None => return Poll::Ready(None),
                Some(Step::Send(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                Some(Step::Blanks(count)) => {
                    let (piece, rest) = piece(count);
                    if rest > 0 {
                        this.steps.push_front(Step::Blanks(rest));
                    }
                    return Poll::Ready(Some(Ok(Frame::data(piece))));
                }
                Some(Step::Flush) => {
                    // hyper sends what it holds when a body has nothing at the moment.
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Some(Step::Wait(time)) => this.pause = Some(Box::pin(sleep(time))),
                Some(Step::Abort(abort)) => return Poll::Ready(Some(Err(abort))),
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map(SizeHint::with_exact).unwrap_or_default()
    }
}

/// The next blanks of so many, and how many are left then.
fn piece(count: u64) -> (Bytes, u64) {
    match usize::try_from(count) {
        Ok(count) if count <= PIECE => (Bytes::from_static(&BLANKS[..count]), 0),
        _ => (Bytes::from_static(&BLANKS), count - PIECE as u64),
    }
}
