//! The options that a client sets for all calls and a call may override.

use std::time::Duration;

use crate::sending::MAX_RETRIES;

/// The options of a call.
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

/// What validation does before a request is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Validation {
    /// A request with errors is not sent. Warnings are reported on the response. This is the default.
    #[default]
    Error,
    /// The request is sent in any case. Errors and warnings are reported on the response.
    Warn,
    /// The request is not validated.
    Off,
}
