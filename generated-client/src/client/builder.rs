//! Settings of a client.

use std::env::{self, VarError};
use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use secrecy::SecretString;

use super::Client;
use crate::base_url::BaseUrl;
use crate::clock::{Clock, SystemClock};
use crate::credentials::Credentials;
use crate::drift::{Callback, Drift, Listener};
use crate::engine::{Context, Options, Validation};
use crate::error::Error;
use crate::schema::{Generated, ThisCrate};
use crate::sending::{Allowed, Network, RateLimiter, RetryBudget};
use crate::transport::{Proxying, Reqwest, Settings, Transport, lacks_provider};

/// Makes a [`Client`]. Only the credentials are needed; what is wrong with a setting,
/// [`build`](Self::build) says.
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    credentials: Option<(String, SecretString)>,
    base_url: Option<String>,
    user_agent_suffix: Option<String>,
    options: Options,
    settings: Settings,
    allowed: Allowed,
    on_drift: Option<Callback>,
    clock: Option<Arc<dyn Clock>>,
    transport: Option<Arc<dyn Transport>>,
    wrap: Option<Wrap>,
}

type Wrap = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send>;

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            credentials: None,
            base_url: None,
            user_agent_suffix: None,
            options: Options::default(),
            settings: Settings::default(),
            allowed: Allowed::default(),
            on_drift: None,
            clock: None,
            transport: None,
            wrap: None,
        }
    }

    /// The account: its auth id and its auth token.
    pub fn credentials(mut self, auth_id: impl Into<String>, auth_token: impl Into<String>) -> Self {
        self.credentials = Some((auth_id.into(), SecretString::from(auth_token.into())));
        self
    }

    /// The account in the variables `PLIVO_AUTH_ID` and `PLIVO_AUTH_TOKEN` of the environment.
    ///
    /// # Errors
    ///
    /// When one of them is missing or is not Unicode.
    pub fn credentials_from_env(self) -> Result<Self, Error> {
        // The error of `env::var` holds the value, which may be the token: it must not be passed on.
        let read = |name: &str| {
            env::var(name).map_err(|error| {
                let state = if error == VarError::NotPresent { "is not set" } else { "is not Unicode" };
                Error::config(format!("{name} {state} in the environment"))
            })
        };
        let (auth_id, token) = (read(ThisCrate::API.id_variable)?, read(ThisCrate::API.token_variable)?);
        Ok(self.credentials(auth_id, token))
    }

    /// Scheme and authority that replace those of Plivo's servers, such as `http://127.0.0.1:8080`.
    ///
    /// It starts with `https://`. Plain `http://` is accepted for loopback (127.0.0.0/8, `::1` and
    /// `localhost`) only, and no proxy is asked for loopback. There is no user, path, query or fragment in it.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// What happens with requests that have errors. By default they are not sent.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.options.validation = validation;
        self
    }

    /// How long a call may take as a whole: waiting for the limits of the account, every attempt, and the
    /// waits between them. By default 60 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = timeout;
        self
    }

    /// How long a request may take each time that it is sent, connecting included. By default 30 seconds.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt_timeout = timeout;
        self
    }

    /// How long connecting may take, TLS included. By default 5 seconds. A connection serves many calls, so a
    /// call has no say in it, and a [transport](Self::transport) of your own knows nothing of it, nor of a proxy.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// How many bytes the body of a response may have, after decompression. By default 10 MiB. Of a larger one no more
    /// is read, and the call fails; a [transport](Self::transport) of your own has limits of its own.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.settings.largest_response = bytes;
        self
    }

    /// Sends requests through an HTTP proxy, such as `http://proxy.example.com:3128`; a user and a password may stand
    /// in the URL. By default the environment says which one, if any (`HTTPS_PROXY` and its like), but none
    /// is asked for loopback.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.proxy = Proxying::At(SecretString::from(url.into()));
        self
    }

    /// Sends requests through no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.settings.proxy = Proxying::Never;
        self
    }

    /// Builds the transport on settings of `reqwest` 0.13, for what has no setting here: certificates, name
    /// resolution, sizes of pools. Their TLS is used as it is. What the promises of this crate rest on is set
    /// all the same: redirects, retries, https, the proxy and the time for connecting.
    #[cfg(feature = "reqwest013")]
    pub fn reqwest013(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.settings.builder = Some(builder);
        self
    }

    /// How often a request is sent again at most. By default twice; 0 sends every request once.
    ///
    /// A request that changes nothing is sent again unless Plivo said no. Any other is sent again only if it
    /// cannot have been executed: no connection was made, or there were too many requests (status 429). Before
    /// the first retry there is a random wait of up to half a second, and the bound doubles with each one, up to
    /// 8 seconds; Plivo's `Retry-After` is the least, and beyond 60 seconds the error returns at once with
    /// [`retry_after`](Error::retry_after). All clones of the client together withdraw for retries out of one budget,
    /// which answers deposit: while Plivo is down, it holds no more than 35.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.options.max_retries = retries;
        self
    }

    /// How many requests may start in any such time, by all clones of the client together. By default 300 in 5
    /// seconds, which is what Plivo documents for an account. Attempts count, not calls.
    ///
    /// What is too much waits its turn, in order. A call that would have to wait beyond its
    /// [timeout](Self::timeout) fails at once, and nothing of it is sent.
    pub fn rate_limit(mut self, requests: usize, period: Duration) -> Self {
        self.allowed.rate = Some((requests, period));
        self
    }

    /// How many requests may be on their way at the same time, by all clones of the client together. By default
    /// 100, which is what Plivo documents for an account. What is too much waits its turn, in order.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.allowed.in_flight = Some(requests);
        self
    }

    /// Takes away both limits, for instance where something else keeps them for several programs. One that is
    /// set afterwards holds. When Plivo answers with status 429 and `Retry-After`, the client as a whole still
    /// waits as long.
    pub fn without_limits(mut self) -> Self {
        self.allowed = Allowed { rate: None, in_flight: None };
        self
    }

    /// Calls this where an answer is not as described, with the operation, such as `profile.get`, and the place.
    ///
    /// It is told of each difference once, of those in the rows of a list as of one, and of a thousand at most. It
    /// runs while the answer is read, so it should be quick; if it panics, the answer comes all the same. [`Response::drift`](crate::Response::drift) has those of a
    /// single answer.
    pub fn on_drift(mut self, callback: impl Fn(&str, &Drift) + Send + Sync + 'static) -> Self {
        self.on_drift = Some(Box::new(callback));
        self
    }

    /// Another time than that of the machine, for tests of this crate.
    #[doc(hidden)]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Sends requests in another way than over the network, as tests do.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Puts something around the way in which requests are sent, such as a log of them. Called again, it
    /// puts something around that.
    pub fn wrap_transport<T: Transport>(mut self, wrap: impl FnOnce(Arc<dyn Transport>) -> T + Send + 'static) -> Self {
        let inner = self.wrap.take();
        self.wrap = Some(Box::new(|transport| {
            let transport = match inner {
                Some(inner) => inner(transport),
                None => transport,
            };
            Arc::new(wrap(transport))
        }));
        self
    }

    /// Names your program behind this crate in the User-Agent header, such as `bakery/1.0`.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(suffix.into());
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// When there are no credentials, when a setting is not acceptable, or when TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let Some((auth_id, token)) = self.credentials else {
            let ways = "call `credentials` or `credentials_from_env`";
            return Err(Error::config(format!("the client for {} has no credentials: {ways}", ThisCrate::API.name)));
        };
        let credentials = Credentials::new(auth_id, token).map_err(Error::config)?;
        let base_url = self.base_url.as_deref().map(BaseUrl::parse).transpose().map_err(Error::config)?;
        let user_agent = user_agent(self.user_agent_suffix.as_deref())?;
        self.settings.check().map_err(Error::config)?;
        check_limits(self.allowed)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => own_transport(base_url.as_ref().is_some_and(BaseUrl::is_loopback), self.settings)?,
        };
        let transport = match self.wrap {
            Some(wrap) => wrap(transport),
            None => transport,
        };
        let network = Network {
            transport,
            clock: self.clock.unwrap_or_else(|| Arc::new(SystemClock::new())),
            limiter: RateLimiter::new(self.allowed),
            budget: RetryBudget::new(),
        };
        let drift = Listener::new(self.on_drift);
        Ok(Client::with_context(Context { credentials, base_url, user_agent, options: self.options, network, drift }))
    }
}

