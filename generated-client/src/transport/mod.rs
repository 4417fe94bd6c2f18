//! How requests travel.
//!
//! A [`Transport`] stands below authentication, validation, encoding and retries, so what a test double is
//! given is what Plivo would be given. The client has one of its own; give another with
//! [`ClientBuilder::transport`](crate::ClientBuilder::transport).

mod error;
mod reqwest_transport;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

pub(crate) use self::error::Reached;
pub use self::error::TransportError;
pub(crate) use self::reqwest_transport::{Proxying, Reqwest, Settings, lacks_provider};
pub use crate::body::{Body, BodyStream};

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
