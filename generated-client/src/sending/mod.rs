//! Sending: the rate limit, the attempts and retries of a request, and its deadline.

mod http_date;
mod in_flight;
mod network;
mod rate_limiter;
mod retry;
mod retry_after;
mod retry_budget;
mod retry_loop;
mod sliding_window;
mod wait_queue;

pub(crate) use self::network::Network;
pub(crate) use self::rate_limiter::{RateLimiter, RateLimits};
pub(crate) use self::retry::MAX_RETRIES;
pub(crate) use self::retry_budget::RetryBudget;
pub(crate) use self::retry_loop::RetryLoop;
