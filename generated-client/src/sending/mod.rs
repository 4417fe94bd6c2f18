//! When a request is sent: within the limits of the account, again if that does no harm, and before the deadline.

mod http_date;
mod network;
mod rate_limiter;
mod retry;
mod retry_after;
mod retry_budget;
mod retry_loop;
mod sliding_window;

pub(crate) use self::network::Network;
pub(crate) use self::rate_limiter::{Allowed, RateLimiter};
pub(crate) use self::retry::MAX_RETRIES;
pub(crate) use self::retry_budget::RetryBudget;
pub(crate) use self::retry_loop::RetryLoop;
