//! A clock and executor with virtual time: time advances only when every task waits.

use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use plivo::clock::{Clock, Sleep};

/// A future to run in virtual time.
pub(crate) type Task<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Sunday, 6 November 1994, 08:49:37 GMT: the wall-clock time at which virtual time starts.
const START: Duration = Duration::from_secs(784_111_777);

/// Clones share the same time.
#[derive(Clone)]
pub(crate) struct VirtualTime(Arc<Mutex<Timeline>>);

struct Timeline {
    now: Duration,
    timers: BTreeMap<(Duration, u64), Waker>,
    last_timer: u64,
    random: fastrand::Rng,
}

impl VirtualTime {
    pub(crate) fn new(seed: u64) -> Self {
        let random = fastrand::Rng::with_seed(seed);
        let timeline = Timeline { now: Duration::ZERO, timers: BTreeMap::new(), last_timer: 0, random };
        Self(Arc::new(Mutex::new(timeline)))
    }

    /// Runs a future to completion.
    pub(crate) fn run<F: IntoFuture>(&self, future: F) -> F::Output {
        let mut output = None;
        let future = future.into_future();
        self.run_all(vec![Box::pin(async { output = Some(future.await) })]);
        output.expect("the future has completed")
    }

    /// Polls a future for a duration, and then drops it. Returns its output if it has completed.
    pub(crate) async fn drop_after<F: Future + Unpin>(&self, duration: Duration, mut future: F) -> Option<F::Output> {
        let mut timer = self.sleep(duration);
        poll_fn(|context| match Pin::new(&mut future).poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => timer.as_mut().poll(context).map(|()| None),
        })
        .await
    }

    /// Runs tasks concurrently until all have completed.
    pub(crate) fn run_all(&self, tasks: Vec<Task<'_>>) {
        let mut tasks: Vec<_> = tasks.into_iter().map(Some).collect();
        let ready: Ready = Arc::new(Mutex::new((0..tasks.len()).collect()));
        while tasks.iter().any(Option::is_some) {
            while let Some(index) = next(&ready) {
                let waker = Waker::from(Arc::new(TaskWaker { index, ready: Arc::clone(&ready) }));
                let Some(task) = &mut tasks[index] else { continue };
                if task.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
                    tasks[index] = None;
                }
            }
            if tasks.iter().any(Option::is_some) {
                self.advance();
            }
        }
    }

    /// Moves to the next timer and wakes its task.
    fn advance(&self) {
        let mut timeline = self.lock();
        let ((at, _), waker) = timeline.timers.pop_first().expect("a task waits, but no timer is set");
        timeline.now = at;
        drop(timeline);
        waker.wake();
    }

    fn lock(&self) -> MutexGuard<'_, Timeline> {
        self.0.lock().expect("no test panics while it holds the lock")
    }
}

impl Clock for VirtualTime {
    fn now(&self) -> Duration {
        self.lock().now
    }

    fn since_1970(&self) -> Duration {
        START + self.now()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let mut timeline = self.lock();
        timeline.last_timer += 1;
        let key = (timeline.now.saturating_add(duration), timeline.last_timer);
        Box::pin(Timer { time: self.clone(), key })
    }

    fn random(&self) -> f64 {
        self.lock().random.f64()
    }
}

/// The indexes of the tasks to poll, in order.
type Ready = Arc<Mutex<VecDeque<usize>>>;

fn next(ready: &Ready) -> Option<usize> {
    ready.lock().expect("no test panics while it holds the lock").pop_front()
}

struct TaskWaker {
    index: usize,
    ready: Ready,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.ready.lock().expect("no test panics while it holds the lock").push_back(self.index);
    }
}

struct Timer {
    time: VirtualTime,
    key: (Duration, u64),
}

impl Future for Timer {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut timeline = self.time.lock();
        if timeline.now >= self.key.0 {
            return Poll::Ready(());
        }
        let replaced = timeline.timers.insert(self.key, context.waker().clone());
        drop(timeline);
        drop(replaced);
        Poll::Pending
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        // A waker may use the clock while it is dropped.
        let removed = self.time.lock().timers.remove(&self.key);
        drop(removed);
    }
}
