//! A call: a request on its way, or about to be.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::client::{Client, Validation};
use crate::engine::{self, Job, Success};
use crate::error::Error;
use crate::response::Response;
use crate::runtime::{Answer, Object, Operation};
use crate::sending::Tried;

/// A call that gives a [`Response<T>`]. It is lazy: nothing is sent until it is awaited.
///
/// It owns everything that it needs, so it can be spawned, joined or kept. Dropping it while it runs
/// leaves open whether the request was executed, as [`Outcome::Unknown`](crate::Outcome::Unknown) does: it
/// takes nothing back that was sent. Its place in the limits of the account is free at once.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<T> {
    state: State,
    answer: PhantomData<fn() -> T>,
}

enum State {
    Waiting(Box<Job>),
    Running(&'static Operation, Pin<Box<dyn Future<Output = Result<Success, Error>> + Send>>),
    Done(&'static Operation),
}

impl<T> Call<T> {
    pub(crate) fn new(client: Client, request: Box<dyn Object>, operation: &'static Operation) -> Self {
        let options = client.inner().options;
        let job = Job { client, request, operation, options };
        Self { state: State::Waiting(Box::new(job)), answer: PhantomData }
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

    /// A call that is already running keeps its options.
    fn change(&mut self, change: impl FnOnce(&mut Job)) {
        if let State::Waiting(job) = &mut self.state {
            change(job);
        }
    }
}

impl State {
    /// Goes on; the first poll starts it.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Success, Error>> {
        let operation = match self {
            Self::Waiting(job) => job.operation,
            Self::Running(operation, _) | Self::Done(operation) => *operation,
        };
        if let Self::Waiting(_) = self
            && let Self::Waiting(job) = std::mem::replace(self, Self::Done(operation))
        {
            *self = Self::Running(operation, Box::pin(engine::run(*job)));
        }
        let Self::Running(_, running) = self else {
            return Poll::Ready(Err(Error::finished().of(operation, Tried::NEVER)));
        };
        let output = ready!(running.as_mut().poll(context));
        *self = Self::Done(operation);
        Poll::Ready(output)
    }
}

impl<T: Answer> Future for Call<T> {
    type Output = Result<Response<T>, Error>;

    /// Polled again after it has given its output, it gives an error that says so.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let success = match ready!(self.state.poll(context)) {
            Ok(success) => success,
            Err(error) => return Poll::Ready(Err(error)),
        };
        let mut answer = T::unread();
        let about = engine::read_into(success, answer.target());
        Poll::Ready(about.map(|about| Response::new(answer, about)))
    }
}

/// Shows the operation; nothing of the request.
impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Waiting(job) => job.operation.id,
            State::Running(..) => "running",
            State::Done(_) => "done",
        };
        f.debug_tuple("Call").field(&state).finish()
    }
}
