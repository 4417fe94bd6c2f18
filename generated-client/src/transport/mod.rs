//! Transports send requests over the network.
//!
//! A [`Transport`] is below authentication, validation, encoding and retries, so a test double sees the method, URL,
//! headers and body that the client hands to the transport.
//! [`ClientBuilder::transport`](crate::ClientBuilder::transport) replaces the default transport of a client.

mod error;
#[cfg(feature = "http2")]
mod http2;
mod origins;
mod pools;
mod proxy;
mod reqwest_transport;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

pub(crate) use self::error::Progress;
pub use self::error::TransportError;
#[cfg(feature = "http2")]
pub(crate) use self::http2::Pings;
pub(crate) use self::pools::current_runtime;
pub(crate) use self::proxy::ProxySetting;
pub(crate) use self::reqwest_transport::{HAS_TLS, ReqwestTransport, Settings, lacks_crypto_provider};
pub use crate::body::{Body, BodyStream};

/// The future that [`Transport::send`] returns.
pub type TransportFuture<'a> = Pin<Box<dyn Future<Output = Result<TransportResponse, TransportError>> + Send + 'a>>;

/// Sends one request and receives one response, with any status.
///
/// A transport must neither follow redirects nor retry: the client decides about both.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// If no complete response was received. The error must not claim more than is known about the request; see
    /// [`TransportError`].
    fn send(&self, request: TransportRequest) -> TransportFuture<'_>;
}

/// A request as it is sent.
///
/// `Debug` shows neither the URL, which contains the auth id, nor the body.
#[derive(Clone)]
#[non_exhaustive]
pub struct TransportRequest {
    /// The method.
    pub method: Method,
    /// The complete URL.
    pub url: String,
    /// The headers. They include Authorization, which is marked as sensitive.
    pub headers: HeaderMap,
    /// The body. A request without a body has an empty one.
    pub body: Body,
    /// The maximum time from connecting to the last byte of the response. After that time, the client stops waiting. A
    /// transport that enforces the timeout itself can report how far the request got.
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
    /// Creates a request, for tests of transports.
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

/// A completely received response.
///
/// `Debug` shows neither the body, which may contain personal data, nor the values of headers, which may be secrets.
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
    /// Creates a response.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self { status, headers, body: body.into() }
    }
}

impl fmt::Debug for TransportResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("TransportResponse");
        debug.field("status", &self.status).field("headers", &self.headers.keys().collect::<Vec<_>>());
        debug.field("body_length", &self.body.len()).finish_non_exhaustive()
    }
}
