//! The rate limiter, which all clones of a client share.
//!
//! Plivo documents at most 300 requests in 5 seconds, and 100 at the same time. Requests that must wait are queued and
//! start in order.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use super::sliding_window::SlidingWindow;
use crate::clock::Clock;

/// The limits. `None` means no limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RateLimits {
    /// The maximum number of starts in any period, and the period.
    pub(crate) rate: Option<(usize, Duration)>,
    /// The maximum number of requests at the same time.
    pub(crate) in_flight: Option<usize>,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self { rate: Some((300, Duration::from_secs(5))), in_flight: Some(100) }
    }
}

/// The rate limiter of one account, with the queue of waiting requests.
#[derive(Debug)]
pub(crate) struct RateLimiter {
    state: Mutex<LimiterState>,
}

#[derive(Debug)]
struct LimiterState {
    window: Option<SlidingWindow>,
    /// The number of requests that may still start before the maximum in flight is reached.
    available: usize,
    /// The end of the pause that the server requested.
    paused_until: Duration,
    /// The waiting requests by ticket, in the order of arrival.
    queue: BTreeMap<u64, Waiter>,
    next_ticket: u64,
}

#[derive(Debug)]
struct Waiter {
    deadline: Duration,
    waker: Waker,
}

/// The request cannot start before its deadline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeadlineExceeded {
    /// The time until the request could start, if it is known.
    pub(crate) wait: Option<Duration>,
}

/// The permit for one request in flight. Dropping it returns the permit.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    limiter: &'a RateLimiter,
}

/// A ticket in the queue. Dropping it leaves the queue.
struct QueueTicket<'a> {
    limiter: &'a RateLimiter,
    ticket: u64,
}

/// The next step of a request in the queue.
enum Turn<'a> {
    Start(Permit<'a>),
    /// Wait until another request wakes this one.
    Wait,
    /// Wait for the window, or for the end of a pause.
    Sleep(Duration),
    Fail(DeadlineExceeded),
}

impl RateLimiter {
    pub(crate) fn new(limits: RateLimits) -> Self {
        let state = LimiterState {
            window: limits.rate.map(|(size, period)| SlidingWindow::new(size, period)),
            available: limits.in_flight.unwrap_or(usize::MAX),
            paused_until: Duration::ZERO,
            queue: BTreeMap::new(),
            next_ticket: 0,
        };
        Self { state: Mutex::new(state) }
    }

