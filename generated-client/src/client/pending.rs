//! A lazy call, before and while it runs.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::caller::Caller;
use crate::codec::Request;
use crate::codec::decode::Answer;
use crate::engine::{self, PendingRequest, Success, Validation};
use crate::error::Error;
use crate::response::Response;
use crate::schema::{EmptyRequest, Extra, Method, Object, Operation, OperationRef};

/// A lazy call that resolves to a [`Response<T>`]. Nothing is sent until it is awaited.
///
/// It owns everything that it needs, so it can be spawned, joined or stored. Dropping it while it runs does not undo
/// the request: whether the request was executed is then not known, as with
/// [`Outcome::Unknown`](crate::Outcome::Unknown). The rate limiter counts a dropped call as finished.
///
/// A call makes progress only while it is polled. One that is polled once and then kept, for example in a branch of
/// `select!`, delays no other call for long: calls that wait for the rate limiter pass it, and after the timeout of its
/// attempt they end the attempt if they need its place. Spawn a call to let it run on its own.
///
/// Calls of the blocking client are run by `.wait()` instead of `.await`.
#[must_use = "nothing is sent until this is awaited (or, with the blocking client, until `.wait()` is called)"]
pub struct Pending<T, R = ()> {
    state: PendingState,
    #[cfg_attr(not(feature = "blocking"), expect(dead_code, reason = "only the blocking client uses it"))]
    pub(crate) runtime: R,
    answer: PhantomData<fn() -> T>,
}

enum PendingState {
    Unsent(Box<PendingRequest>),
    Running(Pin<Box<dyn Future<Output = Result<Success, Error>> + Send>>),
    Done,
}

impl<T, R> Pending<T, R> {
    /// Creates the call of a typed request.
    #[doc(hidden)]
    pub fn new<C: Caller<Runtime = R>, Q: Request<Answer = T>>(caller: &C, request: Q) -> Self {
        let extra = request.extra();
        let call = Self::from_parts(caller, Box::new(request), OperationRef::Described(Q::OPERATION));
        extra.into_iter().fold(call, |call, (name, value)| call.with_extra(name, value))
    }

    /// Creates a call to an endpoint that the spec does not describe.
    pub(crate) fn undescribed<C: Caller<Runtime = R>>(caller: &C, method: Method, path: &'static str) -> Self {
        let operation = Operation::undescribed(method, path);
        Self::from_parts(caller, Box::new(EmptyRequest), OperationRef::Undescribed(Arc::new(operation)))
    }

    fn from_parts<C: Caller<Runtime = R>>(caller: &C, request: Box<dyn Object>, operation: OperationRef) -> Self {
        let context = Arc::clone(caller.context());
        let options = context.options;
        let pending = PendingRequest { context, request, extra: Extra::default(), operation, options };
        Self { state: PendingState::Unsent(Box::new(pending)), runtime: caller.runtime(), answer: PhantomData }
    }

    /// Sets the timeout of the whole call: opening files, waiting for the rate limiter, all attempts, the waits
    /// between them, and decoding the answer. It starts with the first poll. Like every option, it has no effect on a call that has been polled.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.change(|pending| pending.options.timeout = timeout);
        self
    }

    /// Sets the timeout of each attempt.
    pub fn with_attempt_timeout(mut self, timeout: Duration) -> Self {
        self.change(|pending| pending.options.attempt_timeout = timeout);
        self
    }

    /// Sets the maximum number of retries; with 0 the request is sent once.
    /// [`ClientBuilder::max_retries`](crate::ClientBuilder::max_retries) describes which requests are sent again.
    pub fn with_max_retries(mut self, retries: u32) -> Self {
        self.change(|pending| pending.options.max_retries = retries);
        self
    }

    /// Sets how the request is validated. The default is [`Validation::Error`]: a request with errors is not sent.
    pub fn with_validation(mut self, validation: Validation) -> Self {
        self.change(|pending| pending.options.validation = validation);
        self
    }

    /// Adds a value that this crate does not know. If the path has a placeholder of this name, the value fills it. If
    /// the request has a field of this name, the value replaces it. Otherwise it is a query parameter of a GET, or a
    /// body field. The value is not validated. In a query or a multipart body, null and empty lists are not sent; other
    /// lists become one parameter per item.
    ///
    /// ```no_run
    /// # #[cfg(feature = "profile")]
    /// # async fn run(client: plivo::Client) -> Result<(), plivo::Error> {
    /// let page = client.profile().list().send().with_extra("sort", "created_at").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_extra(mut self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
        self.change(|pending| pending.extra.set(name.into(), value.into()));
        self
    }

    pub(crate) fn extra(&self, name: &str) -> Option<&serde_json::Value> {
        if let PendingState::Unsent(pending) = &self.state { pending.extra.get(name) } else { None }
    }

    pub(crate) fn remove_extra(&mut self, name: &str) {
        self.change(|pending| pending.extra.remove(name));
    }

    /// Changes a call that has not started. A running call keeps its options.
    fn change(&mut self, change: impl FnOnce(&mut PendingRequest)) {
        if let PendingState::Unsent(pending) = &mut self.state {
            change(pending);
        }
    }
}

impl PendingState {
    /// The first poll starts the call.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Success, Error>> {
        let mut running = match mem::replace(self, Self::Done) {
            Self::Unsent(pending) => Box::pin(engine::run(pending)),
            Self::Running(running) => running,
            Self::Done => return Poll::Ready(Err(Error::polled_after_completion())),
        };
        let polled = running.as_mut().poll(context);
        if polled.is_pending() {
            *self = Self::Running(running);
        }
        polled
    }
}

impl<T: Answer, R> Pending<T, R> {
    /// Polls the call for its response. A poll after the call has completed returns an error.
    pub(crate) fn poll_answer(&mut self, context: &mut Context<'_>) -> Poll<Result<Response<T>, Error>> {
        let success = match ready!(self.state.poll(context)) {
            Ok(success) => success,
            Err(error) => return Poll::Ready(Err(error)),
        };
        let mut answer = T::unread();
        let parts = engine::read_into(success, answer.target());
        Poll::Ready(parts.map(|parts| Response::new(answer, parts)))
    }
}

impl<T: Answer> Future for Pending<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.get_mut().poll_answer(context)
    }
}

/// Shows the operation before the call starts, then its state; never the request.
impl<T, R> fmt::Debug for Pending<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            PendingState::Unsent(pending) => pending.operation.id,
            PendingState::Running(_) => "running",
            PendingState::Done => "done",
        };
        f.debug_tuple("Pending").field(&state).finish()
    }
}
