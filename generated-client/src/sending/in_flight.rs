//! The requests in flight.
//!
//! A call that is held without being polled cannot end its attempt at the timeout. Its request stays in flight, so the
//! place becomes free only when another call drops the request.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::task::Poll;
use std::time::Duration;

use crate::transport::{TransportError, TransportFuture, TransportResponse};

/// How late a task may poll after it was woken. Others do not take anything from it before.
pub(super) const GRACE: Duration = Duration::from_millis(100);

/// The permits for requests in flight.
pub(super) struct InFlight {
    /// The maximum number of permits.
    limit: usize,
    slots: BTreeMap<u64, Arc<Slot>>,
    next_id: u64,
}

/// The slot of one permit, which holds its request while it is in flight.
#[derive(Default)]
pub(super) struct Slot(Mutex<Option<Attempt>>);

struct Attempt {
    sending: TransportFuture<'static>,
    /// The end of the attempt's timeout.
    end: Duration,
}

impl Attempt {
    fn is_overdue(&self, now: Duration) -> bool {
        now >= self.end.saturating_add(GRACE)
    }
}

impl InFlight {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, slots: BTreeMap::new(), next_id: 0 }
    }

    pub(super) fn is_full(&self) -> bool {
        self.slots.len() >= self.limit
    }

    /// Adds a permit. Returns its id and its slot.
    pub(super) fn add(&mut self) -> (u64, Arc<Slot>) {
        let (id, slot) = (self.next_id, Arc::<Slot>::default());
        self.next_id += 1;
        self.slots.insert(id, Arc::clone(&slot));
        (id, slot)
    }

    pub(super) fn remove(&mut self, id: u64) {
        self.slots.remove(&id);
    }

    /// Whether [`take_overdue`](Self::take_overdue) would remove a permit.
    pub(super) fn has_overdue(&self, now: Duration) -> bool {
        self.slots.values().any(|slot| slot.is_overdue(now))
    }

    /// Removes the permit of a call that is not polled although the time of its attempt is up. Returns the request,
    /// which must be dropped before another one is sent.
    pub(super) fn take_overdue(&mut self, now: Duration) -> Option<TransportFuture<'static>> {
        let (id, sending) = self.slots.iter().find_map(|(id, slot)| Some((*id, slot.take_overdue(now)?)))?;
        self.slots.remove(&id);
        Some(sending)
    }
}

impl Slot {
    /// Sends a request. It times out if its permit is taken away.
    pub(super) async fn send(
        &self,
        sending: TransportFuture<'static>,
        end: Duration,
    ) -> Result<TransportResponse, TransportError> {
        *self.lock() = Some(Attempt { sending, end });
        poll_fn(|context| {
            let mut slot = self.lock();
            let Some(attempt) = &mut *slot else { return Poll::Ready(Err(TransportError::timed_out())) };
            let polled = attempt.sending.as_mut().poll(context);
            if polled.is_ready() {
                *slot = None;
            }
            polled
        })
        .await
    }

    /// Drops the request.
    pub(super) fn clear(&self) {
        let attempt = self.lock().take();
        drop(attempt);
    }

    fn is_overdue(&self, now: Duration) -> bool {
        self.try_lock().is_some_and(|slot| slot.as_ref().is_some_and(|attempt| attempt.is_overdue(now)))
    }

    fn take_overdue(&self, now: Duration) -> Option<TransportFuture<'static>> {
        let attempt = self.try_lock()?.take_if(|attempt| attempt.is_overdue(now))?;
        Some(attempt.sending)
    }

    /// A slot that is locked is just being polled.
    fn try_lock(&self) -> Option<MutexGuard<'_, Option<Attempt>>> {
        match self.0.try_lock() {
            Ok(slot) => Some(slot),
            Err(TryLockError::Poisoned(slot)) => Some(slot.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Attempt>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
