//! The default transport, on top of `reqwest`.

use std::error::Error as _;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::{CONTENT_LENGTH, HeaderValue};
use http::{HeaderMap, StatusCode};
#[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
use reqwest::tls::Version;
use reqwest::{Client, ClientBuilder, redirect, retry};
use secrecy::ExposeSecret;

use super::error::TransportError;
#[cfg(feature = "http2")]
use super::http2::{Pings, is_unprocessed};
use super::origins::Origins;
use super::pools::Pools;
use super::proxy::ProxySetting;
use super::{Transport, TransportFuture, TransportRequest, TransportResponse};
use crate::base_url::BaseUrl;
use crate::body::BodyStream;

/// The default connect timeout.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The default maximum size of the body of a response, in bytes.
const MAX_RESPONSE_SIZE: usize = 10 * 1024 * 1024;

/// The maximum size of the memory that is reserved for a body before it arrives, in bytes.
const MAX_RESERVED: usize = 64 * 1024;

pub(crate) struct ReqwestTransport {
    pools: Arc<Pools>,
    origins: Origins,
    max_response_size: usize,
}

/// The settings of the transport.
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    /// The maximum size of the body of a response in bytes, after decompression.
    pub(crate) max_response_size: usize,
    #[cfg(feature = "http2")]
    pub(crate) pings: Pings,
    pub(crate) proxy: ProxySetting,
    /// Makes the builders of the caller. Their TLS settings are kept.
    #[cfg(feature = "reqwest013")]
    pub(crate) builder: Option<Box<dyn Fn() -> ClientBuilder + Send + Sync>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: CONNECT_TIMEOUT,
            max_response_size: MAX_RESPONSE_SIZE,
            #[cfg(feature = "http2")]
            pings: Pings::default(),
            proxy: ProxySetting::Environment,
            #[cfg(feature = "reqwest013")]
            builder: None,
        }
    }
}

impl Settings {
    /// Builds a client of the HTTP library. It has connections of its own.
    fn build(&self, is_loopback: bool, is_plain: bool) -> Result<Client, reqwest::Error> {
        let builder = self
            .builder(is_plain)
            // A redirected POST could become a GET or reach another host.
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            // It would log the Authorization header.
            .connection_verbose(false)
            .connect_timeout(self.connect_timeout)
            .https_only(!is_loopback);
        let builder = self.with_protocol(builder);
        let builder = match &self.proxy {
            ProxySetting::Environment if !is_loopback => builder,
            ProxySetting::Environment | ProxySetting::Never => builder.no_proxy(),
            // `no_proxy` removes the proxies of the caller's builder, which would take precedence.
            ProxySetting::Url(url) => builder.no_proxy().proxy(reqwest::Proxy::all(url.expose_secret())?),
        };
        builder.build()
    }

    #[cfg(feature = "http2")]
    fn with_protocol(&self, builder: ClientBuilder) -> ClientBuilder {
        self.pings.add_to(builder)
    }

    /// Speaks HTTP/1.1, also if another crate enables HTTP/2 in `reqwest`.
    #[cfg(not(feature = "http2"))]
    fn with_protocol(&self, builder: ClientBuilder) -> ClientBuilder {
        builder.http1_only()
    }

    fn builder(&self, is_plain: bool) -> ClientBuilder {
        #[cfg(feature = "reqwest013")]
        if let Some(builder) = &self.builder {
            return builder();
        }
        let builder = with_tls(ClientBuilder::new());
        // Only a proxy could need certificates, so a system without any is no problem.
        if is_plain && !matches!(self.proxy, ProxySetting::Url(_)) { without_certificates(builder) } else { builder }
    }

    /// Whether a builder of the caller may have its own TLS settings.
    pub(crate) fn has_custom_builder(&self) -> bool {
        #[cfg(feature = "reqwest013")]
        return self.builder.is_some();
        #[cfg(not(feature = "reqwest013"))]
        return false;
    }
}

/// Whether this crate was compiled with TLS.
pub(crate) const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"));

/// Whether rustls has no crypto provider. Without one, building a `reqwest` client panics.
pub(crate) fn lacks_crypto_provider() -> bool {
    #[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
    return rustls::crypto::CryptoProvider::get_default().is_none();
    #[cfg(not(all(feature = "rustls-no-provider", not(feature = "rustls"))))]
    return false;
}

impl ReqwestTransport {
    /// Creates a transport to the base URL, or to the servers of the API. It requires TLS, except to loopback.
    pub(crate) fn new(base_url: Option<&BaseUrl>, settings: Settings) -> Result<Self, reqwest::Error> {
        let (is_loopback, is_plain) =
            (base_url.is_some_and(BaseUrl::is_loopback), base_url.is_some_and(BaseUrl::is_plain));
        let max_response_size = settings.max_response_size;
        let pools = Pools::new(Box::new(move || settings.build(is_loopback, is_plain)))?;
        Ok(Self { pools, origins: Origins::default(), max_response_size })
    }

