//! The rate limiter, which all clones of a client share.
//!
//! Plivo documents at most 300 requests in 5 seconds, and 100 at the same time. Requests that must wait are queued and
//! start in order.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use super::in_flight::{InFlight, Slot};
use super::sliding_window::SlidingWindow;
use super::wait_queue::WaitQueue;
use crate::clock::Clock;
use crate::transport::{TransportError, TransportFuture, TransportResponse};

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
pub(crate) struct RateLimiter {
    state: Mutex<LimiterState>,
}

struct LimiterState {
    window: Option<SlidingWindow>,
    in_flight: InFlight,
    /// The end of the pause that the server requested.
    paused_until: Duration,
    queue: WaitQueue,
}

/// The request cannot start before its deadline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeadlineExceeded {
    /// The time until the request could start, if it is known.
    pub(crate) wait: Option<Duration>,
}

/// The permit for one request in flight. Dropping it drops the request and returns the permit.
pub(crate) struct Permit<'a> {
    limiter: &'a RateLimiter,
    clock: &'a dyn Clock,
    id: u64,
    slot: Arc<Slot>,
}

/// A ticket in the queue. Dropping it leaves the queue.
struct QueueTicket<'a> {
    limiter: &'a RateLimiter,
    clock: &'a dyn Clock,
    ticket: u64,
}

/// The next step of a request in the queue.
enum Turn<'a> {
    /// Start, after the request of another call was dropped if there is one.
    Start(Permit<'a>, Option<TransportFuture<'static>>),
    /// Poll again after this time, or when another request wakes this one.
    Sleep(Duration),
    Fail(DeadlineExceeded),
}

impl RateLimiter {
    pub(crate) fn new(limits: RateLimits) -> Self {
        let state = LimiterState {
            window: limits.rate.map(|(size, period)| SlidingWindow::new(size, period)),
            in_flight: InFlight::new(limits.in_flight.unwrap_or(usize::MAX)),
            paused_until: Duration::ZERO,
            queue: WaitQueue::default(),
        };
        Self { state: Mutex::new(state) }
    }

