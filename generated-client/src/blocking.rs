//! The blocking client, for programs without async code. Its calls run with `.wait()` instead of `.await`.
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
//! Requests, options, rate limits and errors are the same as those of the async client,
//! [`plivo::Client`](crate::Client). For custom settings, build an async client and convert it:
//! `plivo::Client::builder().credentials(id, token).build()?.blocking()?`.
//!
//! All clones of a client share one background thread for connections and timers. A call runs on the thread that waits
//! for it. Waiting inside async code blocks the thread of the executor. This module needs the feature `blocking`.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{self, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime;

use crate::client::{self, Caller, Deferrable, Deferred, ListRequest, Sealed};
use crate::codec::Request;
use crate::codec::decode::{Answer, Page};
use crate::engine::Context;
use crate::error::Error;
use crate::response::Response;
use crate::schema::{Confirmation, Method};

/// A lazy call. [`wait`](crate::Pending::wait) runs it and returns a [`Response<T>`](crate::Response).
pub type Pending<T> = client::Pending<T, Arc<Runtime>>;

/// The pages of a list, with one call per page: an iterator.
pub type Pages<R> = client::Pages<R, Client>;

/// A search of the blocking client.
pub type Find<R> = client::Find<R, Client>;

/// The items of a list, fetched page by page: an iterator.
pub type Items<R> = client::Items<R, Client>;

/// Calls Plivo on behalf of one account and blocks until the answer arrives.
///
/// A clone is cheap. All clones share the connections, the rate limiter, the retry budget and the background thread.
#[derive(Clone)]
pub struct Client {
    client: client::Client,
    runtime: Arc<Runtime>,
}

impl Client {
    /// Creates a client for an account, with default settings.
    ///
    /// # Errors
    ///
    /// If [`plivo::Client::new`](crate::Client::new) fails, or if the background thread cannot be started.
    pub fn new(auth_id: impl Into<String>, auth_token: impl Into<String>) -> Result<Self, Error> {
        client::Client::new(auth_id, auth_token)?.blocking()
    }

    /// Creates a client for the account in the environment variables `PLIVO_AUTH_ID` and `PLIVO_AUTH_TOKEN`.
    ///
    /// # Errors
    ///
    /// If [`plivo::Client::from_env`](crate::Client::from_env) fails, or if the background thread cannot be started.
    pub fn from_env() -> Result<Self, Error> {
        client::Client::from_env()?.blocking()
    }

    /// Returns a lazy call that sends a request built as a value. Nothing is sent until `.wait()` is called.
    pub fn send<R: Request>(&self, request: R) -> Pending<R::Answer> {
        Pending::new(self, request)
    }

    /// Calls an endpoint that this crate does not know yet, like [`plivo::Client::request`](crate::Client::request).
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

impl client::Client {
    /// Converts this client into a blocking client.
    ///
    /// # Errors
    ///
    /// If the background thread cannot be started.
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
    /// Sends the request and waits for the answer.
    ///
    /// # Errors
    ///
    /// The same errors as the async call; see [`Error`](crate::Error).
    pub fn wait(mut self) -> Result<Response<T>, Error> {
        let runtime = Arc::clone(&self.runtime);
        runtime.wait(poll_fn(|context| self.poll_answer(context)))
    }
}

impl<R: Deferrable> Deferred<R, Client> {
    /// Sends the request and waits for the confirmation.
    ///
    /// # Errors
    ///
    /// The same errors as the async call; see [`Error`](crate::Error).
    pub fn wait(self) -> Result<Response<Confirmation>, Error> {
        self.send().wait()
    }
}

impl<R: ListRequest> Find<R> {
    /// Reads all pages of the list and returns the items that were found.
    ///
    /// # Errors
    ///
    /// The errors of the calls; see [`Error`](crate::Error).
    pub fn wait(mut self) -> Result<Vec<R::Item>, Error> {
        let runtime = self.client().runtime();
        runtime.wait(poll_fn(|context| self.poll_found(context)))
    }
}

impl<R: ListRequest> Iterator for Pages<R> {
    type Item = Result<Response<Page<R::Item, R::Beside>>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let runtime = self.client().runtime();
        runtime.wait(poll_fn(|context| self.poll(context)))
    }
}

impl<R: ListRequest> Iterator for Items<R> {
    type Item = Result<R::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let runtime = self.pages().client().runtime();
        runtime.wait(poll_fn(|context| self.poll(context)))
    }
}

/// The tokio runtime of a blocking client, with one background thread for connections and timers.
#[doc(hidden)]
#[derive(Debug)]
pub struct Runtime {
    /// `None` only while it is dropped.
    inner: Option<runtime::Runtime>,
}

impl Runtime {
    fn start() -> Result<Self, Error> {
        let mut builder = runtime::Builder::new_multi_thread();
        let inner = builder.worker_threads(1).thread_name("plivo").enable_all().build();
        let inner =
            inner.map_err(|error| Error::config_with_source("the background thread cannot be started", error))?;
        Ok(Self { inner: Some(inner) })
    }

    /// Runs a future on the current thread.
    ///
    /// Tokio's `block_on` would panic inside async code.
    pub(crate) fn wait<F: Future>(&self, work: F) -> F::Output {
        let _guard = self.inner.as_ref().map(runtime::Runtime::enter);
        let thread_waker = Arc::new(ThreadWaker { thread: thread::current(), is_woken: AtomicBool::new(false) });
        let waker = Waker::from(Arc::clone(&thread_waker));
        let mut work = pin!(work);
        loop {
            if let Poll::Ready(output) = work.as_mut().poll(&mut task::Context::from_waker(&waker)) {
                return output;
            }
            thread_waker.wait();
        }
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        // Waiting for the thread to end would panic inside async code.
        if let Some(runtime) = self.inner.take() {
            runtime.shutdown_background();
        }
    }
}

/// Unparks a thread. The flag records the wake-up, because other code on the thread may consume the token of `unpark`.
struct ThreadWaker {
    thread: Thread,
    is_woken: AtomicBool,
}

impl ThreadWaker {
    fn wait(&self) {
        while !self.is_woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

impl Wake for ThreadWaker {
    fn wake(self: Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
