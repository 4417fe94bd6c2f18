//! The transport of every client that is given no other.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use reqwest::{Client, ClientBuilder, redirect, retry};

use super::{Transport, TransportError, TransportFuture, TransportRequest, TransportResponse};

/// How long connecting may take, if nobody says otherwise.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How many bytes of a body are read, after decompression.
const LARGEST_BODY: usize = 10 * 1024 * 1024;

#[derive(Debug)]
pub(crate) struct Reqwest {
    client: Client,
}

impl Reqwest {
    /// A transport over TLS, or to loopback, where plain text is accepted and no proxy is asked.
    pub(crate) fn new(is_loopback: bool, connect_timeout: Duration) -> Result<Self, reqwest::Error> {
        let builder = ClientBuilder::new()
            // A redirected POST would become a GET, or be executed by another host.
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .connect_timeout(connect_timeout)
            .https_only(!is_loopback);
        let builder = if is_loopback { builder.no_proxy() } else { builder };
        Ok(Self { client: with_tls(builder).build()? })
    }

    async fn exchange(&self, request: TransportRequest) -> Result<TransportResponse, TransportError> {
        let TransportRequest { method, url, headers, body, timeout } = request;
        let sending = self.client.request(method, url).headers(headers).body(body).timeout(timeout).send();
        let mut response = sending.await.map_err(before_head)?;
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let body = receive(&mut response, status, &headers).await?;
        Ok(TransportResponse::new(status, headers, body))
    }
}

impl Transport for Reqwest {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        Box::pin(self.exchange(request))
    }
}

/// One backend by name: the default depends on what other crates of the program enable.
#[cfg(feature = "rustls")]
fn with_tls(builder: ClientBuilder) -> ClientBuilder {
    builder.tls_backend_rustls().tls_version_min(reqwest::tls::Version::TLS_1_2)
}

/// Without TLS only a simulator on loopback can be reached.
#[cfg(not(feature = "rustls"))]
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

async fn receive(
    response: &mut reqwest::Response,
    status: StatusCode,
    headers: &HeaderMap,
) -> Result<Bytes, TransportError> {
    let mut body = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > LARGEST_BODY => {
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
