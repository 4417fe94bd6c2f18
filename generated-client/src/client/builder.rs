//! The builder of a client.

use std::env::{self, VarError};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use secrecy::SecretString;

use super::Client;
use super::default_transport::default_transport;
use crate::base_url::BaseUrl;
use crate::clock::{Clock, SystemClock};
use crate::credentials::Credentials;
use crate::drift::{Drift, DriftCallback, DriftReporter};
use crate::engine::{Context, Options, Validation};
use crate::error::Error;
use crate::schema::{Generated, ThisCrate};
use crate::sending::{Network, RateLimiter, RateLimits, RetryBudget};
#[cfg(feature = "http2")]
use crate::transport::Pings;
use crate::transport::{ProxySetting, Settings, Transport};

/// Builds a [`Client`]. Only the credentials are required. [`build`](Self::build) checks the settings.
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    credentials: Option<(String, SecretString)>,
    base_url: Option<String>,
    user_agent_suffix: Option<String>,
    options: Options,
    settings: Settings,
    limits: RateLimits,
    on_drift: Option<DriftCallback>,
    clock: Option<Arc<dyn Clock>>,
    transport: Option<Arc<dyn Transport>>,
    wrap: Option<WrapTransport>,
}

type WrapTransport = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send>;

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            credentials: None,
            base_url: None,
            user_agent_suffix: None,
            options: Options::default(),
            settings: Settings::default(),
            limits: RateLimits::default(),
            on_drift: None,
            clock: None,
            transport: None,
            wrap: None,
        }
    }

    /// Sets the account: its auth id and its auth token.
    pub fn credentials(mut self, auth_id: impl Into<String>, auth_token: impl Into<String>) -> Self {
        self.credentials = Some((auth_id.into(), SecretString::from(auth_token.into())));
        self
    }

    /// Sets the account from the environment variables `PLIVO_AUTH_ID` and `PLIVO_AUTH_TOKEN`.
    ///
    /// # Errors
    ///
    /// If one of the variables is missing or is not Unicode.
    pub fn credentials_from_env(self) -> Result<Self, Error> {
        // The error of `env::var` contains the value, which may be the token, so it is not used as a source.
        let read = |name: &str| {
            env::var(name).map_err(|error| {
                let problem = if error == VarError::NotPresent { "is not set" } else { "is not Unicode" };
                Error::config(format!("the environment variable {name} {problem}"))
            })
        };
        let (auth_id, token) = (read(ThisCrate::API.id_variable)?, read(ThisCrate::API.token_variable)?);
        Ok(self.credentials(auth_id, token))
    }

    /// Sends all requests to this server instead of Plivo's servers, for example `http://127.0.0.1:8080`.
    /// [`build`](Self::build) fails if the URL is invalid.
    ///
    /// The URL must start with `https://` and must not contain a user, a path, a query or a fragment. Plain `http://`
    /// is accepted for loopback (127.0.0.0/8, `::1` and `localhost`) only. Requests to loopback do not use the proxy of
    /// the environment.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Sets how requests are validated. The default is [`Validation::Error`]: a request with errors is not sent.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.options.validation = validation;
        self
    }

    /// Sets the timeout of a whole call: opening files, waiting for the rate limiter, all attempts, and the waits
    /// between them. The default is 60 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = timeout;
        self
    }

    /// Sets the timeout of each attempt, from connecting to the last byte of the response. The default is 30 seconds.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt_timeout = timeout;
        self
    }

    /// Sets the timeout for connecting, including TLS. The default is 5 seconds.
    ///
    /// A connection serves many calls, so a call cannot override this timeout. Neither this timeout nor the proxy
    /// settings apply to a custom [transport](Self::transport).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// Sets how often an HTTP/2 connection is checked with a ping, also while no request uses it, and how long the client
    /// waits for the answer. The defaults are 10 and 5 seconds.
    ///
    /// A connection without an answer is closed. The requests over it fail, and later requests use a new connection.
    #[cfg(feature = "http2")]
    pub fn http2_ping(mut self, interval: Duration, timeout: Duration) -> Self {
        self.settings.pings = Pings { interval, timeout };
        self
    }

    /// Sets the maximum size of the body of a response in bytes, after decompression. The default is 10 MiB. If a body
    /// is larger, the client stops reading and the call fails, with [`Error::is_decode`] if the status is 2xx. A custom
    /// [transport](Self::transport) has its own limit.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.settings.max_response_size = bytes;
        self
    }

    /// Sends requests through an HTTP proxy, such as `http://proxy.example.com:3128`. The URL may contain a user and a
    /// password. By default, the client uses the proxy of the environment (`HTTPS_PROXY` and similar variables), except
    /// for loopback. [`build`](Self::build) fails if the proxy of the client or of the environment is not an HTTP proxy.
    ///
    /// With a [base URL](Self::base_url) of plain `http://`, the proxy must be on loopback, because it reads the
    /// credentials.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.proxy = ProxySetting::Url(SecretString::from(url.into()));
        self
    }

    /// Disables all proxies, including those of the environment.
    pub fn no_proxy(mut self) -> Self {
        self.settings.proxy = ProxySetting::Never;
        self
    }

    /// Builds the transport from a builder of `reqwest` 0.13, for settings that this crate does not have, such as
    /// certificates, name resolution or pool sizes.
    ///
    /// `builder` is called once by [`build`](Self::build), and once for each further tokio runtime that uses the client,
    /// because each runtime has connections of its own.
    ///
    /// ```
    /// # fn run(certificate: reqwest::Certificate) -> plivo::Result<plivo::Client> {
    /// let builder = move || reqwest::Client::builder().tls_certs_only([certificate.clone()]);
    /// plivo::Client::builder().credentials("MAXXXXXXXXXXXXXXXXXX", "token").reqwest013(builder).build()
    /// # }
    /// ```
    ///
    /// The TLS settings of the builder are kept. This crate overrides redirects, retries, https-only, the referer,
    /// verbose logs, the pings of HTTP/2 (without the feature `http2`, the version of HTTP) and the connect timeout,
    /// because its guarantees depend on them. It also overrides the proxy for loopback and after a call of
    /// [`proxy`](Self::proxy) or [`no_proxy`](Self::no_proxy).
    #[cfg(feature = "reqwest013")]
    pub fn reqwest013(mut self, builder: impl Fn() -> reqwest::ClientBuilder + Send + Sync + 'static) -> Self {
        self.settings.builder = Some(Box::new(builder));
        self
    }

    /// Sets the maximum number of retries of a request. The default is 2; with 0, every request is sent once.
    ///
    /// A GET is sent again after status 429, 408, 499 or 5xx, and after a failed, timed-out or incomplete exchange. It is
    /// not sent again after a complete 2xx response. Any other request is sent again only if it cannot have been
    /// executed: no connection was made, HTTP/2 guarantees that it was not processed, or there were too many requests
    /// (status 429). An operation can disable retries.
    ///
    /// The wait before a retry is random. Its upper bound is half a second before the first retry and doubles with each
    /// retry, up to 8 seconds. Plivo's `Retry-After` is the minimum wait. If `Retry-After` is longer than 60
    /// seconds, the error is returned immediately; see [`Error::retry_after`].
    ///
    /// All clones of the client share one retry budget. The budget has 500 tokens. A retry costs 14; a 2xx response
    /// returns 1. While Plivo is down, the budget allows at most 35 retries.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.options.max_retries = retries;
        self
    }

    /// Sets the maximum number of requests that start in any period of this length, by all clones of the client
    /// together. Each attempt counts. The default is 300 in 5 seconds, which Plivo documents as the limit of an
    /// account.
    ///
    /// Requests beyond the limit wait and start in order. A call that cannot start before its [timeout](Self::timeout)
    /// fails immediately, and nothing is sent.
    pub fn rate_limit(mut self, requests: usize, period: Duration) -> Self {
        self.limits.rate = Some((requests, period));
        self
    }

    /// Sets the maximum number of requests in flight at the same time, by all clones of the client together. The
    /// default is 100, which Plivo documents as the limit of an account. Requests beyond the limit wait and start in
    /// order.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.limits.in_flight = Some(requests);
        self
    }

    /// Removes the limits of [`rate_limit`](Self::rate_limit) and [`max_in_flight`](Self::max_in_flight), for example
    /// if another component enforces them for several programs. A later call of either sets its limit again. If Plivo
    /// answers with status 429 and `Retry-After`, the whole client still waits.
    pub fn without_limits(mut self) -> Self {
        self.limits = RateLimits { rate: None, in_flight: None };
        self
    }

    /// Sets a callback for drift: differences between answers and the spec. It is called with the operation, such as
    /// `profile.get`, and the difference.
    ///
    /// Each difference is reported once per client; the same difference in several items of a list counts once. At most
    /// 1000 differences are reported. The callback runs while the answer is decoded, so it should be fast. If it
    /// panics, the answer is returned anyway. [`Response::drift`](crate::Response::drift) has the differences of a
    /// single answer.
    pub fn on_drift(mut self, callback: impl Fn(&str, &Drift) + Send + Sync + 'static) -> Self {
        self.on_drift = Some(Box::new(callback));
        self
    }

    /// Replaces the system clock, for tests of this crate.
    #[doc(hidden)]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Replaces the default transport, for example by a test double.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Wraps the transport, for example to log requests. Each further call wraps the result of the previous one.
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

    /// Appends the name of your program, such as `bakery/1.0`, to the User-Agent header. Only printable ASCII is
    /// allowed; otherwise [`build`](Self::build) fails.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(suffix.into());
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// If the credentials are missing, invalid or swapped, if the base URL, the proxy, the user agent suffix or a limit is
    /// invalid, or if TLS cannot be set up: no feature of this crate provides it, or the system has no CA certificates.
    /// With a base URL of plain `http://`, neither is necessary.
    pub fn build(self) -> Result<Client, Error> {
        let Some((auth_id, token)) = self.credentials else {
            let hint = "call `credentials` or `credentials_from_env`";
            return Err(Error::config(format!("the client for {} has no credentials: {hint}", ThisCrate::API.name)));
        };
        let credentials = Credentials::new(auth_id, token).map_err(Error::config)?;
        let base_url = self.base_url.as_deref().map(BaseUrl::parse).transpose().map_err(Error::config)?;
        let user_agent = user_agent(self.user_agent_suffix.as_deref())?;
        self.settings.proxy.check(base_url.as_ref()).map_err(Error::config)?;
        check_limits(self.limits)?;
        #[cfg(feature = "http2")]
        if !self.settings.pings.are_possible() {
            return Err(Error::config("the interval and the timeout of a ping must be longer than 0"));
        }
        let needs_runtime = self.transport.is_none();
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(base_url.as_ref(), self.settings)?,
        };
        let transport = match self.wrap {
            Some(wrap) => wrap(transport),
            None => transport,
        };
        let network = Network {
            transport,
            needs_runtime,
            clock: self.clock.unwrap_or_else(|| Arc::new(SystemClock::new())),
            limiter: RateLimiter::new(self.limits),
            budget: RetryBudget::new(),
        };
        let drift = DriftReporter::new(self.on_drift);
        Ok(Client::with_context(Context { credentials, base_url, user_agent, options: self.options, network, drift }))
    }
}

/// Refuses limits of 0, with which no request could start.
fn check_limits(limits: RateLimits) -> Result<(), Error> {
    let has_empty_rate = limits.rate.is_some_and(|(requests, period)| requests == 0 || period.is_zero());
    if has_empty_rate || limits.in_flight == Some(0) {
        return Err(Error::config("a limit of 0 permits no request; to remove the limits, use `without_limits`"));
    }
    Ok(())
}

fn user_agent(suffix: Option<&str>) -> Result<HeaderValue, Error> {
    let own = concat!("plivo-rust/", env!("CARGO_PKG_VERSION"), " (rust)");
    let text = match suffix {
        Some(suffix) => format!("{own} {suffix}"),
        None => own.to_owned(),
    };
    let is_printable = text.bytes().all(|letter| (b' '..=b'~').contains(&letter));
    let value = HeaderValue::try_from(text).ok().filter(|_| is_printable);
    value.ok_or_else(|| Error::config("the suffix of the user agent contains characters other than printable ASCII"))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("options", &self.options).finish_non_exhaustive()
    }
}
