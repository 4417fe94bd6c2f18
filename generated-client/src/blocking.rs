//! The same client for programs without an executor: where async code says `.await`, this says `.wait()`.
//!
//! ```no_run
//! # fn run() -> Result<(), plivo::Error> {
//! let client = plivo::blocking::Client::from_env()?;
//!
//! # #[cfg(feature = "profile")]
//! let profile = client.profile().get("201faedc-7df9-4840-9ab1-3997ce3f7cf4").wait()?;
//! # #[cfg(feature = "profile")]
//! for profile in client.profile().list().items() {
//!     println!("{}", profile?.profile_uuid);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Everything else is as [`plivo::Client`](crate::Client) has it: the same requests, options, limits and errors.
//! Settings are made there: `plivo::Client::builder()` .. `.build()?.blocking()?`. All clones of a client share one
//! thread of their own, on which connections live; the work of a call is done by the thread that waits for it.
//! Waiting inside of async code blocks the thread of the executor, as every wait does. This module needs the
//! feature `blocking`.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{self, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime;

use crate::client::Caller;
use crate::client::Sealed;
use crate::codec::Request;
use crate::codec::decode::Answer;
use crate::engine::Context;
use crate::error::Error;
use crate::schema::Method;

/// A call that gives a [`Response<T>`](crate::Response) when it is [waited](crate::Pending::wait) for.
pub type Pending<T> = crate::Pending<T, Arc<Runtime>>;

/// The pages of a list, one call after the other: an iterator.
pub type Pages<R> = crate::Pages<R, Client>;

/// The items of a list, page after page: an iterator.
pub type Items<R> = crate::Items<R, Client>;

/// Calls Plivo on behalf of one account, and waits.
///
/// A clone is cheap, and shares everything with the original that clones of a [`plivo::Client`](crate::Client) share.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Arc<Runtime>,
}

impl Client {
    /// A client for an account, with everything else as it is by default.
    ///
    /// # Errors
    ///
    /// As [`plivo::Client::new`](crate::Client::new), and when no thread can be started.
    pub fn new(auth_id: impl Into<String>, auth_token: impl Into<String>) -> Result<Self, Error> {
        crate::Client::new(auth_id, auth_token)?.blocking()
    }

    /// A client for the account in the variables `PLIVO_AUTH_ID` and `PLIVO_AUTH_TOKEN` of the environment.
    ///
    /// # Errors
    ///
    /// As [`plivo::Client::from_env`](crate::Client::from_env), and when no thread can be started.
    pub fn from_env() -> Result<Self, Error> {
        crate::Client::from_env()?.blocking()
    }

    /// Sends a request that was made as a value. Nothing happens until the call is waited for.
    pub fn send<R: Request>(&self, request: R) -> Pending<R::Answer> {
        Pending::new(self, request)
    }

    /// Calls an endpoint that this crate does not know yet, as [`plivo::Client::request`](crate::Client::request) does.
    pub fn request(&self, method: Method, path: &'static str) -> Pending<serde_json::Value> {
        Pending::undescribed(self, method, path)
    }
}

impl Caller for Client {
    type Runtime = Arc<Runtime>;

    fn runtime(&self) -> Arc<Runtime> {
        Arc::clone(&self.runtime)
    }
}

impl Sealed for Client {
    fn context(&self) -> &Arc<Context> {
        self.client.context()
    }
}

impl crate::Client {
    /// Returns the same client for code that waits instead of awaiting.
    ///
    /// # Errors
    ///
    /// If its thread cannot be started.
    pub fn blocking(self) -> Result<Client, Error> {
        Ok(Client { client: self, runtime: Arc::new(Runtime::start()?) })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("blocking::Client").field(&self.client).finish()
    }
}

impl<T: Answer> Pending<T> {
    /// Sends the request, and waits for the answer.
    ///
    /// # Errors
    ///
    /// When the call gives no answer.
    pub fn wait(mut self) -> Result<crate::Response<T>, Error> {
        let runtime = Arc::clone(&self.runtime);
        runtime.wait(poll_fn(|context| self.poll_answer(context)))
    }
}

/// Where connections and timers live: a thread of their own.
#[doc(hidden)]
#[derive(Debug)]
pub struct Runtime {
    /// Always there until it is dropped.
    inner: Option<runtime::Runtime>,
}

impl Runtime {
    fn start() -> Result<Self, Error> {
        let mut builder = runtime::Builder::new_multi_thread();
        let inner = builder.worker_threads(1).thread_name("plivo").enable_all().build();
        let inner = inner.map_err(|error| Error::config_because("no thread can be started", error))?;
        Ok(Self { inner: Some(inner) })
    }

    /// Does the work on the thread of the caller.
    ///
    /// The runtime's own way of waiting would panic inside of async code.
    pub(crate) fn wait<F: Future>(&self, work: F) -> F::Output {
        let _entered = self.inner.as_ref().map(runtime::Runtime::enter);
        let unpark = Arc::new(Unpark { thread: thread::current(), is_woken: AtomicBool::new(false) });
        let waker = Waker::from(Arc::clone(&unpark));
        let mut work = pin!(work);
        loop {
            if let Poll::Ready(output) = work.as_mut().poll(&mut task::Context::from_waker(&waker)) {
                return output;
            }
            unpark.wait();
        }
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        // Waiting for the thread to end would panic inside of async code.
        if let Some(runtime) = self.inner.take() {
            runtime.shutdown_background();
        }
    }
}

/// Wakes a thread. That it was woken is kept here, since whatever else waits on the thread may have taken the signal.
struct Unpark {
    thread: Thread,
    is_woken: AtomicBool,
}

impl Unpark {
    fn wait(&self) {
        while !self.is_woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