    /// Waits for a permit. Fails immediately if the request cannot start before the deadline.
    ///
    /// The duration of the requests in flight is not known, so the caller must enforce the deadline while this waits.
    pub(crate) async fn acquire<'a>(
        &'a self,
        clock: &'a dyn Clock,
        deadline: Duration,
    ) -> Result<Permit<'a>, DeadlineExceeded> {
        if let Some(permit) = self.try_acquire(clock, deadline) {
            return Ok(permit);
        }
        let ticket = self.enqueue(clock, deadline)?;
        let mut timer = None;
        let turn = poll_fn(|context| {
            let time = match ticket.turn(context.waker()) {
                Turn::Start(permit, _dropped) => return Poll::Ready(Ok(permit)),
                Turn::Fail(exceeded) => return Poll::Ready(Err(exceeded)),
                Turn::Sleep(time) => time,
            };
            // A new timer replaces the old one, so that the task is woken for the next step only.
            if timer.insert(clock.sleep(time)).as_mut().poll(context).is_ready() {
                context.waker().wake_by_ref();
            }
            Poll::Pending
        });
        turn.await
    }

    /// Lets no request start for this time. Waiting requests whose deadline is earlier fail immediately.
    pub(crate) fn pause(&self, now: Duration, time: Duration) {
        let mut state = self.lock();
        state.paused_until = state.paused_until.max(now.saturating_add(time));
        let mut woken = state.remove_late(now);
        // Another request may be the first in the queue now.
        woken.extend(state.queue.call_first(now));
        drop(state);
        woken.into_iter().for_each(Waker::wake);
    }

    /// Fast path: starts immediately if there is capacity and no request waits for it.
    fn try_acquire<'a>(&'a self, clock: &'a dyn Clock, deadline: Duration) -> Option<Permit<'a>> {
        let now = clock.now();
        let mut state = self.lock();
        let has_room = state.queue.is_idle(now)
            && !state.in_flight.is_full()
            && now < deadline
            && state.earliest_start(0, now) <= now;
        has_room.then(|| Permit::start(&mut state, self, clock, now))
    }

    fn enqueue<'a>(&'a self, clock: &'a dyn Clock, deadline: Duration) -> Result<QueueTicket<'a>, DeadlineExceeded> {
        let now = clock.now();
        let mut state = self.lock();
        let mut at = state.earliest_start(state.queue.len(), now);
        if at >= deadline {
            // Only now it matters how many of the requests are passed.
            at = state.earliest_start(state.queue.present(now), now);
        }
        if at >= deadline {
            return Err(DeadlineExceeded { wait: Some(at - now) });
        }
        let ticket = state.queue.push(now, deadline);
        Ok(QueueTicket { limiter: self, clock, ticket })
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

    /// Whether a request can start now, after another one is dropped if that is overdue.
    fn has_room(&self, now: Duration) -> bool {
        self.earliest_start(0, now) <= now && (!self.in_flight.is_full() || self.in_flight.has_overdue(now))
    }

    /// Removes the requests that cannot start before their deadline. Returns their wakers.
    fn remove_late(&mut self, now: Duration) -> Vec<Waker> {
        let floor = now.max(self.paused_until);
        self.queue.remove_late(now, |ahead| earliest_start(self.window.as_ref(), ahead, floor))
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
    fn turn(&self, waker: &Waker) -> Turn<'a> {
        // The clock and the waker are foreign code.
        let (now, random, waker) = (self.clock.now(), self.clock.random(), waker.clone());
        let mut state = self.limiter.lock();
        let turn = self.next_turn(&mut state, now, random);
        let mut called = None;
        let replaced = match turn {
            Turn::Sleep(time) => {
                let replaced = state.queue.announce(self.ticket, now.saturating_add(time), waker);
                // If this is not the first, the first may be late for its turn.
                called = if state.has_room(now) { state.queue.call_first(now) } else { None };
                replaced
            }
            Turn::Start(..) | Turn::Fail(_) => Some(waker),
        };
        drop(state);
        drop(replaced);
        wake(called);
        turn
    }

    fn next_turn(&self, state: &mut LimiterState, now: Duration, random: f64) -> Turn<'a> {
        let wait = state.earliest_start(0, now) - now;
        let Some(deadline) = state.queue.arrive(self.ticket, now) else {
            let at = state.earliest_start(state.queue.present(now), now);
            return Turn::Fail(DeadlineExceeded { wait: Some(at - now) });
        };
        if !state.queue.is_first(self.ticket, now) {
            return Turn::Sleep(wait.saturating_add(state.queue.poll_interval(random)));
        }
        let is_full = state.in_flight.is_full();
        if now.saturating_add(wait) >= deadline {
            // Nobody knows when a request in flight ends.
            return Turn::Fail(DeadlineExceeded { wait: (!is_full).then_some(wait) });
        }
        if !wait.is_zero() {
            return Turn::Sleep(wait);
        }
        let overdue = if is_full { state.in_flight.take_overdue(now) } else { None };
        if is_full && overdue.is_none() {
            return Turn::Sleep(state.queue.poll_interval(random));
        }
        // Dropping the ticket wakes the next request.
        Turn::Start(Permit::start(state, self.limiter, self.clock, now), overdue)
    }
}

impl Drop for QueueTicket<'_> {
    fn drop(&mut self) {
        let now = self.clock.now();
        let mut state = self.limiter.lock();
        let removed = state.queue.remove(self.ticket);
        // This ticket may have been the first, or have been passed after its turn began. To wake a request in vain is cheap.
        let next = state.queue.call_first(now);
        drop(state);
        drop(removed);
        wake(next);
    }
}

impl<'a> Permit<'a> {
    fn start(state: &mut LimiterState, limiter: &'a RateLimiter, clock: &'a dyn Clock, now: Duration) -> Self {
        if let Some(window) = &mut state.window {
            window.start(now);
        }
        let (id, slot) = state.in_flight.add();
        Self { limiter, clock, id, slot }
    }

    /// Sends a request. If the call is not polled after `end`, another one may drop the request and take the permit.
    /// The request has then timed out.
    pub(crate) async fn send(
        &self,
        sending: TransportFuture<'static>,
        end: Duration,
    ) -> Result<TransportResponse, TransportError> {
        self.slot.send(sending, end).await
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        // The request ends before the next one starts.
        self.slot.clear();
        let now = self.clock.now();
        let mut state = self.limiter.lock();
        state.in_flight.remove(self.id);
        let next = state.queue.call_first(now);
        drop(state);
        wake(next);
    }
}
