//! A world with its own time: nothing in it takes time, and time passes only when everybody waits.

use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use plivo::clock::{Clock, Sleep};

/// Something that is done in it.
pub(crate) type Task<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Sunday, 6 November 1994, 08:49:37 GMT: when it begins.
const BEGINNING: Duration = Duration::from_secs(784_111_777);

/// Clones are the same world.
#[derive(Clone)]
pub(crate) struct World(Arc<Mutex<State>>);

struct State {
    now: Duration,
    alarms: BTreeMap<(Duration, u64), Waker>,
    next_alarm: u64,
    random: fastrand::Rng,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let random = fastrand::Rng::with_seed(seed);
        Self(Arc::new(Mutex::new(State { now: Duration::ZERO, alarms: BTreeMap::new(), next_alarm: 0, random })))
    }

    /// Does one thing.
    pub(crate) fn run<F: IntoFuture>(&self, work: F) -> F::Output {
        let mut output = None;
        let work = work.into_future();
        self.run_all(vec![Box::pin(async { output = Some(work.await) })]);
        output.expect("it is done")
    }

    /// Does something for so long, and then drops it.
    pub(crate) async fn abandon<F: Future + Unpin>(&self, time: Duration, mut work: F) -> Option<F::Output> {
        let mut alarm = self.sleep(time);
        poll_fn(|context| match Pin::new(&mut work).poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => alarm.as_mut().poll(context).map(|()| None),
        })
        .await
    }

    /// Does many things at the same time, until all are done.
    pub(crate) fn run_all(&self, tasks: Vec<Task<'_>>) {
        let mut tasks: Vec<_> = tasks.into_iter().map(Some).collect();
        let ready: Ready = Arc::new(Mutex::new((0..tasks.len()).collect()));
        while tasks.iter().any(Option::is_some) {
            while let Some(index) = next(&ready) {
                let waker = Waker::from(Arc::new(Woken { index, ready: Arc::clone(&ready) }));
                let Some(task) = &mut tasks[index] else { continue };
                if task.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
                    tasks[index] = None;
                }
            }
            if tasks.iter().any(Option::is_some) {
                self.pass_time();
            }
        }
    }

    fn pass_time(&self) {
        let mut state = self.lock();
        let ((at, _), waker) = state.alarms.pop_first().expect("somebody waits for what never comes");
        state.now = at;
        drop(state);
        waker.wake();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test panics while it holds this")
    }
}

impl Clock for World {
    fn now(&self) -> Duration {
        self.lock().now
    }

    fn since_1970(&self) -> Duration {
        BEGINNING + self.now()
    }

    fn sleep(&self, time: Duration) -> Sleep {
        let mut state = self.lock();
        state.next_alarm += 1;
        let key = (state.now.saturating_add(time), state.next_alarm);
        Box::pin(Alarm { world: self.clone(), key })
    }

    fn random(&self) -> f64 {
        self.lock().random.f64()
    }
}

/// Whose turn it is.
type Ready = Arc<Mutex<VecDeque<usize>>>;

fn next(ready: &Ready) -> Option<usize> {
    ready.lock().expect("no test panics while it holds this").pop_front()
}

struct Woken {
    index: usize,
    ready: Ready,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.ready.lock().expect("no test panics while it holds this").push_back(self.index);
    }
}

struct Alarm {
    world: World,
    key: (Duration, u64),
}

impl Future for Alarm {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.world.lock();
        if state.now >= self.key.0 {
            return Poll::Ready(());
        }
        state.alarms.insert(self.key, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        self.world.lock().alarms.remove(&self.key);
    }
}
