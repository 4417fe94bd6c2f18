//! The clock and the source of randomness. Both are passed in, so that tests control them.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

/// The future that [`Clock::sleep`] returns.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A clock and a source of randomness.
pub trait Clock: Send + Sync + 'static {
    /// The time since a fixed moment. It is monotonic.
    fn now(&self) -> Duration;

    /// The time since the Unix epoch. It is not monotonic, so only dates in headers are compared with it.
    fn since_1970(&self) -> Duration;

    /// Returns a future that completes after this time.
    fn sleep(&self, time: Duration) -> Sleep;

    /// A random number from 0 (inclusive) to 1 (exclusive).
    fn random(&self) -> f64;
}

/// The clock and the random numbers of the system. Sleeping needs a tokio runtime.
#[derive(Debug)]
pub(crate) struct SystemClock {
    start: Instant,
}

impl SystemClock {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn since_1970(&self) -> Duration {
        // A system clock before 1970 is wrong in any case.
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
    }

    fn sleep(&self, time: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(time))
    }

    fn random(&self) -> f64 {
        fastrand::f64()
    }
}

/// Returns the output of a future, or `None` if the time runs out first.
///
/// The future is polled before the timer, so an output that is ready at the deadline is returned. A future that is
/// ready at the first poll needs no timer.
pub(crate) async fn timeout<T>(clock: &dyn Clock, time: Duration, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut timer = None;
    poll_fn(|context| {
        if let Poll::Ready(output) = work.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let timer = timer.get_or_insert_with(|| clock.sleep(time));
        timer.as_mut().poll(context).map(|()| None)
    })
    .await
}
