//! What can go wrong, in one type.

mod attempts;
mod display;
mod message;
mod outcome;

use std::error;
use std::fmt;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub(crate) use self::attempts::{Attempts, Failure};
pub(crate) use self::message::says_something;
use self::message::{api_id_of, message_of};
pub use self::outcome::Outcome;
use crate::codec::encode::BadParameter;
use crate::drift::Drift;
use crate::schema::{Api, OperationRef};
use crate::transport::{Reached, TransportError, TransportResponse};
use crate::validate::Report;

/// A call that gave no answer, or a client that could not be built.
///
/// What happened is asked with the `is_..` methods; whether Plivo may have executed the request, with
/// [`outcome`](Self::outcome). Its `Display` is one line: the method and the route (never the URL), the
/// status, Plivo's own message and the `api_id`.
pub struct Error(Box<Inner>);

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
    Parameter(BadParameter),
    Encode(BoxError),
    /// A file of the request cannot be read.
    File(io::Error),
    /// The limits of the account left no room before the deadline.
    DeadlineExceeded,
    Transport(TransportError),
    Status,
    /// An `error` under a status of success.
    Refused,
    NotJson(serde_json::Error),
    Missing(Drift),
    /// A call was polled after it had given its output.
    Finished,
}

type BoxError = Box<dyn error::Error + Send + Sync>;

