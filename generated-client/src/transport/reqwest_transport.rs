//! The transport of every client that is given no other.

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
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::error::TransportError;
use super::{Transport, TransportFuture, TransportRequest, TransportResponse};
use crate::body::BodyStream;

/// How long connecting may take, if nobody says otherwise.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How many bytes of a body are read, if nobody says otherwise.
const LARGEST_RESPONSE: usize = 10 * 1024 * 1024;

#[derive(Debug)]
pub(crate) struct Reqwest {
    client: Client,
    largest_response: usize,
}

/// What can be chosen.
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    /// How many bytes of a body are read, after decompression.
    pub(crate) largest_response: usize,
    pub(crate) proxy: Proxying,
    /// What somebody else has begun to build; their TLS stays.
    #[cfg(feature = "reqwest013")]
    pub(crate) builder: Option<ClientBuilder>,
}

/// Whether requests go through a proxy.
pub(crate) enum Proxying {
    /// As the environment says, but never to loopback.
    Environment,
    Never,
    /// Through the one at this URL, which may hold a password.
    At(SecretString),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: CONNECT_TIMEOUT,
            largest_response: LARGEST_RESPONSE,
            proxy: Proxying::Environment,
            #[cfg(feature = "reqwest013")]
            builder: None,
        }
    }
}

impl Settings {
    /// A proxy that is not understood would be passed by in silence.
    pub(crate) fn check(&self) -> Result<(), String> {
        let Proxying::At(url) = &self.proxy else { return Ok(()) };
        let url = Url::parse(url.expose_secret()).map_err(|error| format!("the proxy is not a URL: {error}"))?;
        let is_known = matches!(url.scheme(), "http" | "https") && url.has_host();
        if is_known { Ok(()) } else { Err("the proxy must start with http:// or https://".to_owned()) }
    }

    /// Whether TLS may be set by somebody else.
    pub(crate) fn has_own_tls(&self) -> bool {
        #[cfg(feature = "reqwest013")]
        return self.builder.is_some();
        #[cfg(not(feature = "reqwest013"))]
        return false;
    }
}

/// Whether rustls lacks somebody who does the cryptography: without one, building a client panics.
pub(crate) fn lacks_provider() -> bool {
    #[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
    return rustls::crypto::CryptoProvider::get_default().is_none();
    #[cfg(not(all(feature = "rustls-no-provider", not(feature = "rustls"))))]
    return false;
}

impl Reqwest {
    /// A transport over TLS, or to loopback, where plain text is accepted.
    pub(crate) fn new(is_loopback: bool, settings: Settings) -> Result<Self, reqwest::Error> {
        let Settings { connect_timeout, largest_response, proxy, .. } = settings;
        #[cfg(feature = "reqwest013")]
        let builder = settings.builder.unwrap_or_else(|| with_tls(ClientBuilder::new()));
        #[cfg(not(feature = "reqwest013"))]
        let builder = with_tls(ClientBuilder::new());
        let builder = builder
            // A redirected POST would become a GET, or be executed by another host.
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .connect_timeout(connect_timeout)
            .https_only(!is_loopback);
        let builder = match proxy {
            Proxying::Environment if !is_loopback => builder,
            Proxying::Environment | Proxying::Never => builder.no_proxy(),
            // Those that somebody else has set would come first.
            Proxying::At(url) => builder.no_proxy().proxy(reqwest::Proxy::all(url.expose_secret())?),
        };
        Ok(Self { client: builder.build()?, largest_response })
    }

    async fn exchange(&self, request: TransportRequest) -> Result<TransportResponse, TransportError> {
        let TransportRequest { method, url, mut headers, body, timeout } = request;
        let broken = Broken::default();
        let body = match (body.to_bytes(), body.len()) {
            (Some(bytes), _) => reqwest::Body::from(bytes),
            (None, length) => {
                headers.extend(length.map(|length| (CONTENT_LENGTH, HeaderValue::from(length))));
                reqwest::Body::wrap_stream(Watched { stream: body.into_stream(), broken: broken.clone() })
            }
        };
        let sending = self.client.request(method, url).headers(headers).body(body).timeout(timeout).send();
        let mut response = sending.await.map_err(|error| broken.take().unwrap_or_else(|| before_head(error)))?;
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let body = self.receive(&mut response, status, &headers).await;
        // A server may answer before it has the whole request; then it matters that the rest never came.
        let body = body.map_err(|error| broken.take().unwrap_or(error))?;
        Ok(TransportResponse::new(status, headers, body))
    }

    async fn receive(
        &self,
        response: &mut reqwest::Response,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Result<Bytes, TransportError> {
        let mut body = BytesMut::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > self.largest_response => {
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

impl Transport for Reqwest {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        Box::pin(self.exchange(request))
    }
}

/// A body that is read while it is sent. Its errors are kept back: what stands in them may look like an error of the
/// connection.
struct Watched {
    stream: BodyStream,
    broken: Broken,
}

/// Why reading the body failed, if it did.
#[derive(Clone, Default)]
struct Broken(Arc<Mutex<Option<io::Error>>>);

impl Broken {
    fn lock(&self) -> MutexGuard<'_, Option<io::Error>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<TransportError> {
        self.lock().take().map(TransportError::body)
    }
}

impl Stream for Watched {
    type Item = Result<Bytes, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(Pin::new(&mut self.stream).poll_next(context));
        Poll::Ready(chunk.map(|chunk| {
            chunk.map_err(|error| {
                *self.broken.lock() = Some(error);
                "the body cannot be read"
            })
        }))
    }
}

/// One backend by name: the default depends on what other crates of the program enable.
#[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
fn with_tls(builder: ClientBuilder) -> ClientBuilder {
    builder.tls_backend_rustls().tls_version_min(Version::TLS_1_2)
}

/// That of the operating system, where rustls is not wanted.
#[cfg(all(feature = "native-tls", not(any(feature = "rustls", feature = "rustls-no-provider"))))]
fn with_tls(builder: ClientBuilder) -> ClientBuilder {
    builder.tls_backend_native().tls_version_min(Version::TLS_1_2)
}

/// Without TLS only a simulator on loopback can be reached.
#[cfg(not(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls")))]
fn with_tls(builder: ClientBuilder) -> ClientBuilder {
    builder
}

fn before_head(error: reqwest::Error) -> TransportError {
    let is_timeout = error.is_timeout();
    let is_connect = error.is_connect() || error.is_builder();
    // Its URL holds the auth id, and perhaps personal data.
    let error = error.without_url();
    let error = if is_connect { TransportError::connect(error) } else { TransportError::unknown(error) };
    if is_timeout { error.by_timeout() } else { error }
}
