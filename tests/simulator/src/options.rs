//! What can be chosen when a simulator starts.

use crate::record::Recorded;
use std::fmt;
use std::sync::Arc;

/// Told about each request and the status that it was answered with.
pub(crate) type Observer = Arc<dyn Fn(&Recorded, u16) + Send + Sync>;

/// What can be chosen when a [`Simulator`](crate::Simulator) starts.
#[derive(Clone, Default)]
pub struct Options {
    pub(crate) port: u16,
    pub(crate) seed: u64,
    pub(crate) credentials: Option<(String, String)>,
    pub(crate) observer: Option<Observer>,
}

impl Options {
    /// A free port, any credentials, seed 0.
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

    /// Accepts this account and token only. Without it every id and token that are not empty will do.
    #[must_use]
    pub fn credentials(mut self, id: impl Into<String>, token: impl Into<String>) -> Self {
        self.credentials = Some((id.into(), token.into()));
        self
    }

    /// Calls this with every request and the status of its answer, just before it is answered.
    #[must_use]
    pub fn observer(mut self, observer: impl Fn(&Recorded, u16) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }
}

impl fmt::Debug for Options {
    // Written by hand so that the token is not printed.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("port", &self.port)
            .field("seed", &self.seed)
            .field("credentials", &self.credentials.as_ref().map(|(id, _)| id))
            .field("observer", &self.observer.is_some())
            .finish()
    }
}
