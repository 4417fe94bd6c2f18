//! The state for sending that all clones of a client share.

use std::sync::Arc;

use super::rate_limiter::RateLimiter;
use super::retry_budget::RetryBudget;
use crate::clock::Clock;
use crate::transport::Transport;

/// The transport, the clock, the rate limiter and the retry budget.
pub(crate) struct Network {
    pub(crate) transport: Arc<dyn Transport>,
    /// Whether the transport needs a tokio runtime.
    pub(crate) needs_runtime: bool,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) limiter: RateLimiter,
    pub(crate) budget: RetryBudget,
}
