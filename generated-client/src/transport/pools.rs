//! Connection pools, one for each tokio runtime.
//!
//! A connection belongs to the runtime on which it was made: a task of that runtime reads and writes it. If the runtime
//! idles, as a `current_thread` runtime does outside of `block_on`, a request of another runtime over this connection
//! would wait until its timeout.

use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use reqwest::Client;
use tokio::runtime::{Handle, Id};
use tokio::task::AbortHandle;

use super::error::TransportError;

/// The maximum number of pools. Programs have few runtimes; with more, the oldest pool is dropped.
const MAX_POOLS: usize = 32;

/// Builds the client of one runtime.
type Build = Box<dyn Fn() -> Result<Client, reqwest::Error> + Send + Sync>;

/// The pools of all runtimes that have sent a request.
pub(super) struct Pools {
    build: Build,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// A client without connections, for the next runtime.
    unused: Option<Client>,
    pools: Vec<Pool>,
    last_serial: u64,
}

/// The client of one runtime, with its connections.
struct Pool {
    runtime: Id,
    serial: u64,
    client: Client,
    watcher: Option<AbortHandle>,
}

impl Drop for Pool {
    fn drop(&mut self) {
        if let Some(watcher) = &self.watcher {
            watcher.abort();
        }
    }
}

impl Pools {
    /// Creates the pools. It builds the first client, so that a setting that cannot be used fails here.
    pub(super) fn new(build: Build) -> Result<Arc<Self>, reqwest::Error> {
        let state = State { unused: Some(build()?), ..State::default() };
        Ok(Arc::new(Self { build, state: Mutex::new(state) }))
    }

    /// The client whose connections belong to the current runtime.
    pub(super) fn current(self: &Arc<Self>) -> Result<Client, TransportError> {
        let runtime = current_runtime()?;
        let unused = {
            let mut state = self.lock();
            if let Some(pool) = state.pools.iter().find(|pool| pool.runtime == runtime.id()) {
                return Ok(pool.client.clone());
            }
            state.unused.take()
        };
        let client =
            unused.map_or_else(&self.build, Ok).map_err(|error| TransportError::connect(error.without_url()))?;
        Ok(self.add(&runtime, client))
    }

    /// Adds a pool, unless another task of the runtime was quicker. Returns the client of the pool. Neither a pool is
    /// dropped nor a task is spawned while the state is locked, because both can drop a watcher, which locks the state.
    fn add(self: &Arc<Self>, runtime: &Handle, client: Client) -> Client {
        let (serial, _oldest) = {
            let mut state = self.lock();
            if let Some(pool) = state.pools.iter().find(|pool| pool.runtime == runtime.id()) {
                return pool.client.clone();
            }
            state.last_serial += 1;
            let serial = state.last_serial;
            let oldest = (state.pools.len() >= MAX_POOLS).then(|| state.pools.remove(0));
            state.pools.push(Pool { runtime: runtime.id(), serial, client: client.clone(), watcher: None });
            (serial, oldest)
        };
        let end = EndOfRuntime { pools: Arc::downgrade(self), serial };
        let watcher = runtime.spawn(async move {
            let _end = end;
            pending::<()>().await;
        });
        if let Some(pool) = self.lock().pools.iter_mut().find(|pool| pool.serial == serial) {
            pool.watcher = Some(watcher.abort_handle());
        }
        client
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The runtime on which the caller runs.
pub(crate) fn current_runtime() -> Result<Handle, TransportError> {
    Handle::try_current().map_err(TransportError::no_runtime)
}

/// Drops the pool of a runtime. A task of the runtime holds it, so it is dropped with the runtime.
struct EndOfRuntime {
    pools: Weak<Pools>,
    serial: u64,
}

impl Drop for EndOfRuntime {
    fn drop(&mut self) {
        let Some(pools) = self.pools.upgrade() else { return };
        let mut state = pools.lock();
        let index = state.pools.iter().position(|pool| pool.serial == self.serial);
        let pool = index.map(|index| state.pools.remove(index));
        drop(state);
        drop(pool);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::runtime::{Builder, Runtime};

    use super::super::reqwest_transport::without_certificates;
    use super::*;

    /// The pools, and the number of clients that were built.
    fn pools() -> (Arc<Pools>, Arc<AtomicUsize>) {
        let built = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&built);
        let build = move || {
            counter.fetch_add(1, Ordering::SeqCst);
            without_certificates(Client::builder()).build()
        };
        (Pools::new(Box::new(build)).expect("a client"), built)
    }

    fn runtime() -> Runtime {
        Builder::new_current_thread().build().expect("a runtime")
    }

    fn use_on(runtime: &Runtime, pools: &Arc<Pools>) {
        runtime.block_on(async { pools.current().map(drop) }).expect("a client");
    }

    #[test]
    fn each_runtime_has_its_pool_until_it_ends() {
        let (pools, built) = pools();
        let (first, second) = (runtime(), runtime());
        for runtime in [&first, &second, &first, &second] {
            use_on(runtime, &pools);
        }
        assert_eq!((pools.lock().pools.len(), built.load(Ordering::SeqCst)), (2, 2));
        drop(first);
        assert_eq!(pools.lock().pools.len(), 1);
        drop(second);
        assert_eq!(pools.lock().pools.len(), 0);
    }

    #[test]
    fn tasks_that_start_at_the_same_time_share_a_pool() {
        let (pools, _) = pools();
        let runtime = runtime();
        // Each found no pool and built a client.
        for _ in 0..2 {
            let client = without_certificates(Client::builder()).build();
            pools.add(runtime.handle(), client.expect("a client"));
        }
        assert_eq!(pools.lock().pools.len(), 1);
    }

    #[test]
    fn the_number_of_pools_is_bounded() {
        let (pools, built) = pools();
        let runtimes: Vec<_> = (0..MAX_POOLS + 3).map(|_| runtime()).collect();
        runtimes.iter().for_each(|runtime| use_on(runtime, &pools));
        assert_eq!((pools.lock().pools.len(), built.load(Ordering::SeqCst)), (MAX_POOLS, MAX_POOLS + 3));
        use_on(&runtimes[0], &pools);
        drop(runtimes);
        assert_eq!(pools.lock().pools.len(), 0);
    }

    #[test]
    fn a_dropped_client_leaves_no_task_behind() {
        let runtime = runtime();
        let (pools, _) = pools();
        use_on(&runtime, &pools);
        assert_eq!(runtime.metrics().num_alive_tasks(), 1);
        drop(pools);
        runtime.block_on(tokio::task::yield_now());
        assert_eq!(runtime.metrics().num_alive_tasks(), 0);
    }

    #[test]
    fn a_call_outside_of_a_runtime_is_an_error() {
        let error = pools().0.current().map(drop).expect_err("there is no runtime");
        assert!(
            std::error::Error::source(&error).is_some_and(|source| source.to_string().contains("no reactor running"))
        );
    }
}
