//! The body of an answer on its way out, with everything that can go wrong on the way.

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
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

/// A body as the steps of sending it. Each is made when it is its turn.
pub(crate) struct Outgoing {
    /// The length that the head announces, if it announces one.
    length: Option<u64>,
    steps: Box<dyn Iterator<Item = Step> + Send>,
    pause: Option<Pin<Box<Sleep>>>,
    /// So many are left of the blanks that are under way.
    blanks: u64,
}

impl Outgoing {
    /// A body that is sent as it is.
    pub(crate) fn whole(body: Bytes) -> Self {
        Self::steps(Some(body.len()), [Step::Send(body)])
    }

    /// A body that is sent in these steps. Its length is announced whether it is true or not.
    pub(crate) fn steps<I>(length: Option<usize>, steps: I) -> Self
    where
        I: IntoIterator<Item = Step, IntoIter: Send + 'static>,
    {
        let length = length.and_then(|length| u64::try_from(length).ok());
        Self { length, steps: Box::new(steps.into_iter()), pause: None, blanks: 0 }
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
            if this.blanks > 0 {
                let (piece, rest) = piece(this.blanks);
                this.blanks = rest;
                return Poll::Ready(Some(Ok(Frame::data(piece))));
            }
            match this.steps.next() {
                None => return Poll::Ready(None),
                Some(Step::Send(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                Some(Step::Blanks(count)) => this.blanks = count,
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
