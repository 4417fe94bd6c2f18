//! A request that got no complete response, and how far it got.

use std::error::Error;
use std::fmt;

use http::{HeaderMap, StatusCode};

/// A request that brought no complete response, and how far it got. The client draws from that
/// whether the server may have executed it.
#[derive(Debug)]
pub struct TransportError(Box<Details>);

#[derive(Debug)]
struct Details {
    reached: Reached,
    is_timeout: bool,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// How far a request got.
#[derive(Debug)]
pub(crate) enum Reached {
    /// No byte of it left.
    Nothing,
    /// It may have left.
    Unknown,
    /// As before, but it broke off because its own body could not be read.
    InBody,
    /// The head of a response came, and its body did not, or not whole.
    Head(StatusCode, HeaderMap),
    /// As before, because the body is larger than is read.
    TooLarge(StatusCode, HeaderMap),
}

impl TransportError {
    /// No connection was made: not one byte of the request can have left.
    pub fn connect(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Reached::Nothing).because(source)
    }

    /// The request may have been received.
    pub fn unknown(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Reached::Unknown).because(source)
    }

    /// A file or a stream of the request cannot be read. What came before it may have been received.
    pub fn body(source: std::io::Error) -> Self {
        Self::new(Reached::InBody).because(source)
    }

    /// The head of the response came, but not its whole body.
    pub fn cut_off(status: StatusCode, headers: HeaderMap, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Reached::Head(status, headers)).because(source)
    }

    /// The body of the response is larger than the transport reads.
    pub fn too_large(status: StatusCode, headers: HeaderMap) -> Self {
        Self::new(Reached::TooLarge(status, headers))
    }

    /// The transport did not end in time, and nobody knows how far it got.
    pub(crate) fn timed_out() -> Self {
        Self::new(Reached::Unknown).by_timeout()
    }

    /// The reason is that time ran out.
    #[must_use]
    pub fn by_timeout(mut self) -> Self {
        self.0.is_timeout = true;
        self
    }

    pub(crate) fn reached(&self) -> &Reached {
        &self.0.reached
    }

    pub(crate) fn is_timeout(&self) -> bool {
        self.0.is_timeout
    }

    /// The head of the response, if it came.
    pub(crate) fn take_head(&mut self) -> Option<(StatusCode, HeaderMap)> {
        match &mut self.0.reached {
            Reached::Head(status, headers) | Reached::TooLarge(status, headers) => {
                Some((*status, std::mem::take(headers)))
            }
            Reached::Nothing | Reached::Unknown | Reached::InBody => None,
        }
    }

    fn new(reached: Reached) -> Self {
        Self(Box::new(Details { reached, is_timeout: false, source: None }))
    }

    fn because(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (&self.0.reached, self.0.is_timeout) {
            (Reached::Nothing, false) => "no connection was made",
            (Reached::Nothing, true) => "no connection was made in time",
            (Reached::Unknown, false) => "the connection broke before a response came",
            (Reached::Unknown, true) => "no response came in time",
            (Reached::InBody, _) => "the request broke off, for a file of it cannot be read",
            (Reached::Head(..), false) => "the body of the response was cut off",
            (Reached::Head(..), true) => "the body of the response did not come in time",
            (Reached::TooLarge(..), _) => "the body of the response is larger than is read",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}
