//! How many requests an account may start.

use crate::options::Limit;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Counts the requests of each account in a window that slides: in no stretch of time of its length
/// are there more than allowed. A request that is refused does not count.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    starts: Mutex<Starts>,
}

/// The requests that are still in the window.
#[derive(Debug, Default)]
struct Starts {
    /// All of them, oldest first.
    all: VecDeque<(Instant, Arc<str>)>,
    /// The times of each account, oldest first. An account without any is not there.
    accounts: HashMap<Arc<str>, VecDeque<Instant>>,
}

impl Starts {
    /// Forgets what has left the window. Each request is forgotten once, however many accounts there are.
    fn forget(&mut self, is_over: impl Fn(Instant) -> bool) {
        while self.all.front().is_some_and(|(start, _)| is_over(*start)) {
            let Some((_, account)) = self.all.pop_front() else { return };
            if let Entry::Occupied(mut starts) = self.accounts.entry(account) {
                starts.get_mut().pop_front();
                if starts.get().is_empty() {
                    starts.remove();
                }
            }
        }
    }
}

impl Limiter {
    /// Counts a request, or says how long to wait before the next one.
    pub(crate) fn start(&self, limit: Limit, account: &str, now: Instant) -> Result<(), Duration> {
        let mut starts = self.starts.lock().unwrap_or_else(PoisonError::into_inner);
        starts.forget(|start| now.saturating_duration_since(start) >= limit.window);
        let own = starts.accounts.get(account);
        if own.map_or(0, VecDeque::len) >= limit.requests {
            let oldest = own.and_then(VecDeque::front).copied().unwrap_or(now);
            return Err(limit.window.saturating_sub(now.saturating_duration_since(oldest)));
        }
        let account: Arc<str> = account.into();
        starts.all.push_back((now, Arc::clone(&account)));
        starts.accounts.entry(account).or_default().push_back(now);
        Ok(())
    }

    /// Forgets all requests.
    pub(crate) fn clear(&self) {
        *self.starts.lock().unwrap_or_else(PoisonError::into_inner) = Starts::default();
    }
}

#[cfg(test)]
mod tests {
    use super::Limiter;
    use crate::options::Limit;
    use std::time::Duration;
    use tokio::time::Instant;

    fn accounts(limiter: &Limiter) -> usize {
        limiter.starts.lock().expect("no panic").accounts.len()
    }

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
        assert_eq!(accounts(&limiter), 1);
    }

    /// Whoever calls pays for no more than what has left the window since, so that many accounts cost no more than
    /// one.
    #[test]
    fn accounts_are_forgotten_whoever_calls() {
        let (limiter, begin) = (Limiter::default(), Instant::now());
        let limit = Limit { requests: 2, window: Duration::from_secs(5) };
        let start = |account: u32, seconds| {
            assert_eq!(limiter.start(limit, &format!("MA{account}"), begin + Duration::from_secs(seconds)), Ok(()));
        };
        (0..100).for_each(|account| start(account, 0));
        (50..100).for_each(|account| start(account, 1));
        assert_eq!(accounts(&limiter), 100);
        start(99, 5);
        assert_eq!(accounts(&limiter), 50);
        start(99, 6);
        assert_eq!(accounts(&limiter), 1);
        limiter.clear();
        assert_eq!(accounts(&limiter), 0);
    }

    #[test]
    fn a_limit_of_nothing_lets_nobody_in() {
        let limit = Limit { requests: 0, window: Duration::from_secs(5) };
        assert_eq!(Limiter::default().start(limit, "MA", Instant::now()), Err(limit.window));
    }
}
