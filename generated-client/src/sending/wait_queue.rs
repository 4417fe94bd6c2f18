//! The queue of requests that wait for the rate limiter, in the order of arrival.
//!
//! A place in the queue is kept by polling. Each poll announces the next one, and a request that is late for it is
//! passed by the others, because its task holds the call without polling it. When it polls again, it has its place again.
//!
//! Wakers are foreign code. The queue neither clones nor drops one: it takes and returns them, so that the rate limiter
//! can drop them after it has unlocked its state.

use std::collections::BTreeMap;
use std::mem;
use std::task::Waker;
use std::time::Duration;

use super::in_flight::GRACE;

/// The minimum time between two polls of a waiting request, on average.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// The time between two polls of a waiting request for each request in the queue: all of them together poll about 1000
/// times in a second.
const INTERVAL_PER_REQUEST: Duration = Duration::from_millis(1);

/// The waiting requests by ticket.
#[derive(Default)]
pub(super) struct WaitQueue {
    waiters: BTreeMap<u64, Waiter>,
    /// The requests that were the first and late for their poll.
    passed: BTreeMap<u64, Waiter>,
    next_ticket: u64,
}

pub(super) struct Waiter {
    deadline: Duration,
    /// Taken when the request is called.
    waker: Option<Waker>,
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
        self.waiters.insert(ticket, Waiter { deadline, waker: None, due: now });
        ticket
    }

    /// Whether all requests in the queue are late for their poll.
    pub(super) fn is_idle(&mut self, now: Duration) -> bool {
        self.pass_late(now);
        self.waiters.is_empty()
    }

    /// Gives a request that polls its place again. Returns its deadline, or `None` if it was removed.
    pub(super) fn arrive(&mut self, ticket: u64, now: Duration) -> Option<Duration> {
        if let Some(waiter) = self.passed.remove(&ticket) {
            self.waiters.insert(ticket, waiter);
        }
        let waiter = self.waiters.get_mut(&ticket)?;
        waiter.due = now;
        Some(waiter.deadline)
    }

    /// Whether all requests before this one are late for their poll.
    pub(super) fn is_first(&mut self, ticket: u64, now: Duration) -> bool {
        self.pass_late(now);
        self.waiters.first_key_value().is_some_and(|(first, _)| *first == ticket)
    }

    /// The number of requests that are not late for their poll.
    pub(super) fn present(&self, now: Duration) -> usize {
        self.waiters.values().filter(|waiter| waiter.is_present(now)).count()
    }

    /// The number of requests that were not passed.
    pub(super) fn len(&self) -> usize {
        self.waiters.len()
    }

    /// Announces the next poll of a request. Returns a waker that is no longer needed.
    pub(super) fn announce(&mut self, ticket: u64, due: Duration, waker: Waker) -> Option<Waker> {
        let Some(waiter) = self.waiters.get_mut(&ticket) else { return Some(waker) };
        waiter.due = due;
        waiter.waker.replace(waker)
    }

    /// The time after which a request polls that nobody wakes. It is random, so that the polls of many requests spread
    /// evenly and one of them soon finds out that the first is late. `random` is from 0 to 1.
    pub(super) fn poll_interval(&self, random: f64) -> Duration {
        let requests = u32::try_from(self.waiters.len()).unwrap_or(u32::MAX);
        let interval = INTERVAL_PER_REQUEST.saturating_mul(requests).max(POLL_INTERVAL);
        interval.mul_f64(0.5 + random.clamp(0.0, 1.0))
    }

    /// Returns the waker of the first request that is not late, and expects its poll now. `None` if the queue is idle or
    /// the request was already called.
    pub(super) fn call_first(&mut self, now: Duration) -> Option<Waker> {
        self.pass_late(now);
        let mut first = self.waiters.first_entry()?;
        let first = first.get_mut();
        first.due = first.due.min(now);
        first.waker.take()
    }

    /// Removes a request.
    pub(super) fn remove(&mut self, ticket: u64) -> Option<Waiter> {
        self.waiters.remove(&ticket).or_else(|| self.passed.remove(&ticket))
    }

    /// Removes the requests whose deadline is not after their start, which depends on the number of requests before
    /// them. Returns their wakers.
    pub(super) fn remove_late(&mut self, now: Duration, start: impl Fn(usize) -> Duration) -> Vec<Waker> {
        // Each has its place, as if it polled now.
        let mut passed = mem::take(&mut self.passed);
        self.waiters.append(&mut passed);
        let (mut ahead, mut removed) = (0, Vec::new());
        self.waiters.retain(|_, waiter| {
            let stays = start(ahead) < waiter.deadline;
            if !stays {
                removed.extend(waiter.waker.take());
            } else if waiter.is_present(now) {
                ahead += 1;
            }
            stays
        });
        removed
    }

    /// Passes the requests that are late, up to the first that is not.
    fn pass_late(&mut self, now: Duration) {
        while let Some(first) = self.waiters.first_entry()
            && !first.get().is_present(now)
        {
            let (ticket, waiter) = first.remove_entry();
            self.passed.insert(ticket, waiter);
        }
    }
}
