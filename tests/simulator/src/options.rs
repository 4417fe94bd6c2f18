//! What can be chosen when a simulator starts.

use crate::fault::Faults;
use crate::record::Recorded;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Told about each request when it ends.
pub(crate) type Observer = Arc<dyn Fn(&Recorded) + Send + Sync>;

/// How many requests of an account may start within a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    /// So many.
    pub(crate) requests: usize,
    /// In any stretch of time that is so long.
    pub(crate) window: Duration,
}

impl Limit {
    /// What Plivo allows.
    pub(crate) fn usual() -> Self {
        Self { requests: 300, window: Duration::from_secs(5) }
    }
}

/// What can be chosen when a [`Simulator`](crate::Simulator) starts.
#[derive(Clone)]
pub struct Options {
    pub(crate) port: u16,
    pub(crate) seed: u64,
    pub(crate) credentials: Vec<(String, String)>,
    pub(crate) limit: Option<Limit>,
    pub(crate) time_for_head: Duration,
    pub(crate) time_for_body: Duration,
    pub(crate) time_for_answer: Duration,
    pub(crate) faults: Faults,
    pub(crate) observer: Option<Observer>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            seed: 0,
            credentials: Vec::new(),
            limit: Some(Limit::usual()),
            time_for_head: Duration::from_secs(30),
            time_for_body: Duration::from_secs(30),
            time_for_answer: Duration::from_secs(30),
            faults: Faults::default(),
            observer: None,
        }
    }
}

impl Options {
    /// A free port, any credentials, seed 0, Plivo's limits, no faults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Listens on this port of 127.0.0.1; 0, the default, takes a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Decides which ids the simulator gives. Equal seeds and equal requests make equal answers.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Accepts this account or subaccount with this token, and nobody else but those of other calls. Without
    /// any call every id and token that are not empty will do.
    #[must_use]
    pub fn credentials(mut self, id: impl Into<String>, token: impl Into<String>) -> Self {
        self.credentials.push((id.into(), token.into()));
        self
    }

    /// Lets each account start so many requests in any stretch of so much time, and answers more of them with
    /// 429. The default is 300 in 5 seconds.
    #[must_use]
    pub fn limit(mut self, requests: usize, window: Duration) -> Self {
        self.limit = Some(Limit { requests, window });
        self
    }

    /// Lets everybody start as many requests as they like.
    #[must_use]
    pub fn no_limit(mut self) -> Self {
        self.limit = None;
        self
    }

    /// Closes a connection that does not send the head of a request within this time, 30 seconds by default.
    /// It also ends a connection that is idle for so long.
    #[must_use]
    pub fn time_for_head(mut self, time: Duration) -> Self {
        self.time_for_head = time;
        self
    }

    /// Answers a request with 408 when its body has not come within this time, 30 seconds by default.
    #[must_use]
    pub fn time_for_body(mut self, time: Duration) -> Self {
        self.time_for_body = time;
        self
    }

    /// Resets a connection whose other side takes nothing of an answer for so long, 30 seconds by default. Whoever
    /// reads slowly, but reads, gets it whole.
    #[must_use]
    pub fn time_for_answer(mut self, time: Duration) -> Self {
        self.time_for_answer = time;
        self
    }

    /// Starts with these faults, see [`Fault`](crate::Fault).
    #[must_use]
    pub fn faults(mut self, faults: impl Into<Faults>) -> Self {
        self.faults = faults.into();
        self
    }

    /// Calls this with every request just before it is answered, or once it is clear that it never will be.
    #[must_use]
    pub fn observer(mut self, observer: impl Fn(&Recorded) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }
}

impl fmt::Debug for Options {
    // Written by hand so that no token is printed.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("port", &self.port)
            .field("seed", &self.seed)
            .field("credentials", &self.credentials.iter().map(|(id, _)| id).collect::<Vec<_>>())
            .field("limit", &self.limit)
            .field("time_for_head", &self.time_for_head)
            .field("time_for_body", &self.time_for_body)
            .field("time_for_answer", &self.time_for_answer)
            .field("faults", &self.faults)
            .field("observer", &self.observer.is_some())
            .finish()
    }
}
