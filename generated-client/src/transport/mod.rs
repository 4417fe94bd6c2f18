//! How requests travel.
//!
//! A [`Transport`] stands below authentication, validation, encoding and retries, so what a test double is
//! given is what Plivo would be given. The client has one of its own; give another with
//! [`ClientBuilder::transport`](crate::ClientBuilder::transport).

mod body;
mod over_reqwest;
mod reader;

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

pub(crate) use self::body::name_of;
pub use self::body::{Body, BodyStream};
pub(crate) use self::over_reqwest::{Proxying, Reqwest, Settings, lacks_provider};
pub(crate) use self::reader::ReaderStream;

/// What [`Transport::send`] gives.
pub type TransportFuture<'a> = Pin<Box<dyn Future<Output = Result<TransportResponse, TransportError>> + Send + 'a>>;

/// Sends one request and receives one response, whatever its status.
///
/// It follows no redirects and sends nothing twice: the client decides about both.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// The error must not claim more than is known; see [`TransportError`].
    fn send(&self, request: TransportRequest) -> TransportFuture<'_>;
}

/// A request as it goes out.
///
/// Its `Debug` shows neither the URL, which holds the auth id, nor the body.
#[derive(Clone)]
#[non_exhaustive]
pub struct TransportRequest {
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub url: String,
    /// The headers, with Authorization among them, marked as sensitive.
    pub headers: HeaderMap,
    /// The body; empty if there is none.
    pub body: Body,
    /// How long the exchange may take, from connecting to the last byte of the response. When it is over, the
    /// client waits no longer; a transport that ends it itself can say how far it got.
    pub timeout: Duration,
}

impl fmt::Debug for TransportRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("TransportRequest");
        debug.field("method", &self.method).field("headers", &self.headers).field("body", &self.body);
        debug.field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl TransportRequest {
    /// A request, for tests of transports.
    pub fn new(
        method: Method,
        url: impl Into<String>,
        headers: HeaderMap,
        body: impl Into<Body>,
        timeout: Duration,
    ) -> Self {
        Self { method, url: url.into(), headers, body: body.into(), timeout }
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        (**self).send(request)
    }
}

/// A response, completely received.
///
/// Its `Debug` does not show the body, which may hold personal data.
#[derive(Clone)]
#[non_exhaustive]
pub struct TransportResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl TransportResponse {
    /// A response.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self { status, headers, body: body.into() }
    }
}

impl fmt::Debug for TransportResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("TransportResponse");
        debug.field("status", &self.status).field("headers", &self.headers);
        debug.field("body_length", &self.body.len()).finish_non_exhaustive()
    }
}

/// A request that brought no complete response, and how far it got. The client draws from that
/// whether the server may have executed it.
#[derive(Debug)]
pub struct TransportError(Box<Failure>);

#[derive(Debug)]
struct Failure {
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
    pub(crate) fn late() -> Self {
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
        Self(Box::new(Failure { reached, is_timeout: false, source: None }))
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
