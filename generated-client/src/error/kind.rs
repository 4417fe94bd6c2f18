//! The kinds of errors, for `match`.

use super::Error;

/// The kind of an error, for `match`. Each kind is named like the predicate of [`Error`] that is true for it.
///
/// Several predicates can be true for one error; its kind is the most specific of them, in the order of the variants.
/// Whether the request may have been executed is a question of its own: see [`Error::outcome`].
///
/// ```no_run
/// # #[cfg(feature = "profile")]
/// # async fn run(client: plivo::Client) -> plivo::Result<()> {
/// use plivo::ErrorKind;
///
/// match client.profile().get("201faedc-7df9-4840-9ab1-3997ce3f7cf4").await {
///     Ok(profile) => println!("{:?}", profile.company_name),
///     Err(error) => match error.kind() {
///         ErrorKind::NotFound => println!("there is no such profile"),
///         ErrorKind::RateLimited => println!("retry after {:?}", error.retry_after()),
///         _ => return Err(error),
///     },
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client could not be built: [`Error::is_config`].
    Config,
    /// The request is not valid: [`Error::is_validation`].
    Validation,
    /// Plivo does not accept the credentials: [`Error::is_authentication`].
    Authentication,
    /// The account lacks permission: [`Error::is_forbidden`].
    Forbidden,
    /// The resource does not exist: [`Error::is_not_found`].
    NotFound,
    /// There were too many requests: [`Error::is_rate_limited`].
    RateLimited,
    /// Plivo refused the request for another reason: [`Error::is_rejected`].
    Rejected,
    /// The request was executed, but its answer cannot be decoded: [`Error::is_decode`].
    Decode,
    /// Plivo failed: [`Error::is_server`].
    Server,
    /// Time ran out: [`Error::is_timeout`].
    Timeout,
    /// A file of the request cannot be read: [`Error::is_file`].
    File,
    /// No connection was made: [`Error::is_connect`].
    Connect,
    /// Anything else, such as a connection that broke, a redirect, or a call outside of a tokio runtime.
    Other,
}

impl Error {
    /// The kind of this error, for `match`.
    pub fn kind(&self) -> ErrorKind {
        let kinds = [
            (Self::is_config as fn(&Self) -> bool, ErrorKind::Config),
            (Self::is_validation, ErrorKind::Validation),
            (Self::is_authentication, ErrorKind::Authentication),
            (Self::is_forbidden, ErrorKind::Forbidden),
            (Self::is_not_found, ErrorKind::NotFound),
            (Self::is_rate_limited, ErrorKind::RateLimited),
            (Self::is_rejected, ErrorKind::Rejected),
            (Self::is_decode, ErrorKind::Decode),
            (Self::is_server, ErrorKind::Server),
            (Self::is_timeout, ErrorKind::Timeout),
            (Self::is_file, ErrorKind::File),
            (Self::is_connect, ErrorKind::Connect),
        ];
        kinds.into_iter().find(|(is, _)| is(self)).map_or(ErrorKind::Other, |(_, kind)| kind)
    }

    /// The value of OpenTelemetry's `error.type`: the status, if it is that of an error, or else the kind.
    pub(crate) fn type_name(&self) -> String {
        match self.status().filter(|status| *status >= 400) {
            Some(status) => status.to_string(),
            None => format!("{:?}", self.kind()),
        }
    }
}
