//! A transport for tests of your own: it plays answers and keeps what would have been sent.
//!
//! It stands where the network would be, below authentication, validation and encoding, so that a test sees the
//! request that Plivo would see. This module needs the feature `testing`.
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

/// The account of [`Script::client`].
pub const AUTH_ID: &str = "MAXXXXXXXXXXXXXXXXXX";

/// Its token.
pub const AUTH_TOKEN: &str = "auth-token";

/// Answers to be played, one for each request, and the requests that came. Clones share both.
#[derive(Clone, Default)]
pub struct Script {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    steps: VecDeque<Reply>,
    /// What is played when no step is left.
    otherwise: Option<(StatusCode, Bytes)>,
    requests: Vec<TransportRequest>,
}

enum Reply {
    Answer(StatusCode, HeaderMap, Bytes),
    Fail(TransportError),
}

impl Script {
    /// A script without answers.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next request is answered with this status and body. A status that HTTP does not know is 500.
    #[must_use]
    pub fn answer(self, status: u16, body: impl Into<Bytes>) -> Self {
        self.answer_with(status, HeaderMap::new(), body)
    }

    /// The same with headers, such as `Retry-After`.
    #[must_use]
    pub fn answer_with(self, status: u16, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        self.push(Reply::Answer(status_of(status), headers, body.into()))
    }

    /// The next request fails, as one does to which the network brings no answer.
    #[must_use]
    pub fn fail(self, error: TransportError) -> Self {
        self.push(Reply::Fail(error))
    }

    /// Every request for which there is no other answer is answered with this. Otherwise it fails as if nobody
    /// listened.
    #[must_use]
    pub fn otherwise(self, status: u16, body: impl Into<Bytes>) -> Self {
        self.lock().otherwise = Some((status_of(status), body.into()));
        self
    }

    /// A client with an invented account that sends its requests here.
    ///
    /// # Panics
    ///
    /// Never: these settings are acceptable.
    pub fn client(&self) -> Client {
        self.builder().build().unwrap_or_else(|error| panic!("{error}"))
    }

    /// The same, for further settings. Nothing is sent again, so that no test waits; `max_retries` changes that.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder().credentials(AUTH_ID, AUTH_TOKEN).max_retries(0).transport(self.clone())
    }

    /// The requests that came, in order. Their bodies are in memory, with all files in them.
    pub fn requests(&self) -> Vec<TransportRequest> {
        self.lock().requests.clone()
    }

    /// How many answers have not been played.
    pub fn left(&self) -> usize {
        self.lock().steps.len()
    }

    fn push(self, step: Reply) -> Self {
        self.lock().steps.push_back(step);
        self
    }

    /// A test that panics elsewhere leaves the list whole.
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
            // What is sent is kept as it would arrive.
            let body = request.body.clone().collect().await.map_err(TransportError::body)?;
            self.play(TransportRequest { body: body.into(), ..request })
        })
    }
}

impl Script {
    fn play(&self, request: TransportRequest) -> Result<TransportResponse, TransportError> {
        let mut inner = self.lock();
        let asked = format!("the script has no answer to the request number {}", inner.requests.len() + 1);
        inner.requests.push(request);
        let step = inner.steps.pop_front();
        let otherwise = inner.otherwise.clone().map(|(status, body)| Reply::Answer(status, HeaderMap::new(), body));
        match step.or(otherwise) {
            Some(Reply::Answer(status, headers, body)) => Ok(TransportResponse::new(status, headers, body)),
            Some(Reply::Fail(error)) => Err(error),
            None => Err(TransportError::connect(asked)),
        }
    }
}

/// Shows how many requests came and how many answers are left.
impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = self.lock();
        let mut debug = f.debug_struct("Script");
        debug.field("requests", &inner.requests.len()).field("left", &inner.steps.len()).finish_non_exhaustive()
    }
}
