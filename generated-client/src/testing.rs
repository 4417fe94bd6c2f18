//! A transport for your own tests: it returns scripted answers and records the requests.
//!
//! It replaces the network, below authentication, validation and encoding, so a test sees the method, URL, headers and
//! body that the client hands to the transport. This module needs the feature `testing`.
//!
//! ```
//! use plivo::testing::Script;
//!
//! # #[cfg(feature = "profile")]
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let script = Script::new().answer(200, r#"{"api_id": "a", "profile": {"profile_uuid": "p"}}"#);
//! let client = script.client();
//!
//! let profile = client.profile().get("p").await?;
//! assert_eq!(profile.profile_uuid, "p");
//!
//! let requests = script.requests();
//! assert_eq!(requests[0].method, "GET");
//! assert!(requests[0].url.ends_with("/Profile/p/"));
//! # Ok(())
//! # }
//! ```

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::client::{Client, ClientBuilder};
use crate::transport::{Transport, TransportError, TransportFuture, TransportRequest, TransportResponse};

/// The auth id of [`Script::client`].
pub const AUTH_ID: &str = "MAXXXXXXXXXXXXXXXXXX";

/// The auth token of [`Script::client`].
pub const AUTH_TOKEN: &str = "auth-token";

/// Scripted answers and failures, one for each attempt, and the recorded requests. Clones share both.
#[derive(Clone, Default)]
pub struct Script {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    replies: VecDeque<Reply>,
    /// The reply when `replies` is empty.
    otherwise: Option<(StatusCode, Bytes)>,
    requests: Vec<TransportRequest>,
}

enum Reply {
    Answer(StatusCode, HeaderMap, Bytes),
    Fail(TransportError),
}

impl Script {
    /// Creates a script without answers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an answer for the next attempt. A status that is not valid in HTTP becomes 500.
    #[must_use]
    pub fn answer(self, status: u16, body: impl Into<Bytes>) -> Self {
        self.answer_with(status, HeaderMap::new(), body)
    }

    /// Adds an answer with headers, such as `Retry-After`.
    #[must_use]
    pub fn answer_with(self, status: u16, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        self.push(Reply::Answer(status_of(status), headers, body.into()))
    }

    /// Lets the next attempt fail with an error of the transport.
    #[must_use]
    pub fn fail(self, error: TransportError) -> Self {
        self.push(Reply::Fail(error))
    }

    /// Sets the answer for every attempt after the script is used up. Without it, such an attempt fails as if no
    /// connection could be made.
    #[must_use]
    pub fn otherwise(self, status: u16, body: impl Into<Bytes>) -> Self {
        self.lock().otherwise = Some((status_of(status), body.into()));
        self
    }

    /// Creates a client with an invented account that sends its requests to this script. Retries are off, so that no
    /// test waits.
    ///
    /// # Panics
    ///
    /// Never: the settings are valid.
    pub fn client(&self) -> Client {
        self.builder().build().unwrap_or_else(|error| panic!("{error}"))
    }

    /// Returns a builder with the settings of [`client`](Self::client), for further settings. `max_retries` turns
    /// retries on.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder().credentials(AUTH_ID, AUTH_TOKEN).max_retries(0).transport(self.clone())
    }

    /// The recorded requests, in order. Their bodies, including files, are in memory.
    pub fn requests(&self) -> Vec<TransportRequest> {
        self.lock().requests.clone()
    }

    /// The number of scripted answers and failures not yet used.
    pub fn left(&self) -> usize {
        self.lock().replies.len()
    }

    fn push(self, reply: Reply) -> Self {
        self.lock().replies.push_back(reply);
        self
    }

    /// A panic in another thread leaves the lists consistent.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl Transport for Script {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        Box::pin(async move {
            // Files and streams are read here, so the recorded body has the bytes that would arrive.
            let body = request.body.clone().collect().await.map_err(TransportError::body)?;
            self.play(TransportRequest { body: body.into(), ..request })
        })
    }
}

impl Script {
    fn play(&self, request: TransportRequest) -> Result<TransportResponse, TransportError> {
        let mut inner = self.lock();
        let missing = format!("the script has no answer to the request number {}", inner.requests.len() + 1);
        inner.requests.push(request);
        let reply = inner.replies.pop_front();
        let otherwise = inner.otherwise.clone().map(|(status, body)| Reply::Answer(status, HeaderMap::new(), body));
        match reply.or(otherwise) {
            Some(Reply::Answer(status, headers, body)) => Ok(TransportResponse::new(status, headers, body)),
            Some(Reply::Fail(error)) => Err(error),
            None => Err(TransportError::connect(missing)),
        }
    }
}

/// Shows the numbers of recorded requests and of answers left.
impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = self.lock();
        let mut debug = f.debug_struct("Script");
        debug.field("requests", &inner.requests.len()).field("left", &inner.replies.len()).finish_non_exhaustive()
    }
}
