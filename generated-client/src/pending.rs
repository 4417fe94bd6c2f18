//! A call: a request on its way, or about to be.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::caller::Caller;
use crate::client::{Client, Validation};
use crate::engine::{self, PendingRequest, Success};
use crate::error::Error;
use crate::response::Response;
use crate::runtime::{Answer, Extra, Method, Nothing, Object, Operation, OperationRef};

/// A call that gives a [`Response<T>`]. It is lazy: nothing is sent until it is awaited.
///
/// It owns everything that it needs, so it can be spawned, joined or kept. Dropping it while it runs
/// leaves open whether the request was executed, as [`Outcome::Unknown`](crate::Outcome::Unknown) does: it
/// takes nothing back that was sent. Its place in the limits of the account is free at once.
///
/// A call of the blocking client is waited for instead.
#[must_use = "a call does nothing until it is awaited"]
pub struct Pending<T, C: Caller = Client> {
    state: State,
    #[cfg_attr(not(feature = "blocking"), expect(dead_code, reason = "only the blocking client waits on it"))]
    pub(crate) runtime: C::Runtime,
    answer: PhantomData<fn() -> T>,
}

enum State {
    Waiting(Box<PendingRequest>),
    Running(Pin<Box<dyn Future<Output = Result<Success, Error>> + Send>>),
    Done,
}

impl<T, C: Caller> Pending<T, C> {
    pub(crate) fn new(caller: &C, request: Box<dyn Object>, operation: &'static Operation) -> Self {
        Self::of(caller, request, OperationRef::InSpec(operation))
    }

    /// One that the spec does not know.
    pub(crate) fn unknown(caller: &C, method: Method, path: &'static str) -> Self {
        let operation = Operation::unknown(method, path);
        Self::of(caller, Box::new(Nothing), OperationRef::Once(Arc::new(operation)))
    }

    fn of(caller: &C, request: Box<dyn Object>, operation: OperationRef) -> Self {
        let client = caller.client().clone();
        let options = client.inner().options;
        let job = PendingRequest { client, request, extra: Extra::default(), operation, options };
        Self { state: State::Waiting(Box::new(job)), runtime: caller.runtime(), answer: PhantomData }
    }

    /// How long this call may take as a whole: waiting for the limits of the account, every attempt, and the
    /// waits between them. Its time begins when it is polled first. Like every option, it has no effect on a
    /// call that has been polled.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.change(|job| job.options.timeout = timeout);
        self
    }

    /// How long the request of this call may take each time that it is sent.
    pub fn with_attempt_timeout(mut self, timeout: Duration) -> Self {
        self.change(|job| job.options.attempt_timeout = timeout);
        self
    }

    /// How often the request of this call is sent again at most; 0 sends it once.
    /// [`ClientBuilder::max_retries`](crate::ClientBuilder::max_retries) says what is sent again.
    pub fn with_max_retries(mut self, retries: u32) -> Self {
        self.change(|job| job.options.max_retries = retries);
        self
    }

    /// What happens if the request has errors.
    pub fn with_validation(mut self, validation: Validation) -> Self {
        self.change(|job| job.options.validation = validation);
        self
    }

    /// Sends something that this crate does not know yet: of a GET a parameter of the query, of anything else a field
    /// of the body, or what a placeholder of the path stands for. It is not checked, and takes the place of
    /// a field that has the same name. In a query, null is left out and a list is a parameter for each item.
    ///
    /// ```no_run
    /// # #[cfg(feature = "profile")]
    /// # async fn run(client: plivo::Client) -> Result<(), plivo::Error> {
    /// let page = client.profile().list().send().with_extra("sort", "created_at").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_extra(mut self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
        self.change(|job| job.extra.set(name.into(), value.into()));
        self
    }

    pub(crate) fn extra(&self, name: &str) -> Option<&serde_json::Value> {
        if let State::Waiting(job) = &self.state { job.extra.get(name) } else { None }
    }

    pub(crate) fn take_extra(&mut self, name: &str) {
        self.change(|job| job.extra.remove(name));
    }

    /// A call that is already running keeps its options.
    fn change(&mut self, change: impl FnOnce(&mut PendingRequest)) {
        if let State::Waiting(job) = &mut self.state {
            change(job);
        }
    }
}

impl State {
    /// Goes on; the first poll starts it.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Success, Error>> {
        let mut running = match mem::replace(self, Self::Done) {
            Self::Waiting(job) => Box::pin(engine::run(job)),
            Self::Running(running) => running,
            Self::Done => return Poll::Ready(Err(Error::finished())),
        };
        let polled = running.as_mut().poll(context);
        if polled.is_pending() {
            *self = Self::Running(running);
        }
        polled
    }
}

impl<T: Answer, C: Caller> Pending<T, C> {
    /// Polled again after it has given its output, it gives an error that says so.
    pub(crate) fn poll_answer(&mut self, context: &mut Context<'_>) -> Poll<Result<Response<T>, Error>> {
        let success = match ready!(self.state.poll(context)) {
            Ok(success) => success,
            Err(error) => return Poll::Ready(Err(error)),
        };
        let mut answer = T::unread();
        let about = engine::read_into(success, answer.target());
        Poll::Ready(about.map(|about| Response::new(answer, about)))
    }
}

impl<T: Answer> Future for Pending<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.get_mut().poll_answer(context)
    }
}

/// Shows the operation; nothing of the request.
impl<T, C: Caller> fmt::Debug for Pending<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Waiting(job) => job.operation.id,
            State::Running(_) => "running",
            State::Done => "done",
        };
        f.debug_tuple("Pending").field(&state).finish()
    }
}
