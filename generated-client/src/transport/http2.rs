//! What HTTP/2 adds: pings that find dead connections, and errors that say whether the server processed a request.

use std::error::Error as _;
use std::time::Duration;

use reqwest::ClientBuilder;

/// Checks connections, also while no request uses them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pings {
    /// The time between two pings.
    pub(crate) interval: Duration,
    /// The maximum time until the server answers a ping. After that, the connection is closed.
    pub(crate) timeout: Duration,
}

impl Default for Pings {
    /// A dead connection is closed after at most 15 seconds, so that a call over it fails before the timeout of its
    /// attempt, and is sent again over another connection if that is safe.
    fn default() -> Self {
        Self { interval: Duration::from_secs(10), timeout: Duration::from_secs(5) }
    }
}

impl Pings {
    /// Whether HTTP/2 can do this.
    pub(crate) fn are_possible(self) -> bool {
        !self.interval.is_zero() && !self.timeout.is_zero()
    }

    /// Adds the pings to a client of the HTTP library.
    pub(super) fn add_to(self, builder: ClientBuilder) -> ClientBuilder {
        builder
            .http2_keep_alive_interval(self.interval)
            .http2_keep_alive_timeout(self.timeout)
            .http2_keep_alive_while_idle(true)
    }
}

/// Whether the server did not process the request.
///
/// HTTP/2 guarantees this for a stream that was reset with `REFUSED_STREAM`, and for all streams above the last one of a
/// GOAWAY frame (RFC 9113, section 8.7). `h2` reports a GOAWAY of the server for these streams only. The other streams
/// stay open, and end with an error of the connection.
pub(super) fn is_unprocessed(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<h2::Error>() {
            let is_refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
            return error.is_remote() && (error.is_go_away() || is_refused);
        }
        cause = error.source();
    }
    false
}
