//! The error type of this crate.

mod attempts;
mod display;
mod failed_attempt;
mod kind;
mod message;
mod outcome;

use std::error;
use std::fmt;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub(crate) use self::attempts::{Attempts, Failure};
pub use self::kind::ErrorKind;
use self::message::{find_api_id, find_message, find_snippet};
pub(crate) use self::message::{is_refusal, shown_id};
pub use self::outcome::Outcome;
use crate::codec::decode::Exceeded;
use crate::codec::encode::InvalidParameter;
use crate::credentials::Credentials;
use crate::drift::Drift;
use crate::response::ResponseParts;
use crate::schema::{Api, Operation, OperationRef};
use crate::transport::{Progress, TransportError, TransportResponse};
use crate::validate::Report;

/// The error of a call that returned no answer, or of a client that could not be built.
///
/// The `is_..` methods classify the failure of the last attempt, and [`outcome`](Self::outcome) tells whether Plivo may
/// have executed the request. `Display` writes one line: the method and the route (never the URL), the status, Plivo's
/// message and the `api_id`.
pub struct Error(Box<Inner>);

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

struct Inner {
    cause: Cause,
    operation: Option<OperationRef>,
    response: Option<TransportResponse>,
    api_id: Option<String>,
    message: Option<String>,
    retry_after: Option<Duration>,
    attempts: Attempts,
}

