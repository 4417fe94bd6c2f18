//! The client: who calls, where, and how strictly.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::base_url::BaseUrl;
use crate::builder::ClientBuilder;
use crate::call::Call;
use crate::clock::Clock;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::runtime::Request;
use crate::sending::{Budget, Limits, MAX_RETRIES};
use crate::transport::Transport;

/// Calls Plivo on behalf of one account.
///
/// A clone is cheap (it counts a reference) and shares connections, the limits of the account and the budget
/// for retries with the original, so one client serves a whole program.
/// Its `Debug` shows neither the token nor the auth id.
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
    pub fn send<R: Request>(&self, request: R) -> Call<R::Answer> {
        Call::new(self.clone(), Box::new(request), R::OPERATION)
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
