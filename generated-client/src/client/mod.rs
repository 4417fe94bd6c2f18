//! The client: an account, its options, and everything that calls share.

mod builder;
mod caller;
mod default_transport;
mod deferred;
mod find;
mod pages;
mod pending;

use std::fmt;
use std::sync::Arc;

pub use self::builder::ClientBuilder;
pub use self::caller::Caller;
pub(crate) use self::caller::sealed::Sealed;
pub use self::deferred::{Deferrable, Deferred};
pub use self::find::Find;
pub use self::pages::{Items, ListRequest, Pages};
pub use self::pending::Pending;
use crate::base_url::BaseUrl;
use crate::codec::Request;
use crate::engine::Context;
use crate::error::Error;
use crate::schema::Method;

/// Calls Plivo on behalf of one account.
///
/// A clone is cheap: it increments a reference count, and shares the connections, the rate limiter and the retry budget
/// with the original. One client serves a whole program. Calls need a [tokio](https://docs.rs/tokio) runtime with IO
/// and timers, such as that of `#[tokio::main]`; the client of the feature `blocking` brings its own. `Debug` shows
/// neither the auth token nor the auth id.
#[derive(Clone)]
pub struct Client {
    context: Arc<Context>,
}

impl Client {
    /// Creates a client for an account, with default settings.
    ///
    /// # Errors
    ///
    /// If the auth id or the token is empty or contains characters that a header cannot carry, or if TLS cannot be set
    /// up.
    pub fn new(auth_id: impl Into<String>, auth_token: impl Into<String>) -> Result<Self, Error> {
        Self::builder().credentials(auth_id, auth_token).build()
    }

    /// Creates a client for the account in the environment variables `PLIVO_AUTH_ID` and `PLIVO_AUTH_TOKEN`.
    ///
    /// # Errors
    ///
    /// If one of the variables is missing, empty or not Unicode, or contains characters that a header cannot carry, or
    /// if TLS cannot be set up.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().credentials_from_env()?.build()
    }

    /// Returns a builder for a client with custom settings.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Returns a lazy call that sends a request built as a value. Nothing is sent until it is awaited.
    pub fn send<R: Request>(&self, request: R) -> Pending<R::Answer> {
        Pending::new(self, request)
    }

    /// Calls an endpoint that this crate does not know yet. The call has the same credentials, rate limiter, retries
    /// and errors as any other; a GET may be sent again, every other method only if the request cannot have been
    /// executed. The answer is the whole JSON body.
    ///
    /// The path is a template. `{account}` is the account. Every other placeholder takes the value of the same name
    /// from [`with_extra`](Pending::with_extra), percent-encoded. Errors show the template, never the values. The
    /// template may begin with another server of the API, such as `https://lookup.plivo.com/v1/Number/{number}`.
    ///
    /// ```no_run
    /// # async fn example(client: plivo::Client) -> Result<(), plivo::Error> {
    /// let path = "/v1/Account/{account}/CnamLookup/{number}/";
    /// let caller = client.request(plivo::Method::Get, path).with_extra("number", "12125550123").await?;
    /// println!("{}", *caller);
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: &'static str) -> Pending<serde_json::Value> {
        Pending::undescribed(self, method, path)
    }

    pub(crate) fn with_context(context: Context) -> Self {
        Self { context: Arc::new(context) }
    }
}

impl Caller for Client {
    type Runtime = ();

    fn runtime(&self) {}
}

impl Sealed for Client {
    fn context(&self) -> &Arc<Context> {
        &self.context
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Context { base_url, user_agent, options, .. } = &*self.context;
        let mut debug = f.debug_struct("Client");
        debug.field("base_url", &base_url.as_ref().map(BaseUrl::origin)).field("user_agent", user_agent);
        debug.field("options", options).finish_non_exhaustive()
    }
}