/// A limit of nothing would let nothing through.
fn check_limits(allowed: Allowed) -> Result<(), Error> {
    let has_empty_rate = allowed.rate.is_some_and(|(requests, period)| requests == 0 || period.is_zero());
    if has_empty_rate || allowed.in_flight == Some(0) {
        return Err(Error::config("a limit of 0 lets no request through; `without_limits` takes limits away"));
    }
    Ok(())
}

const NO_PROVIDER: &str = "the transport cannot be set up: rustls has no crypto provider; install one first, such as \
                           with `rustls::crypto::ring::default_provider().install_default()`";

fn own_transport(is_loopback: bool, settings: Settings) -> Result<Arc<dyn Transport>, Error> {
    if lacks_provider() && !settings.has_own_tls() {
        return Err(Error::config(NO_PROVIDER));
    }
    // Whether settings of somebody else have a provider, only reqwest knows; without one it panics.
    let built = panic::catch_unwind(AssertUnwindSafe(|| Reqwest::new(is_loopback, settings)));
    match built {
        Ok(Ok(transport)) => Ok(Arc::new(transport)),
        Ok(Err(error)) => Err(Error::config_because("the transport cannot be set up", error.without_url())),
        Err(_) => Err(Error::config(NO_PROVIDER)),
    }
}

fn user_agent(suffix: Option<&str>) -> Result<HeaderValue, Error> {
    let own = concat!("plivo-rust/", env!("CARGO_PKG_VERSION"), " (rust)");
    let text = match suffix {
        Some(suffix) => format!("{own} {suffix}"),
        None => own.to_owned(),
    };
    let is_printable = text.bytes().all(|letter| (b' '..=b'~').contains(&letter));
    let value = HeaderValue::try_from(text).ok().filter(|_| is_printable);
    value.ok_or_else(|| Error::config("the suffix of the user agent contains other characters than printable ASCII"))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("options", &self.options).finish_non_exhaustive()
    }
}
