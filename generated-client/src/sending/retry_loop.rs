//! The retry loop: sends a request until it succeeds or another attempt is useless or could do harm.

use std::sync::Arc;
use std::time::Duration;

use super::network::Network;
use super::rate_limiter::{DeadlineExceeded, Permit};
use super::retry::{Decision, MAX_RETRY_AFTER, RetryState, decide};
use super::retry_after::retry_after;
use crate::clock::timeout;
use crate::credentials::Credentials;
use crate::error::{Attempts, Error};
use crate::schema::OperationRef;
use crate::trace;
use crate::transport::{TransportError, TransportRequest, TransportResponse};

/// The attempts of one call.
pub(crate) struct RetryLoop<'a> {
    pub(crate) network: &'a Network,
    pub(crate) operation: &'a OperationRef,
    /// The secrets that no error may show.
    pub(crate) credentials: &'a Credentials,
    pub(crate) attempt_timeout: Duration,
    pub(crate) max_retries: u32,
    /// The deadline of the call, on the clock of the network.
    pub(crate) deadline: Duration,
}

impl RetryLoop<'_> {
    /// Returns a response with a 2xx status.
    pub(crate) async fn send(&self, request: &TransportRequest) -> Result<(TransportResponse, Attempts), Error> {
        let mut last_error: Option<Error> = None;
        loop {
            let permit = match self.acquire_permit().await {
                Ok(permit) => permit,
                // The error of the last attempt is more useful than the fact that there was no time for another one.
                Err(exceeded) => return Err(last_error.unwrap_or_else(|| self.not_sent(exceeded))),
            };
            let before = last_error.as_ref().map_or(Attempts::NONE, Error::failed_attempts);
            let attempts = Attempts { count: before.count + 1, ..before };
            let error = match self.attempt(request, &permit).await {
                Ok(response) => {
                    self.network.budget.deposit();
                    return Ok((response, attempts));
                }
                Err(error) => self.apply_retry_after(error).with_context(self.operation, attempts),
            };
            // The permit is dropped after the pause is set, so that the pause applies to the next request in the queue.
            drop(permit);
            let is_consumed = request.body.is_consumed();
            let Some(wait) = self.wait_before_retry(&error, is_consumed) else { return Err(error) };
            trace::retry(&error.outcome(), error.attempts(), error.status(), wait);
            self.network.clock.sleep(wait).await;
            last_error = Some(error);
        }
    }

    fn not_sent(&self, exceeded: DeadlineExceeded) -> Error {
        Error::rate_limit(exceeded.wait).with_context(self.operation, Attempts::NONE)
    }

    /// Waits until the rate limiter permits a request.
    async fn acquire_permit(&self) -> Result<Permit<'_>, DeadlineExceeded> {
        let clock = &*self.network.clock;
        let acquiring = self.network.limiter.acquire(clock, self.deadline);
        timeout(clock, self.time_left(), acquiring).await.unwrap_or(Err(DeadlineExceeded { wait: None }))
    }

    /// Makes one attempt. It ends at the attempt's timeout even if the transport does not.
    async fn attempt(&self, request: &TransportRequest, permit: &Permit<'_>) -> Result<TransportResponse, Error> {
        let Network { clock, transport, .. } = self.network;
        let now = clock.now();
        let limit = self.attempt_timeout.min(self.deadline.saturating_sub(now));
        let request = TransportRequest { timeout: limit, ..request.clone() };
        let transport = Arc::clone(transport);
        let sending = Box::pin(async move { transport.send(request).await });
        let end = now.saturating_add(limit);
        let sent = timeout(&**clock, limit, permit.send(sending, end)).await;
        let sent = sent.unwrap_or_else(|| Err(TransportError::timed_out()));
        let response = sent.map_err(|error| Error::transport(error.masked(self.credentials)))?;
        if response.status.is_success() {
            return Ok(response);
        }
        Err(Error::from_status(response, self.operation.api, self.credentials))
    }

    /// Adds the wait that the server requests to the error. After a 429, the whole client waits.
    fn apply_retry_after(&self, error: Error) -> Error {
        let clock = &*self.network.clock;
        let wait = error.headers().and_then(|headers| retry_after(headers, clock.since_1970()));
        if let Some(wait) = wait
            && error.is_rate_limited()
        {
            self.network.limiter.pause(clock.now(), wait.min(MAX_RETRY_AFTER));
        }
        error.with_retry_after(wait)
    }

    /// Decides about a retry and withdraws its cost from the budget. `None` means that the request is not sent again.
    fn wait_before_retry(&self, error: &Error, is_consumed: bool) -> Option<Duration> {
        let state = RetryState {
            class: self.operation.retry,
            attempt: error.attempts(),
            max_retries: self.max_retries,
            budget: self.network.budget.tokens(),
            time_left: self.time_left(),
            is_consumed,
            random: self.network.clock.random(),
        };
        match decide(error.failure(), &state) {
            Decision::RetryAfter(wait) => self.network.budget.withdraw().then_some(wait),
            Decision::Stop => None,
        }
    }

    fn time_left(&self) -> Duration {
        self.deadline.saturating_sub(self.network.clock.now())
    }
}
