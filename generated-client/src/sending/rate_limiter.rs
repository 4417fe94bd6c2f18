//! What an account may do, kept by all clones of a client together.
//!
//! Plivo documents 300 requests in 5 seconds and 100 at the same time. Whoever has to wait stands in a queue,
//! so that the first to come is the first to start.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use super::sliding_window::SlidingWindow;
use crate::clock::Clock;

/// What is allowed. None is no limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowed {
    /// So many starts in any such time.
    pub(crate) rate: Option<(usize, Duration)>,
    pub(crate) in_flight: Option<usize>,
}

impl Default for Allowed {
    fn default() -> Self {
        Self { rate: Some((300, Duration::from_secs(5))), in_flight: Some(100) }
    }
}

/// The limiter of one account, and who waits for them.
#[derive(Debug)]
pub(crate) struct RateLimiter {
    state: Mutex<LimiterState>,
}

#[derive(Debug)]
struct LimiterState {
    window: Option<SlidingWindow>,
    /// How many more may be in flight.
    free: usize,
    /// The server asked to wait until then.
    paused_until: Duration,
    /// By the order in which they came.
    queue: BTreeMap<u64, Waiting>,
    next_ticket: u64,
}

#[derive(Debug)]
struct Waiting {
    deadline: Duration,
    waker: Waker,
}

/// The deadline comes before the start.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeadlineExceeded {
    /// How long it is until there will be room, as far as that is known.
    pub(crate) wait: Option<Duration>,
}

/// The right to have one request in flight. It is given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    limiter: &'a RateLimiter,
}

/// A position in the queue. It is given up when this is dropped.
struct QueuePosition<'a> {
    limiter: &'a RateLimiter,
    ticket: u64,
}

/// What comes next for whoever stands in the queue.
enum Turn<'a> {
    Start(Permit<'a>),
    /// To wait until others are done.
    Queue,
    /// To wait for the window, or until a pause is over.
    Sleep(Duration),
    Leave(DeadlineExceeded),
}

impl RateLimiter {
    pub(crate) fn new(allowed: Allowed) -> Self {
        let state = LimiterState {
            window: allowed.rate.map(|(size, period)| SlidingWindow::new(size, period)),
            free: allowed.in_flight.unwrap_or(usize::MAX),
            paused_until: Duration::ZERO,
            queue: BTreeMap::new(),
            next_ticket: 0,
        };
        Self { state: Mutex::new(state) }
    }

    /// Waits for its turn; fails at once if that cannot come before the deadline.
    ///
    /// How long requests in flight take is not known: that they end in time, the caller has to watch.
    pub(crate) async fn acquire(&self, clock: &dyn Clock, deadline: Duration) -> Result<Permit<'_>, DeadlineExceeded> {
        if let Some(permit) = self.try_acquire(clock.now(), deadline) {
            return Ok(permit);
        }
        let position = self.enqueue(clock.now(), deadline)?;
        let mut alarm = None;
        let turn = poll_fn(|context| {
            loop {
                let now = clock.now();
                let time = match position.step(now, context.waker()) {
                    Turn::Start(permit) => return Poll::Ready(Ok(permit)),
                    Turn::Leave(no_room) => return Poll::Ready(Err(no_room)),
                    Turn::Queue => return Poll::Pending,
                    Turn::Sleep(time) => time,
                };
                // It lasts until the next step, and wakes only for that.
                if alarm.insert(clock.sleep(time)).as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
            }
        });
        turn.await
    }

    /// Lets nobody start before then. Who cannot wait so long is told at once.
    pub(crate) fn pause(&self, now: Duration, time: Duration) {
        let mut state = self.lock();
        state.paused_until = state.paused_until.max(now.saturating_add(time));
        let mut woken = state.remove_expired(now);
        // The first in the queue may be another one now.
        woken.extend(state.first_waker());
        drop(state);
        woken.into_iter().for_each(Waker::wake);
    }

    /// The way of everybody as long as there is room, without a queue.
    fn try_acquire(&self, now: Duration, deadline: Duration) -> Option<Permit<'_>> {
        let mut state = self.lock();
        let has_room = state.queue.is_empty() && state.free > 0 && now < deadline && state.next(0, now) <= now;
        has_room.then(|| {
            state.start(now);
            Permit { limiter: self }
        })
    }

    fn enqueue(&self, now: Duration, deadline: Duration) -> Result<QueuePosition<'_>, DeadlineExceeded> {
        let mut state = self.lock();
        let at = state.next(state.queue.len(), now);
        if at >= deadline {
            return Err(DeadlineExceeded { wait: Some(at - now) });
        }
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        // The first step, which follows, leaves the right one.
        state.queue.insert(ticket, Waiting { deadline, waker: Waker::noop().clone() });
        Ok(QueuePosition { limiter: self, ticket })
    }

    /// No code of others runs while the lock is held, so what it guards is whole even after a panic.
    fn lock(&self) -> MutexGuard<'_, LimiterState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LimiterState {
    /// When the window and the pause let a request start, behind so many others.
    fn next(&self, ahead: usize, now: Duration) -> Duration {
        next(self.window.as_ref(), ahead, now.max(self.paused_until))
    }

    fn start(&mut self, now: Duration) {
        self.free -= 1;
        if let Some(window) = &mut self.window {
            window.start(now);
        }
    }

    /// Takes those out of the queue whose deadline comes too early. Gives whom to tell.
    fn remove_expired(&mut self, now: Duration) -> Vec<Waker> {
        let floor = now.max(self.paused_until);
        let (mut ahead, mut removed) = (0, Vec::new());
        self.queue.retain(|_, waiting| {
            let stays = next(self.window.as_ref(), ahead, floor) < waiting.deadline;
            if stays {
                ahead += 1;
            } else {
                removed.push(waiting.waker.clone());
            }
            stays
        });
        removed
    }

    fn is_first(&self, ticket: u64) -> bool {
        self.queue.first_key_value().is_some_and(|(first, _)| *first == ticket)
    }

    fn first_waker(&self) -> Option<Waker> {
        self.queue.first_key_value().map(|(_, waiting)| waiting.waker.clone())
    }
}

fn next(window: Option<&SlidingWindow>, ahead: usize, floor: Duration) -> Duration {
    window.map_or(floor, |window| window.next(ahead, floor))
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl<'a> QueuePosition<'a> {
    fn step(&self, now: Duration, waker: &Waker) -> Turn<'a> {
        let mut state = self.limiter.lock();
        let behind = state.queue.len();
        let Some(waiting) = state.queue.get_mut(&self.ticket) else {
            return Turn::Leave(DeadlineExceeded { wait: Some(state.next(behind, now) - now) });
        };
        waiting.waker.clone_from(waker);
        let deadline = waiting.deadline;
        if !state.is_first(self.ticket) || state.free == 0 {
            return Turn::Queue;
        }
        let wait = state.next(0, now) - now;
        if now.saturating_add(wait) >= deadline {
            return Turn::Leave(DeadlineExceeded { wait: Some(wait) });
        }
        if !wait.is_zero() {
            return Turn::Sleep(wait);
        }
        state.start(now);
        // Dropping the position wakes the next.
        Turn::Start(Permit { limiter: self.limiter })
    }
}

impl Drop for QueuePosition<'_> {
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
        state.free += 1;
        let next = state.first_waker();
        drop(state);
        wake(next);
    }
}
