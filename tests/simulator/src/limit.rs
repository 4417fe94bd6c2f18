//! How many requests an account may start.

use crate::options::Limit;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Counts the requests of each account in a window that slides: in no stretch of time of its length
/// are there more than allowed. A request that is refused does not count.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    accounts: Mutex<HashMap<String, VecDeque<Instant>>>,
}

impl Limiter {
    /// Counts a request, or says how long to wait before the next one.
    pub(crate) fn start(&self, limit: Limit, account: &str, now: Instant) -> Result<(), Duration> {
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |start: &Instant| now.saturating_duration_since(*start) >= limit.window;
        if !accounts.contains_key(account) {
            // Whoever has not called for a while is forgotten.
            accounts.retain(|_, starts| starts.back().is_some_and(|last| !is_over(last)));
        }
        let starts = accounts.entry(account.to_owned()).or_default();
        while starts.front().is_some_and(is_over) {
            starts.pop_front();
        }
        if starts.len() < limit.requests {
            starts.push_back(now);
            return Ok(());
        }
        let oldest = starts.front().copied().unwrap_or(now);
        Err(limit.window.saturating_sub(now.saturating_duration_since(oldest)))
    }

    /// Forgets all requests.
    pub(crate) fn clear(&self) {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::Limiter;
    use crate::options::Limit;
    use std::time::Duration;
    use tokio::time::Instant;

    #[test]
    fn the_window_slides() {
        let (limiter, limit, begin) = (Limiter::default(), Limit::usual(), Instant::now());
        let start = |milliseconds| limiter.start(limit, "MA1", begin + Duration::from_millis(milliseconds));
        for number in 0..300 {
            assert_eq!(start(number * 10), Ok(()));
        }
        assert_eq!(start(4_000), Err(Duration::from_secs(1)), "a refused one does not count");
        assert_eq!(start(4_999), Err(Duration::from_millis(1)));
        // The first has left the window, the second is still in it.
        assert_eq!(start(5_000), Ok(()));
        assert_eq!(start(5_000), Err(Duration::from_millis(10)));
        assert_eq!(start(60_000), Ok(()));
    }

    #[test]
    fn accounts_are_counted_apart_and_forgotten() {
        let (limiter, begin) = (Limiter::default(), Instant::now());
        let limit = Limit { requests: 1, window: Duration::from_secs(5) };
        for number in 0..100 {
            let account = format!("MA{number}");
            assert_eq!(limiter.start(limit, &account, begin), Ok(()));
            assert!(limiter.start(limit, &account, begin).is_err());
        }
        assert_eq!(limiter.start(limit, "MA", begin + limit.window), Ok(()));
        assert_eq!(limiter.accounts.lock().map(|accounts| accounts.len()).ok(), Some(1));
    }

    #[test]
    fn a_limit_of_nothing_lets_nobody_in() {
        let limit = Limit { requests: 0, window: Duration::from_secs(5) };
        assert_eq!(Limiter::default().start(limit, "MA", Instant::now()), Err(limit.window));
    }
}
