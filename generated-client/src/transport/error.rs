//! The error of a transport: no complete response, and how far the request got.

use std::error::Error;
use std::fmt;

use http::{HeaderMap, StatusCode};
use tokio::runtime::TryCurrentError;

use crate::credentials::Credentials;

/// The error of a request that got no complete response.
///
/// It records how far the request got. From that, the client concludes whether the server may have executed the
/// request.
pub struct TransportError(Box<Inner>);

struct Inner {
    progress: Progress,
    is_timeout: bool,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// How far a request got.
pub(crate) enum Progress {
    /// The transport cannot send such a request. No byte of it was sent.
    Invalid,
    /// No tokio runtime is running, so nothing can be sent.
    NoRuntime,
    /// No connection was made, so no byte of the request was sent.
    NotConnected,
    /// The request may have been sent, but the protocol guarantees that the server did not process it.
    NotProcessed,
    /// The request may have been sent.
    Unknown,
    /// The request was interrupted because its own body could not be read. A part of it may have been sent.
    BodyFailed,
    /// The head of the response was received, but not its whole body.
    HeadReceived(StatusCode, HeaderMap),
    /// The head of the response was received, and its body is too large.
    BodyTooLarge(StatusCode, HeaderMap),
}

impl TransportError {
    /// Creates the error of a request for which no connection was made, so that no byte of it was sent.
    pub fn connect(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Progress::NotConnected).with_source(source)
    }

    /// Creates the error of a request that the transport cannot send, for example because its URL is too long. No byte of
    /// it was sent, and it is not sent again.
    pub fn invalid(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Progress::Invalid).with_source(source)
    }

    /// Creates the error of a request that the server did not process, although it may have received it. The protocol
    /// must guarantee this, as HTTP/2 does with `REFUSED_STREAM`.
    pub fn not_processed(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Progress::NotProcessed).with_source(source)
    }

    /// Creates the error of a request without a response. The server may have received the request.
    pub fn unknown(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Progress::Unknown).with_source(source)
    }

    /// Creates the error of a request with a file or a stream that cannot be read. The server may have received a part
    /// of the request.
    pub fn body(source: std::io::Error) -> Self {
        Self::new(Progress::BodyFailed).with_source(source)
    }

    /// Creates the error of a response whose head was received, but not its whole body.
    pub fn cut_off(status: StatusCode, headers: HeaderMap, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Progress::HeadReceived(status, headers)).with_source(source)
    }

    /// Creates the error of a response whose body is larger than the limit of the transport.
    pub fn too_large(status: StatusCode, headers: HeaderMap) -> Self {
        Self::new(Progress::BodyTooLarge(status, headers))
    }

    /// Creates the error of a call that is polled outside of a tokio runtime.
    pub(crate) fn no_runtime(source: TryCurrentError) -> Self {
        Self::new(Progress::NoRuntime).with_source(source)
    }

    /// Creates the error of a transport that did not finish in time. How far the request got is not known.
    pub(crate) fn timed_out() -> Self {
        Self::new(Progress::Unknown).by_timeout()
    }

    /// Marks the error as caused by a timeout.
    #[must_use]
    pub fn by_timeout(mut self) -> Self {
        self.0.is_timeout = true;
        self
    }

    pub(crate) fn progress(&self) -> &Progress {
        &self.0.progress
    }

    pub(crate) fn is_timeout(&self) -> bool {
        self.0.is_timeout
    }

    /// Takes the head of the response, if it was received.
    pub(crate) fn take_head(&mut self) -> Option<(StatusCode, HeaderMap)> {
        match &mut self.0.progress {
            Progress::HeadReceived(status, headers) | Progress::BodyTooLarge(status, headers) => {
                Some((*status, std::mem::take(headers)))
            }
            Progress::Invalid
            | Progress::NoRuntime
            | Progress::NotConnected
            | Progress::NotProcessed
            | Progress::Unknown
            | Progress::BodyFailed => None,
        }
    }

    /// Replaces a source that shows a secret by its text without the secret.
    pub(crate) fn masked(self, credentials: &Credentials) -> Self {
        let Some(source) = &self.0.source else { return self };
        let (mut text, mut cause) = (source.to_string(), source.source());
        while let Some(error) = cause {
            text += &format!(": {error}");
            cause = error.source();
        }
        let is_safe = |text: &str| credentials.mask(text) == text;
        let debug = format!("{source:?}");
        if is_safe(&text) && is_safe(&debug) { self } else { self.with_source(credentials.mask(&text)) }
    }

    fn new(progress: Progress) -> Self {
        Self(Box::new(Inner { progress, is_timeout: false, source: None }))
    }

    fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }
}

/// Shows the line of `Display` and the source. The headers of a response are never shown.
impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("TransportError");
        debug.field("message", &format_args!("{self}")).field("source", &self.0.source).finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (&self.0.progress, self.0.is_timeout) {
            (Progress::Invalid, _) => "not sent: the transport cannot send this request",
            (Progress::NoRuntime, _) => {
                "not sent: no tokio runtime is running; await the call on one, such as that of `#[tokio::main]`, or \
                 use the client of the feature `blocking`"
            }
            (Progress::NotConnected, false) => "no connection was made",
            (Progress::NotConnected, true) => "no connection was made in time",
            (Progress::NotProcessed, _) => {
                "the server closed the connection or the stream before it processed the request"
            }
            (Progress::Unknown, false) => "the connection broke before a response arrived",
            (Progress::Unknown, true) => "no response arrived in time",
            (Progress::BodyFailed, _) => "the request was interrupted: a file or stream of it cannot be read",
            (Progress::HeadReceived(..), false) => "the body of the response was cut off",
            (Progress::HeadReceived(..), true) => "the body of the response did not arrive in time",
            (Progress::BodyTooLarge(..), _) => "the body of the response is too large",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}
