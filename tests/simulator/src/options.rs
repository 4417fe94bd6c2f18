//! The options of a simulator.

use crate::api::{Objects, Paging, RateLimit, Settings};
use crate::fault::Faults;
use crate::record::{Observer, RecordedRequest};
use crate::time::Pace;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The options of a [`Simulator`](crate::Simulator).
#[derive(Clone)]
pub struct Options {
    pub(crate) port: u16,
    pub(crate) api: Settings,
    pub(crate) head_timeout: Duration,
    pub(crate) body_timeout: Duration,
    pub(crate) write_timeout: Duration,
    pub(crate) faults: Faults,
    pub(crate) objects: Objects,
    pub(crate) observer: Option<Observer>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            api: Settings {
                seed: 0,
                credentials: Vec::new(),
                rate_limit: Some(RateLimit::plivo()),
                strict: false,
                paging: Paging::Offset,
                pace: Pace::Virtual,
            },
            head_timeout: Duration::from_secs(30),
            body_timeout: Duration::from_secs(30),
            write_timeout: Duration::from_secs(30),
            faults: Faults::default(),
            objects: Objects::default(),
            observer: None,
        }
    }
}

impl Options {
    /// The default options: a free port, any credentials, seed 0, Plivo's rate limit, no faults, no objects.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the port on 127.0.0.1. The default is 0, which selects a free port.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the seed of the generated ids, and of the faults if they have no seed of their own. The default is 0.
    /// With the same seed, the same requests have the same responses.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.api.seed = seed;
        self
    }

    /// Accepts an account or subaccount with this id and token. Call it once for each account. Without any call,
    /// the simulator accepts any id and token that are not empty.
    #[must_use]
    pub fn credentials(mut self, id: impl Into<String>, token: impl Into<String>) -> Self {
        self.api.credentials.push((id.into(), token.into()));
        self
    }

    /// Sets the rate limit: the maximum number of requests that an account may start in any period as long as
    /// `window`. Further requests are answered with 429. The default is 300 requests in 5 seconds.
    #[must_use]
    pub fn limit(mut self, requests: usize, window: Duration) -> Self {
        self.api.rate_limit = Some(RateLimit { requests, window });
        self
    }

    /// Removes the rate limit.
    #[must_use]
    pub fn no_limit(mut self) -> Self {
        self.api.rate_limit = None;
        self
    }

    /// Rejects requests with a query key that the operation does not take, with 400. By default, such a key only causes
    /// a warning.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.api.strict = true;
        self
    }

    /// Sets how the pages of lists continue. The default is [`Paging::Offset`].
    #[must_use]
    pub fn paging(mut self, paging: Paging) -> Self {
        self.api.paging = paging;
        self
    }

    /// Lets the clock run like the clock of this machine. By default, time is virtual: the clock starts at
    /// 2026-01-01T00:00:00Z and moves only with [`Simulator::advance`](crate::Simulator::advance), so that every run
    /// has the same responses. A real clock can be advanced too.
    #[must_use]
    pub fn real_time(mut self) -> Self {
        self.api.pace = Pace::Real;
        self
    }

    /// Sets the timeout for the head of a request. When it expires, the connection is closed, also if it is idle.
    /// The default is 30 seconds.
    #[must_use]
    pub fn head_timeout(mut self, timeout: Duration) -> Self {
        self.head_timeout = timeout;
        self
    }

    /// Sets the timeout for the body of a request. When it expires, the request is answered with 408. The default
    /// is 30 seconds.
    #[must_use]
    pub fn body_timeout(mut self, timeout: Duration) -> Self {
        self.body_timeout = timeout;
        self
    }

    /// Sets the timeout for writing to a client that does not read. When it expires, the connection is reset. Each
    /// read restarts it, so a slow client still receives the whole response. The default is 30 seconds.
    #[must_use]
    pub fn write_timeout(mut self, timeout: Duration) -> Self {
        self.write_timeout = timeout;
        self
    }

    /// Sets the initial faults, see [`Fault`](crate::Fault).
    #[must_use]
    pub fn faults(mut self, faults: impl Into<Faults>) -> Self {
        self.faults = faults.into();
        self
    }

    /// Adds objects that are stored from the start, see [`Objects`](crate::Objects).
    #[must_use]
    pub fn objects(mut self, objects: Objects) -> Self {
        self.objects = self.objects.and(objects);
        self
    }

    /// Sets a function that is called with each request: just before the response is sent, or when it is certain
    /// that there will be no response.
    #[must_use]
    pub fn observer(mut self, observer: impl Fn(&RecordedRequest) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }
}

impl fmt::Debug for Options {
    // Written by hand, so that it does not print tokens.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("port", &self.port)
            .field("seed", &self.api.seed)
            .field("credentials", &self.api.credentials.iter().map(|(id, _)| id).collect::<Vec<_>>())
            .field("limit", &self.api.rate_limit)
            .field("strict", &self.api.strict)
            .field("paging", &self.api.paging)
            .field("time", &self.api.pace.name())
            .field("head_timeout", &self.head_timeout)
            .field("body_timeout", &self.body_timeout)
            .field("write_timeout", &self.write_timeout)
            .field("faults", &self.faults)
            .field("objects", &self.objects)
            .field("observer", &self.observer.is_some())
            .finish()
    }
}