    async fn exchange(&self, request: TransportRequest) -> Result<TransportResponse, TransportError> {
        let TransportRequest { method, url, mut headers, body, timeout } = request;
        let failure = BodyFailure::default();
        let body = match (body.to_bytes(), body.len()) {
            (Some(bytes), _) => reqwest::Body::from(bytes),
            (None, length) => {
                headers.extend(length.map(|length| (CONTENT_LENGTH, HeaderValue::from(length))));
                reqwest::Body::wrap_stream(RecordingBody { stream: body.into_stream(), failure: failure.clone() })
            }
        };
        let client = self.pools.current()?;
        let url = self.origins.parse(&url).map_err(TransportError::invalid)?;
        let mut request = reqwest::Request::new(method, url);
        *request.headers_mut() = headers;
        *request.body_mut() = Some(body);
        *request.timeout_mut() = Some(timeout);
        let mut response =
            client.execute(request).await.map_err(|error| failure.take().unwrap_or_else(|| no_response(error)))?;
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let body = self.receive(&mut response, status, &headers).await;
        // A server may answer before it has received the whole request. The failure of the request body then takes
        // precedence over that of the response body.
        let body = body.map_err(|error| failure.take().unwrap_or(error))?;
        Ok(TransportResponse::new(status, headers, body))
    }

    async fn receive(
        &self,
        response: &mut reqwest::Response,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Result<Bytes, TransportError> {
        // A wrong length costs little: the memory is reserved only up to a bound.
        let length = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
        let mut body = BytesMut::with_capacity(length.min(self.max_response_size).min(MAX_RESERVED));
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > self.max_response_size => {
                    return Err(TransportError::too_large(status, headers.clone()));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => return Ok(body.freeze()),
                Err(error) => {
                    let is_timeout = error.is_timeout();
                    let error = TransportError::cut_off(status, headers.clone(), error.without_url());
                    return Err(if is_timeout { error.by_timeout() } else { error });
                }
            }
        }
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        Box::pin(self.exchange(request))
    }
}

/// A body that is read while it is sent. Its error is recorded and not passed on, because its source could look like an
/// error of the connection.
struct RecordingBody {
    stream: BodyStream,
    failure: BodyFailure,
}

/// The error of reading the body, if it failed.
#[derive(Clone, Default)]
struct BodyFailure(Arc<Mutex<Option<io::Error>>>);

impl BodyFailure {
    fn lock(&self) -> MutexGuard<'_, Option<io::Error>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<TransportError> {
        self.lock().take().map(TransportError::body)
    }
}

impl Stream for RecordingBody {
    type Item = Result<Bytes, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(Pin::new(&mut self.stream).poll_next(context));
        Poll::Ready(chunk.map(|chunk| {
            chunk.map_err(|error| {
                *self.failure.lock() = Some(error);
                "the body cannot be read"
            })
        }))
    }
}

/// Selects rustls explicitly, because the default backend depends on the features that other crates enable.
#[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
fn with_tls(builder: ClientBuilder) -> ClientBuilder {
    builder.tls_backend_rustls().tls_version_min(Version::TLS_1_2)
}

/// Loads no certificates of the system. Without any, building a client fails.
#[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
pub(super) fn without_certificates(builder: ClientBuilder) -> ClientBuilder {
    builder.tls_certs_only([])
}

/// The TLS of the operating system can do without certificates.
#[cfg(not(any(feature = "rustls", feature = "rustls-no-provider")))]
pub(super) fn without_certificates(builder: ClientBuilder) -> ClientBuilder {
    builder
}

/// Selects the TLS of the operating system.
#[cfg(all(feature = "native-tls", not(any(feature = "rustls", feature = "rustls-no-provider"))))]
fn with_tls(builder: ClientBuilder) -> ClientBuilder {
    builder.tls_backend_native().tls_version_min(Version::TLS_1_2)
}

/// Without TLS, only servers on loopback can be reached.
#[cfg(not(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls")))]
fn with_tls(builder: ClientBuilder) -> ClientBuilder {
    builder
}

/// HTTP/1.1 does not say what the server did with a request.
#[cfg(not(feature = "http2"))]
fn is_unprocessed(_: &reqwest::Error) -> bool {
    false
}

/// The error of a request that got no response.
fn no_response(error: reqwest::Error) -> TransportError {
    let is_timeout = error.is_timeout();
    // `reqwest` also calls it an error of the builder if the `Location` of a response is not a URL.
    let is_location = error.source().is_some_and(|source| source.is::<url::ParseError>());
    let (is_invalid, is_connect) = (error.is_builder() && !is_location, error.is_connect());
    // The URL contains the auth id and may contain personal data.
    let error = error.without_url();
    let error = if is_invalid {
        TransportError::invalid(error)
    } else if is_connect {
        TransportError::connect(error)
    } else if is_unprocessed(&error) {
        TransportError::not_processed(error)
    } else {
        TransportError::unknown(error)
    };
    if is_timeout { error.by_timeout() } else { error }
}
