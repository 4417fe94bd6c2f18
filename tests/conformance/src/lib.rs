//! What spec, client and simulator do together, for the tests in `tests/`, and the run that holds them
//! against the official SDKs.

#![forbid(unsafe_code)]

pub mod requests;
pub mod stored;
pub mod witnesses;

/// Why something could not be done.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
