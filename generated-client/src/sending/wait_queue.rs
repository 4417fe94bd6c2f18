//! The queue of requests that wait for the rate limiter, in the order of arrival.
//!
//! A place in the queue is kept by polling. Each poll announces the next one, and a request that is late for it is
//! passed by the others, because its task holds the call without polling it. When it polls again, it has its place again.

use std::collections::BTreeMap;
use std::task::Waker;
use std::time::Duration;

use super::in_flight::GRACE;

/// The minimum time between two polls of a waiting request.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// The minimum number of waiting requests that share a second: all of them together poll at most 1000 times in it.
const INTERVAL_PER_REQUEST: Duration = Duration::from_millis(1);

/// The waiting requests by ticket.
#[derive(Default)]
pub(super) struct WaitQueue {
    waiters: BTreeMap<u64, Waiter>,
    next_ticket: u64,
}

struct Waiter {
    deadline: Duration,
    waker: Waker,
    /// The time of the next poll.
    due: Duration,
}

impl Waiter {
    fn is_present(&self, now: Duration) -> bool {
        now < self.due.saturating_add(GRACE)
    }
}

impl WaitQueue {
    /// Appends a request, which polls at once.
    pub(super) fn push(&mut self, now: Duration, deadline: Duration) -> u64 {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.waiters.insert(ticket, Waiter { deadline, waker: Waker::noop().clone(), due: now });
        ticket
    }

    /// Whether all requests in the queue are late for their poll.
    pub(super) fn is_idle(&self, now: Duration) -> bool {
        self.is_first(u64::MAX, now)
    }

    /// Whether all requests before this one are late for their poll.
    pub(super) fn is_first(&self, ticket: u64, now: Duration) -> bool {
        !self.waiters.range(..ticket).any(|(_, waiter)| waiter.is_present(now))
    }

    /// The number of requests that are not late for their poll.
    pub(super) fn present(&self, now: Duration) -> usize {
        self.waiters.values().filter(|waiter| waiter.is_present(now)).count()
    }

    pub(super) fn len(&self) -> usize {
        self.waiters.len()
    }

    /// The deadline of a request. `None` if it was removed.
    pub(super) fn deadline(&self, ticket: u64) -> Option<Duration> {
        self.waiters.get(&ticket).map(|waiter| waiter.deadline)
    }

    /// Announces the next poll of a request.
    pub(super) fn announce(&mut self, ticket: u64, due: Duration, waker: &Waker) {
        if let Some(waiter) = self.waiters.get_mut(&ticket) {
            waiter.due = due;
            waiter.waker.clone_from(waker);
        }
    }

    /// The time after which a request polls that nobody wakes.
    pub(super) fn poll_interval(&self) -> Duration {
        let requests = u32::try_from(self.waiters.len()).unwrap_or(u32::MAX);
        INTERVAL_PER_REQUEST.saturating_mul(requests).max(POLL_INTERVAL)
    }

    /// Returns the waker of the first request that is not late, and expects its poll now.
    pub(super) fn call_first(&mut self, now: Duration) -> Option<Waker> {
        let first = self.waiters.values_mut().find(|waiter| waiter.is_present(now))?;
        first.due = first.due.min(now);
        Some(first.waker.clone())
    }

    pub(super) fn remove(&mut self, ticket: u64) {
        self.waiters.remove(&ticket);
    }

    /// Removes the requests whose deadline is not after their start, which depends on the number of requests before
    /// them. Returns their wakers.
    pub(super) fn remove_late(&mut self, now: Duration, start: impl Fn(usize) -> Duration) -> Vec<Waker> {
        let (mut ahead, mut removed) = (0, Vec::new());
        self.waiters.retain(|_, waiter| {
            let stays = start(ahead) < waiter.deadline;
            if !stays {
                removed.push(waiter.waker.clone());
            } else if waiter.is_present(now) {
                ahead += 1;
            }
            stays
        });
        removed
    }
}
