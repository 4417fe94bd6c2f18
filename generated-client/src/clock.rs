//! Time and chance, passed in so that tests need neither.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

/// What [`Clock::sleep`] gives.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Time and chance.
pub trait Clock: Send + Sync + 'static {
    /// How long ago some moment was that is always the same. It never goes back.
    fn now(&self) -> Duration;

    /// How long ago the year 1970 began, for dates in headers only: it may go back.
    fn since_1970(&self) -> Duration;

    /// Ends after this time.
    fn sleep(&self, time: Duration) -> Sleep;

    /// From 0 to 1, without 1.
    fn random(&self) -> f64;
}

/// Those of the machine. Sleeping needs a runtime of tokio.
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
        // A machine whose clock stands before 1970 knows no dates.
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
    }

    fn sleep(&self, time: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(time))
    }

    fn random(&self) -> f64 {
        fastrand::f64()
    }
}

/// What the work gives, unless this time passes first.
///
/// The work comes before the time: if both are over, it says what it knows. Work that never waits needs no timer.
pub(crate) async fn timeout<T>(clock: &dyn Clock, time: Duration, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut alarm = None;
    poll_fn(|context| {
        if let Poll::Ready(output) = work.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let alarm = alarm.get_or_insert_with(|| clock.sleep(time));
        alarm.as_mut().poll(context).map(|()| None)
    })
    .await
}