impl Error {
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Cause::Config(message.into(), None))
    }

    pub(crate) fn config_because(message: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self::new(Cause::Config(message.into(), Some(source.into())))
    }

    pub(crate) fn validation(report: Report) -> Self {
        Self::new(Cause::Validation(report))
    }

    pub(crate) fn parameter(parameter: BadParameter) -> Self {
        Self::new(Cause::Parameter(parameter))
    }

    pub(crate) fn encode(source: impl Into<BoxError>) -> Self {
        Self::new(Cause::Encode(source.into()))
    }

    pub(crate) fn file(source: io::Error) -> Self {
        Self::new(Cause::File(source))
    }

    /// Not sent, for there will be room after this time only.
    pub(crate) fn rate_limit(wait: Option<Duration>) -> Self {
        Self::new(Cause::DeadlineExceeded).with_retry_after(wait)
    }

    pub(crate) fn transport(mut error: TransportError) -> Self {
        let head = error.take_head();
        let mut this = Self::new(Cause::Transport(error));
        this.0.response = head.map(|(status, headers)| TransportResponse::new(status, headers, Bytes::new()));
        this
    }

    pub(crate) fn finished() -> Self {
        Self::new(Cause::Finished)
    }

    /// A response whose status is none of success.
    pub(crate) fn from_status(response: TransportResponse, api: &Api) -> Self {
        Self::new(Cause::Status).with_response(response, api)
    }

    pub(crate) fn refused(response: TransportResponse, api: &Api) -> Self {
        Self::new(Cause::Refused).with_response(response, api)
    }

    pub(crate) fn not_json(response: TransportResponse, api_id: Option<String>, source: serde_json::Error) -> Self {
        let mut this = Self::new(Cause::NotJson(source));
        this.0.response = Some(response);
        this.0.api_id = api_id;
        this
    }

    pub(crate) fn missing(response: TransportResponse, api_id: Option<String>, drift: Drift) -> Self {
        let mut this = Self::new(Cause::Missing(drift));
        this.0.response = Some(response);
        this.0.api_id = api_id;
        this
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

    fn with_response(mut self, response: TransportResponse, api: &Api) -> Self {
        self.0.api_id = api_id_of(&response.body);
        self.0.message = message_of(&response.body, api);
        self.0.response = Some(response);
        self
    }

    /// Says to which call it belongs.
    pub(crate) fn with_context(mut self, operation: &OperationRef, attempts: Attempts) -> Self {
        self.0.operation = Some(operation.clone());
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    /// What decides about another attempt.
    pub(crate) fn failure(&self) -> Failure {
        Failure { outcome: self.last_outcome(), status: self.status(), retry_after: self.0.retry_after }
    }

    /// What is known when another attempt follows.
    pub(crate) fn failed_attempts(&self) -> Attempts {
        Attempts { count: self.0.attempts.count, outcome_before: self.outcome() }
    }

    /// The client could not be built: its credentials, its base URL or the environment. Nothing was sent.
    pub fn is_config(&self) -> bool {
        matches!(self.0.cause, Cause::Config(..))
    }

    /// The request is not what it must be; [`report`](Self::report) has all findings, unless an id that
    /// belongs in the path is empty or would lead to another resource. Nothing was sent.
    pub fn is_validation(&self) -> bool {
        matches!(self.0.cause, Cause::Validation(_) | Cause::Parameter(_))
    }

    /// Plivo does not accept the credentials (status 401). The request was not executed.
    pub fn is_authentication(&self) -> bool {
        self.has_status(StatusCode::UNAUTHORIZED)
    }

    /// The account may not do this (status 403). The request was not executed.
    pub fn is_forbidden(&self) -> bool {
        self.has_status(StatusCode::FORBIDDEN)
    }

    /// There is no such resource (status 404). The request was not executed.
    pub fn is_not_found(&self) -> bool {
        self.has_status(StatusCode::NOT_FOUND)
    }

    /// There were too many requests (status 429). The request was not executed.
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Plivo said no: a status of 400 to 499 other than 408, or an `error` under a status of success. The
    /// request was not executed. The predicates of single statuses are true as well.
    pub fn is_rejected(&self) -> bool {
        let by_status = self.status().is_some_and(|status| (400..500).contains(&status) && status != 408);
        matches!(self.0.cause, Cause::Refused) || by_status
    }

    /// Something went wrong at Plivo (status 5xx). The request may have been executed.
    pub fn is_server(&self) -> bool {
        self.status().is_some_and(|status| status >= 500)
    }

    /// Time ran out: while an answer was awaited, while connecting, while a file was looked at, or while waiting for the
    /// [limits of the account](crate::ClientBuilder::rate_limit). [`outcome`](Self::outcome) tells them apart.
    pub fn is_timeout(&self) -> bool {
        match &self.0.cause {
            Cause::DeadlineExceeded => true,
            Cause::File(error) => error.kind() == io::ErrorKind::TimedOut,
            Cause::Transport(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// A file of the request cannot be read. If that shows before anything is sent, nothing was sent; if a file or a
    /// stream breaks off while it is sent, [`outcome`](Self::outcome) is `Unknown`. The source says why.
    pub fn is_file(&self) -> bool {
        match &self.0.cause {
            Cause::File(_) => true,
            Cause::Transport(error) => matches!(error.reached(), Reached::InBody),
            _ => false,
        }
    }

    /// No connection was made: name, network or TLS. Nothing was sent, by this attempt.
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.cause, Cause::Transport(error) if matches!(error.reached(), Reached::Nothing))
    }

    /// The answer was one of success and could not be read, or came in part only. The request **was
    /// executed**; what came of the answer is in [`body`](Self::body), unless it was cut off.
    pub fn is_decode(&self) -> bool {
        self.last_outcome() == Outcome::Executed
    }

    /// Whether Plivo may have executed the request, by any of the attempts.
    ///
    /// Everything else that an error says is about the last attempt. Only what changes nothing is sent again
    /// when it may have been executed.
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
            | Cause::DeadlineExceeded => Outcome::NotSent,
            Cause::Transport(error) => match error.reached() {
                Reached::Nothing => Outcome::NotSent,
                Reached::Unknown | Reached::InBody => Outcome::Unknown,
                Reached::Head(status, _) | Reached::TooLarge(status, _) => Outcome::of_status(*status),
            },
            Cause::Status => {
                self.0.response.as_ref().map_or(Outcome::Unknown, |response| Outcome::of_status(response.status))
            }
            Cause::Refused => Outcome::Rejected,
            Cause::NotJson(_) | Cause::Missing(_) => Outcome::Executed,
            // What came of the request, the first output said.
            Cause::Finished => Outcome::Unknown,
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

    /// The body of the response, as it came. Empty if there was none, or if it was not completely received.
    pub fn body(&self) -> &[u8] {
        self.0.response.as_ref().map_or(&[], |response| &response.body)
    }

    /// Plivo's id of the call, for its support.
    pub fn api_id(&self) -> Option<&str> {
        self.0.api_id.as_deref()
    }

    /// What Plivo says about it, in its own words.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// Everything that was found in the request, if that is why it was not sent.
    pub fn report(&self) -> Option<&Report> {
        match &self.0.cause {
            Cause::Validation(report) => Some(report),
            _ => None,
        }
    }

    /// How often sending the request was tried. 0 if it came to no attempt.
    pub fn attempts(&self) -> u32 {
        self.0.attempts.count
    }

    /// How long to wait before the request is sent again: what the server asked for, in either form of
    /// `Retry-After`, or how long the limits of the account leave no room. It counts from when the error came up.
    ///
    /// The client itself waits up to 60 seconds, where sending again does no harm and the deadline allows it.
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
            // What it says itself is in the line of this error.
            Cause::Transport(error) => error::Error::source(error),
            Cause::NotJson(error) => Some(error),
            Cause::Config(_, None)
            | Cause::Validation(_)
            | Cause::Parameter(_)
            | Cause::DeadlineExceeded
            | Cause::Status
            | Cause::Refused
            | Cause::Missing(_)
            | Cause::Finished => None,
        }
    }
}

/// Shows what `Display` shows and how far the request got; no headers and no body.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = error::Error::source(self);
        let mut debug = f.debug_struct("Error");
        debug.field("message", &format_args!("{self}")).field("outcome", &self.outcome());
        debug.field("attempts", &self.attempts()).field("source", &source).finish_non_exhaustive()
    }
}