#[derive(Debug)]
enum Cause {
    Config(String, Option<BoxError>),
    Validation(Report),
    Parameter(InvalidParameter),
    Encode(BoxError),
    /// A file of the request cannot be read, so nothing was sent.
    File(io::Error),
    /// The rate limiter had no capacity before the deadline.
    RateLimit,
    Transport(TransportError),
    Status,
    /// A 2xx status with an `error` in the body.
    Refused,
    /// The beginning of the body, and why it is not JSON.
    NotJson(String, serde_json::Error),
    MissingField(Drift),
    /// Decoding the answer exceeds a bound.
    Exceeded(Exceeded),
    /// The pages of a list cannot be read to the end. The text says why.
    Pages(&'static str),
    /// The call was polled again after it had completed.
    PolledAfterCompletion,
}

type BoxError = Box<dyn error::Error + Send + Sync>;

impl Error {
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Cause::Config(message.into(), None))
    }

    pub(crate) fn config_with_source(message: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self::new(Cause::Config(message.into(), Some(source.into())))
    }

    pub(crate) fn validation(report: Report) -> Self {
        Self::new(Cause::Validation(report))
    }

    pub(crate) fn parameter(parameter: InvalidParameter) -> Self {
        Self::new(Cause::Parameter(parameter))
    }

    pub(crate) fn encode(source: impl Into<BoxError>) -> Self {
        Self::new(Cause::Encode(source.into()))
    }

    pub(crate) fn file(source: io::Error) -> Self {
        Self::new(Cause::File(source))
    }

    /// The rate limiter had no capacity before the deadline. It will have capacity after `wait`, if that is known.
    pub(crate) fn rate_limit(wait: Option<Duration>) -> Self {
        Self::new(Cause::RateLimit).with_retry_after(wait)
    }

    pub(crate) fn transport(mut error: TransportError) -> Self {
        let head = error.take_head();
        let mut this = Self::new(Cause::Transport(error));
        this.0.response = head.map(|(status, headers)| TransportResponse::new(status, headers, Bytes::new()));
        this
    }

    pub(crate) fn polled_after_completion() -> Self {
        Self::new(Cause::PolledAfterCompletion)
    }

    /// A response with a status other than 2xx.
    pub(crate) fn from_status(response: TransportResponse, api: &Api, credentials: &Credentials) -> Self {
        Self::new(Cause::Status).with_response(response, api, credentials)
    }

    pub(crate) fn refused(response: TransportResponse, api: &Api, credentials: &Credentials) -> Self {
        Self::new(Cause::Refused).with_response(response, api, credentials)
    }

    pub(crate) fn not_json(
        response: TransportResponse,
        api_id: Option<String>,
        source: serde_json::Error,
        credentials: &Credentials,
    ) -> Self {
        let snippet = find_snippet(&response.body, credentials);
        Self::new(Cause::NotJson(snippet, source)).with_answer(response, api_id)
    }

    pub(crate) fn missing_field(response: TransportResponse, api_id: Option<String>, drift: Drift) -> Self {
        Self::new(Cause::MissingField(drift)).with_answer(response, api_id)
    }

    pub(crate) fn exceeded(response: TransportResponse, api_id: Option<String>, exceeded: Exceeded) -> Self {
        Self::new(Cause::Exceeded(exceeded)).with_answer(response, api_id)
    }

    /// The list does not end after this page, and cannot be continued.
    pub(crate) fn pages(page: &ResponseParts, operation: &'static Operation, problem: &'static str) -> Self {
        let attempts = Attempts { count: page.attempts, ..Attempts::NONE };
        let this = Self::new(Cause::Pages(problem)).with_answer(page.response.clone(), page.api_id.clone());
        this.with_context(&OperationRef::Described(operation), attempts)
    }

    fn new(cause: Cause) -> Self {
        Self(Box::new(Inner {
            cause,
            operation: None,
            response: None,
            api_id: None,
            message: None,
            retry_after: None,
            attempts: Attempts::NONE,
        }))
    }

    fn with_response(mut self, response: TransportResponse, api: &Api, credentials: &Credentials) -> Self {
        self.0.api_id = find_api_id(&response.body, credentials);
        self.0.message = find_message(&response.body, api, credentials);
        self.0.response = Some(response);
        self
    }

    fn with_answer(mut self, response: TransportResponse, api_id: Option<String>) -> Self {
        self.0.response = Some(response);
        self.0.api_id = api_id;
        self
    }

    /// Adds the operation and the attempts of the call.
    pub(crate) fn with_context(mut self, operation: &OperationRef, attempts: Attempts) -> Self {
        self.0.operation = Some(operation.clone());
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    /// The client could not be built: credentials, the base URL, another setting or the environment is invalid. Nothing
    /// was sent.
    pub fn is_config(&self) -> bool {
        matches!(self.0.cause, Cause::Config(..))
    }

    /// The request is not valid. Nothing was sent. [`report`](Self::report) has all violations, unless the reason is a
    /// path parameter that is missing, empty, `.` or `..`, an invalid path template, a URL that is too long, or another
    /// request that the transport cannot send.
    pub fn is_validation(&self) -> bool {
        match &self.0.cause {
            Cause::Validation(_) | Cause::Parameter(_) => true,
            Cause::Transport(error) => matches!(error.progress(), Progress::Invalid),
            _ => false,
        }
    }

    /// Plivo does not accept the credentials (status 401). The last attempt was not executed.
    pub fn is_authentication(&self) -> bool {
        self.has_status(StatusCode::UNAUTHORIZED)
    }

    /// The account lacks permission (status 403). The last attempt was not executed.
    pub fn is_forbidden(&self) -> bool {
        self.has_status(StatusCode::FORBIDDEN)
    }

    /// The resource does not exist (status 404). The last attempt was not executed.
    pub fn is_not_found(&self) -> bool {
        self.has_status(StatusCode::NOT_FOUND)
    }

    /// There were too many requests (status 429). The last attempt was not executed.
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Plivo refused the request: a status of 400 to 499 that HTTP defines, other than 408, or a 2xx status with an
    /// `error` in the body. The last attempt was not executed. This includes the errors of the predicates for single
    /// statuses, such as [`is_not_found`](Self::is_not_found). The redirects 301, 307 and 308 also have
    /// [`Outcome::Rejected`], but this method returns false for them.
    pub fn is_rejected(&self) -> bool {
        let is_redirect = self.status().is_some_and(|status| (300..400).contains(&status));
        self.last_outcome() == Outcome::Rejected && !is_redirect
    }

    /// Plivo failed (status 5xx). The request may have been executed.
    pub fn is_server(&self) -> bool {
        self.status().is_some_and(|status| status >= 500)
    }

    /// Time ran out: while waiting for the answer or decoding it, while connecting, while opening a file, or while
    /// waiting for the [rate limit](crate::ClientBuilder::rate_limit). [`outcome`](Self::outcome) tells whether the request may have
    /// been executed.
    pub fn is_timeout(&self) -> bool {
        match &self.0.cause {
            Cause::RateLimit | Cause::Exceeded(Exceeded::Time) => true,
            Cause::File(error) => error.kind() == io::ErrorKind::TimedOut,
            Cause::Transport(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// A file of the request cannot be read. If the call fails before it sends anything, [`outcome`](Self::outcome) is
    /// `NotSent`; if it fails while it sends a file or a stream, the outcome is `Unknown`. The source of this error has
    /// the reason.
    pub fn is_file(&self) -> bool {
        match &self.0.cause {
            Cause::File(_) => true,
            Cause::Transport(error) => matches!(error.progress(), Progress::BodyFailed),
            _ => false,
        }
    }

    /// The last attempt made no connection: name resolution, network or TLS failed. That attempt sent nothing.
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.cause, Cause::Transport(error) if matches!(error.progress(), Progress::NotConnected))
    }

    /// The status was 2xx, but the answer cannot be decoded, was not completely received or was too large. The request
    /// **was executed**. If the response was completely received, it is in [`body`](Self::body).
    pub fn is_decode(&self) -> bool {
        self.last_outcome() == Outcome::Executed
    }

    /// Whether Plivo may have executed the request, by any of the attempts.
    ///
    /// All other methods describe the last attempt. After an attempt that may have been executed, only a request that
    /// is safe to repeat is sent again.
    pub fn outcome(&self) -> Outcome {
        self.last_outcome().and(self.0.attempts.outcome_before)
    }

    fn last_outcome(&self) -> Outcome {
        match &self.0.cause {
            Cause::Config(..)
            | Cause::Validation(_)
            | Cause::Parameter(_)
            | Cause::Encode(_)
            | Cause::File(_)
            | Cause::RateLimit => Outcome::NotSent,
            Cause::Transport(error) => match error.progress() {
                Progress::Invalid | Progress::NoRuntime | Progress::NotConnected | Progress::NotProcessed => {
                    Outcome::NotSent
                }
                Progress::Unknown | Progress::BodyFailed => Outcome::Unknown,
                Progress::HeadReceived(status, _) | Progress::BodyTooLarge(status, _) => Outcome::of_status(*status),
            },
            Cause::Status => {
                self.0.response.as_ref().map_or(Outcome::Unknown, |response| Outcome::of_status(response.status))
            }
            Cause::Refused => Outcome::Rejected,
            Cause::NotJson(..) | Cause::MissingField(_) | Cause::Exceeded(_) | Cause::Pages(_) => Outcome::Executed,
            // The first result had the real outcome.
            Cause::PolledAfterCompletion => Outcome::Unknown,
        }
    }

    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<u16> {
        self.0.response.as_ref().map(|response| response.status.as_u16())
    }

    /// The headers of the response, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(|response| &response.headers)
    }

    /// The body of the response, as received, so it can contain whatever the server repeats. It is empty if there was no response or no complete body.
    pub fn body(&self) -> &[u8] {
        self.0.response.as_ref().map_or(&[], |response| &response.body)
    }

    /// Plivo's id of the API request, for questions to Plivo's support, cut to 100 characters.
    pub fn api_id(&self) -> Option<&str> {
        self.0.api_id.as_deref()
    }

    /// The error message in Plivo's response, cut to 500 characters and without the auth token. `None` if the response
    /// contains none.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// The validation report, if the request was not sent because it has errors. It also lists the warnings.
    pub fn report(&self) -> Option<&Report> {
        match &self.0.cause {
            Cause::Validation(report) => Some(report),
            _ => None,
        }
    }

    /// The number of attempts. It is 0 if the call failed before the first attempt.
    pub fn attempts(&self) -> u32 {
        self.0.attempts.count
    }

    /// The time to wait before the request is sent again, counted from when the error occurred. It comes from the
    /// server's `Retry-After` (seconds or date), or is the time until the rate limiter has capacity.
    ///
    /// The client itself waits up to 60 seconds, if the request is safe to repeat and the deadline allows it.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    fn has_status(&self, status: StatusCode) -> bool {
        self.status() == Some(status.as_u16())
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.0.cause {
            Cause::Config(_, Some(source)) | Cause::Encode(source) => Some(&**source),
            Cause::File(error) => Some(error),
            // The message of the transport error is already part of this error's `Display`.
            Cause::Transport(error) => error::Error::source(error),
            Cause::NotJson(_, error) => Some(error),
            Cause::Config(_, None)
            | Cause::Validation(_)
            | Cause::Parameter(_)
            | Cause::RateLimit
            | Cause::Status
            | Cause::Refused
            | Cause::MissingField(_)
            | Cause::Exceeded(_)
            | Cause::Pages(_)
            | Cause::PolledAfterCompletion => None,
        }
    }
}

/// Shows the line of `Display`, the outcome, the attempts and the source. Headers and body are never shown.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = error::Error::source(self);
        let mut debug = f.debug_struct("Error");
        debug.field("message", &format_args!("{self}")).field("outcome", &self.outcome());
        debug.field("attempts", &self.attempts()).field("source", &source).finish_non_exhaustive()
    }
}
