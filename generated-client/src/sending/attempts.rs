//! Sends a request until it is answered, or until sending it again is of no use or might do harm.

use std::time::Duration;

use super::limits::{NoRoom, Permit};
use super::retry::{Decision, LONGEST_WAIT, Standing, decide};
use super::retry_after::retry_after;
use crate::client::{Inner, Options};
use crate::clock::within;
use crate::error::{Error, Outcome};
use crate::runtime::OperationRef;
use crate::trace;
use crate::transport::{TransportError, TransportRequest, TransportResponse};

/// How often a request was sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tried {
    pub(crate) attempts: u32,
    /// What is known of all attempts but the last.
    pub(crate) before: Outcome,
}

impl Tried {
    /// Nothing was sent.
    pub(crate) const NEVER: Self = Self { attempts: 0, before: Outcome::NotSent };
}

/// One call on its way.
pub(crate) struct Sending<'a> {
    pub(crate) client: &'a Inner,
    pub(crate) operation: &'a OperationRef,
    pub(crate) options: Options,
    /// When the call must be over.
    pub(crate) deadline: Duration,
}

impl Sending<'_> {
    /// Gives a response with a status of success.
    pub(crate) async fn send(&self, request: &TransportRequest) -> Result<(TransportResponse, Tried), Error> {
        let mut failed: Option<Error> = None;
        loop {
            let permit = match self.enter().await {
                Ok(permit) => permit,
                // The failure says more than that there was no time for another attempt.
                Err(no_room) => {
                    return Err(failed.unwrap_or_else(|| Error::no_room(no_room.wait).of(self.operation, Tried::NEVER)));
                }
            };
            let tried = failed.as_ref().map_or(Tried::NEVER, Error::tried_and_failed);
            let tried = Tried { attempts: tried.attempts + 1, ..tried };
            let error = match self.attempt(request).await {
                Ok(response) => {
                    self.client.budget.refill();
                    return Ok((response, tried));
                }
                Err(error) => self.heard(error).of(self.operation, tried),
            };
            // After a pause that was heard of, or the next in the queue would not know of it.
            drop(permit);
            let is_spent = request.body.is_spent();
            let Some(wait) = self.wait_before_retry(&error, is_spent) else { return Err(error) };
            trace::retry(&error, wait);
            self.client.clock.sleep(wait).await;
            failed = Some(error);
        }
    }

    /// Waits until the limits of the account allow it.
    async fn enter(&self) -> Result<Permit<'_>, NoRoom> {
        let clock = &*self.client.clock;
        let entering = self.client.limits.enter(clock, self.deadline);
        within(clock, self.left(), entering).await.unwrap_or(Err(NoRoom { wait: None }))
    }

    /// Hands the request to the transport, and takes no longer than it may even if the transport would.
    async fn attempt(&self, request: &TransportRequest) -> Result<TransportResponse, Error> {
        let timeout = self.options.attempt_timeout.min(self.left());
        let request = TransportRequest { timeout, ..request.clone() };
        let sent = within(&*self.client.clock, timeout, self.client.transport.send(request)).await;
        let response = sent.unwrap_or_else(|| Err(TransportError::late())).map_err(Error::transport)?;
        if response.status.is_success() { Ok(response) } else { Err(Error::status_of(response)) }
    }

    /// Listens to what the server asks for: with 429, of the client as a whole.
    fn heard(&self, error: Error) -> Error {
        let clock = &*self.client.clock;
        let wait = error.headers().and_then(|headers| retry_after(headers, clock.since_1970()));
        if let Some(wait) = wait
            && error.is_rate_limited()
        {
            self.client.limits.pause(clock.now(), wait.min(LONGEST_WAIT));
        }
        error.asking_to_wait(wait)
    }

    /// None if it is not sent again. Otherwise the retry is paid.
    fn wait_before_retry(&self, error: &Error, is_spent: bool) -> Option<Duration> {
        let standing = Standing {
            class: self.operation.retry,
            attempt: error.attempts(),
            max_retries: self.options.max_retries,
            budget: self.client.budget.tokens(),
            left: self.left(),
            is_spent,
            random: self.client.clock.random(),
        };
        match decide(error.failure(), &standing) {
            Decision::RetryAfter(wait) => self.client.budget.pay().then_some(wait),
            Decision::Stop => None,
        }
    }

    fn left(&self) -> Duration {
        self.deadline.saturating_sub(self.client.clock.now())
    }
}
