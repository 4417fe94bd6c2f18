//! The client: who calls, where, and how strictly.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::base_url::BaseUrl;
use crate::builder::ClientBuilder;
use crate::caller::Caller;
use crate::clock::Clock;
use crate::credentials::Credentials;
use crate::drift::Listener;
use crate::error::Error;
use crate::pending::Pending;
use crate::runtime::{Method, Request};
use crate::sending::{Budget, Limits, MAX_RETRIES};
use crate::transport::Transport;

/// Calls Plivo on behalf of one account.
///
/// A clone is cheap (it counts a reference) and shares connections, the limits of the account and the budget
/// for retries with the original, so one client serves a whole program.
/// Calls are awaited on a runtime of [tokio](https://docs.rs/tokio) with IO and timers, as `#[tokio::main]` has them;
/// the feature `blocking` needs none. Its `Debug` shows neither the token nor the auth id.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) credentials: Credentials,
    pub(crate) base_url: Option<BaseUrl>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) options: Options,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) limits: Limits,
    pub(crate) budget: Budget,
    pub(crate) drift: Listener,
}

/// What a client decides and a call may decide otherwise.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) validation: Validation,
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) max_retries: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            validation: Validation::Error,
            timeout: Duration::from_secs(60),
            attempt_timeout: Duration::from_secs(30),
            max_retries: MAX_RETRIES,
        }
    }
}

/// What happens with a request that is checked before it is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Validation {
    /// A request with errors is not sent. Warnings are on the response. This is the default.
    #[default]
    Error,
    /// It is sent in any case. Errors and warnings are on the response.
    Warn,
    /// It is not checked.
    Off,
}

impl Client {
    /// A client for an account, with everything else as it is by default.
    ///
    /// # Errors
    ///
    /// When one of the two is empty or cannot stand in a request, or when TLS cannot be set up.
    pub fn new(auth_id: impl Into<String>, auth_token: impl Into<String>) -> Result<Self, Error> {
        Self::builder().credentials(auth_id, auth_token).build()
    }

    /// A client for the account in the variables `PLIVO_AUTH_ID` and `PLIVO_AUTH_TOKEN` of the environment.
    ///
    /// # Errors
    ///
    /// When one of the variables is missing or cannot stand in a request, or when TLS cannot be set up.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().credentials_from_env()?.build()
    }

    /// Starts a client with settings of your own.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Sends a request that was made as a value. Nothing happens until the call is awaited.
    pub fn send<R: Request>(&self, request: R) -> Pending<R::Answer> {
        Caller::send(self, request)
    }

    /// Calls an endpoint that this crate does not know yet, with everything that other calls have: the credentials,
    /// the limits, the retries (those of a GET, or of what may be executed once only) and the errors. The answer is
    /// JSON as it comes.
    ///
    /// The path is a template: `{auth_id}` is the account, and every other placeholder is filled with what
    /// [`with_extra`](Pending::with_extra) gives under its name, percent-encoded. So no id shows in an error. It may
    /// begin with another server of the API, as in `https://lookup.plivo.com/v1/Number/{number}`.
    ///
    /// ```no_run
    /// # async fn example(client: plivo::Client) -> Result<(), plivo::Error> {
    /// let path = "/v1/Account/{auth_id}/Powerpack/{uuid}/";
    /// let powerpack = client.request(plivo::Method::Get, path).with_extra("uuid", "86bbb125").await?;
    /// println!("{}", powerpack["name"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: &'static str) -> Pending<serde_json::Value> {
        Pending::unknown(self, method, path)
    }

    /// The same client for code that waits instead of awaiting.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<crate::blocking::Client, Error> {
        crate::blocking::Client::over(self)
    }

    pub(crate) fn from_inner(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { base_url, user_agent, options, .. } = self.inner();
        let mut debug = f.debug_struct("Client");
        debug.field("base_url", &base_url.as_ref().map(BaseUrl::origin)).field("user_agent", user_agent);
        debug.field("options", options).finish_non_exhaustive()
    }
}