    /// Waits for a permit. Fails immediately if the request cannot start before the deadline.
    ///
    /// The duration of the requests in flight is not known, so the caller must enforce the deadline while this waits.
    pub(crate) async fn acquire(&self, clock: &dyn Clock, deadline: Duration) -> Result<Permit<'_>, DeadlineExceeded> {
        if let Some(permit) = self.try_acquire(clock.now(), deadline) {
            return Ok(permit);
        }
        let ticket = self.enqueue(clock.now(), deadline)?;
        let mut timer = None;
        let turn = poll_fn(|context| {
            loop {
                let now = clock.now();
                let time = match ticket.turn(now, context.waker()) {
                    Turn::Start(permit) => return Poll::Ready(Ok(permit)),
                    Turn::Fail(exceeded) => return Poll::Ready(Err(exceeded)),
                    Turn::Wait => return Poll::Pending,
                    Turn::Sleep(time) => time,
                };
                // A new timer replaces the old one, so that the task is woken for the next step only.
                if timer.insert(clock.sleep(time)).as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
            }
        });
        turn.await
    }

    /// Lets no request start for this time. Waiting requests whose deadline is earlier fail immediately.
    pub(crate) fn pause(&self, now: Duration, time: Duration) {
        let mut state = self.lock();
        state.paused_until = state.paused_until.max(now.saturating_add(time));
        let mut woken = state.remove_expired(now);
        // Another request may be the first in the queue now.
        woken.extend(state.first_waker());
        drop(state);
        woken.into_iter().for_each(Waker::wake);
    }

    /// Fast path: starts immediately if there is capacity and no request is queued.
    fn try_acquire(&self, now: Duration, deadline: Duration) -> Option<Permit<'_>> {
        let mut state = self.lock();
        let has_room =
            state.queue.is_empty() && state.available > 0 && now < deadline && state.earliest_start(0, now) <= now;
        has_room.then(|| {
            state.start(now);
            Permit { limiter: self }
        })
    }

    fn enqueue(&self, now: Duration, deadline: Duration) -> Result<QueueTicket<'_>, DeadlineExceeded> {
        let mut state = self.lock();
        let at = state.earliest_start(state.queue.len(), now);
        if at >= deadline {
            return Err(DeadlineExceeded { wait: Some(at - now) });
        }
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        // The first call of `turn` sets the real waker.
        state.queue.insert(ticket, Waiter { deadline, waker: Waker::noop().clone() });
        Ok(QueueTicket { limiter: self, ticket })
    }

    /// No foreign code runs while the lock is held, so the state is consistent even after a panic.
    fn lock(&self) -> MutexGuard<'_, LimiterState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LimiterState {
    /// The earliest time at which the window and the pause permit a start that has `ahead` other starts before it.
    fn earliest_start(&self, ahead: usize, now: Duration) -> Duration {
        earliest_start(self.window.as_ref(), ahead, now.max(self.paused_until))
    }

    fn start(&mut self, now: Duration) {
        self.available -= 1;
        if let Some(window) = &mut self.window {
            window.start(now);
        }
    }

    /// Removes the requests that cannot start before their deadline. Returns their wakers.
    fn remove_expired(&mut self, now: Duration) -> Vec<Waker> {
        let floor = now.max(self.paused_until);
        let (mut ahead, mut removed) = (0, Vec::new());
        self.queue.retain(|_, waiter| {
            let stays = earliest_start(self.window.as_ref(), ahead, floor) < waiter.deadline;
            if stays {
                ahead += 1;
            } else {
                removed.push(waiter.waker.clone());
            }
            stays
        });
        removed
    }

    fn is_first(&self, ticket: u64) -> bool {
        self.queue.first_key_value().is_some_and(|(first, _)| *first == ticket)
    }

    fn first_waker(&self) -> Option<Waker> {
        self.queue.first_key_value().map(|(_, waiter)| waiter.waker.clone())
    }
}

fn earliest_start(window: Option<&SlidingWindow>, ahead: usize, floor: Duration) -> Duration {
    window.map_or(floor, |window| window.next_start(ahead, floor))
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl<'a> QueueTicket<'a> {
    fn turn(&self, now: Duration, waker: &Waker) -> Turn<'a> {
        let mut state = self.limiter.lock();
        let behind = state.queue.len();
        let Some(waiter) = state.queue.get_mut(&self.ticket) else {
            return Turn::Fail(DeadlineExceeded { wait: Some(state.earliest_start(behind, now) - now) });
        };
        waiter.waker.clone_from(waker);
        let deadline = waiter.deadline;
        if !state.is_first(self.ticket) || state.available == 0 {
            return Turn::Wait;
        }
        let wait = state.earliest_start(0, now) - now;
        if now.saturating_add(wait) >= deadline {
            return Turn::Fail(DeadlineExceeded { wait: Some(wait) });
        }
        if !wait.is_zero() {
            return Turn::Sleep(wait);
        }
        state.start(now);
        // Dropping the ticket wakes the next request.
        Turn::Start(Permit { limiter: self.limiter })
    }
}

impl Drop for QueueTicket<'_> {
    fn drop(&mut self) {
        let mut state = self.limiter.lock();
        let was_first = state.is_first(self.ticket);
        state.queue.remove(&self.ticket);
        let next = if was_first { state.first_waker() } else { None };
        drop(state);
        wake(next);
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut state = self.limiter.lock();
        state.available += 1;
        let next = state.first_waker();
        drop(state);
        wake(next);
    }
}
