//! Limits the requests that an account may start.

use super::error::ApiError;
use http::{StatusCode, header};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// The number of requests that an account may start within a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RateLimit {
    /// The maximum number of requests.
    pub(crate) requests: usize,
    /// The length of the sliding window.
    pub(crate) window: Duration,
}

impl RateLimit {
    /// The rate limit of Plivo.
    pub(crate) fn plivo() -> Self {
        Self { requests: 300, window: Duration::from_secs(5) }
    }

    /// The response to a request that exceeds the limit.
    pub(super) fn exceeded(self, wait: Duration) -> ApiError {
        // Whole seconds, rounded up: a client that waits this long is admitted.
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let allowed = format!("{} requests in {} seconds", self.requests, self.window.as_secs_f64());
        let message = format!("Rate limit exceeded: {allowed}. Retry after {seconds} seconds.");
        ApiError::new(StatusCode::TOO_MANY_REQUESTS, message).with_header(header::RETRY_AFTER, seconds.to_string())
    }
}

/// Counts the requests of each account in a sliding window: no period as long as the window contains more requests
/// than the limit. Rejected requests do not count.
#[derive(Debug, Default)]
pub(super) struct RateLimiter {
    window: Mutex<Window>,
}

/// The requests in the window.
#[derive(Debug, Default)]
struct Window {
    /// The start times of all requests, oldest first.
    starts: VecDeque<(Instant, Arc<str>)>,
    /// The start times by account, oldest first. An account without requests has no entry.
    by_account: HashMap<Arc<str>, VecDeque<Instant>>,
}

impl Window {
    /// Removes expired requests. Each request is removed once, so the cost does not depend on the number of accounts.
    fn remove_expired(&mut self, is_expired: impl Fn(Instant) -> bool) {
        while self.starts.front().is_some_and(|(start, _)| is_expired(*start)) {
            let Some((_, account)) = self.starts.pop_front() else { return };
            if let Entry::Occupied(mut starts) = self.by_account.entry(account) {
                starts.get_mut().pop_front();
                if starts.get().is_empty() {
                    starts.remove();
                }
            }
        }
    }
}

impl RateLimiter {
    /// Counts a request, or returns the time until the next request is admitted.
    pub(super) fn start(&self, limit: RateLimit, account: &str, now: Instant) -> Result<(), Duration> {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        window.remove_expired(|start| now.saturating_duration_since(start) >= limit.window);
        let starts = window.by_account.get(account);
        if starts.map_or(0, VecDeque::len) >= limit.requests {
            let oldest = starts.and_then(VecDeque::front).copied().unwrap_or(now);
            return Err(limit.window.saturating_sub(now.saturating_duration_since(oldest)));
        }
        let account: Arc<str> = account.into();
        window.starts.push_back((now, Arc::clone(&account)));
        window.by_account.entry(account).or_default().push_back(now);
        Ok(())
    }

    /// Removes all requests.
    pub(super) fn clear(&self) {
        *self.window.lock().unwrap_or_else(PoisonError::into_inner) = Window::default();
    }
}

#[cfg(test)]
mod tests {
    use super::{RateLimit, RateLimiter};
    use std::time::Duration;
    use tokio::time::Instant;

    fn account_count(limiter: &RateLimiter) -> usize {
        limiter.window.lock().expect("no panic").by_account.len()
    }

    #[test]
    fn the_window_slides() {
        let (limiter, limit, begin) = (RateLimiter::default(), RateLimit::plivo(), Instant::now());
        let start = |milliseconds| limiter.start(limit, "MA1", begin + Duration::from_millis(milliseconds));
        for number in 0..300 {
            assert_eq!(start(number * 10), Ok(()));
        }
        assert_eq!(start(4_000), Err(Duration::from_secs(1)), "a rejected request does not count");
        assert_eq!(start(4_999), Err(Duration::from_millis(1)));
        // The first request has left the window, the second is still in it.
        assert_eq!(start(5_000), Ok(()));
        assert_eq!(start(5_000), Err(Duration::from_millis(10)));
        assert_eq!(start(60_000), Ok(()));
    }

    #[test]
    fn accounts_are_counted_separately_and_removed() {
        let (limiter, begin) = (RateLimiter::default(), Instant::now());
        let limit = RateLimit { requests: 1, window: Duration::from_secs(5) };
        for number in 0..100 {
            let account = format!("MA{number}");
            assert_eq!(limiter.start(limit, &account, begin), Ok(()));
            assert!(limiter.start(limit, &account, begin).is_err());
        }
        assert_eq!(limiter.start(limit, "MA", begin + limit.window), Ok(()));
        assert_eq!(account_count(&limiter), 1);
    }

    /// A request only pays for the requests that have expired since the previous one, regardless of the number of
    /// accounts.
    #[test]
    fn a_request_of_any_account_removes_expired_requests() {
        let (limiter, begin) = (RateLimiter::default(), Instant::now());
        let limit = RateLimit { requests: 2, window: Duration::from_secs(5) };
        let start = |account: u32, seconds| {
            assert_eq!(limiter.start(limit, &format!("MA{account}"), begin + Duration::from_secs(seconds)), Ok(()));
        };
        (0..100).for_each(|account| start(account, 0));
        (50..100).for_each(|account| start(account, 1));
        assert_eq!(account_count(&limiter), 100);
        start(99, 5);
        assert_eq!(account_count(&limiter), 50);
        start(99, 6);
        assert_eq!(account_count(&limiter), 1);
        limiter.clear();
        assert_eq!(account_count(&limiter), 0);
    }

    #[test]
    fn a_limit_of_zero_rejects_every_request() {
        let limit = RateLimit { requests: 0, window: Duration::from_secs(5) };
        assert_eq!(RateLimiter::default().start(limit, "MA", Instant::now()), Err(limit.window));
    }
}
