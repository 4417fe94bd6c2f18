//! An answer that is not what the caller hoped for.

use http::{HeaderName, StatusCode};

/// Why a request is not carried out.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The status of the answer.
    pub(crate) status: StatusCode,
    /// A sentence for the caller.
    pub(crate) error: String,
    /// A header that the status asks for.
    pub(crate) header: Option<(HeaderName, String)>,
}

impl Refusal {
    /// Refuses with a status and a sentence.
    pub(crate) fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self { status, error: error.into(), header: None }
    }

    /// The request is not as the spec wants it.
    pub(crate) fn bad_request(error: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error)
    }

    /// There is no such thing.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("{what} not found."))
    }

    /// Adds a header.
    pub(crate) fn with_header(mut self, name: HeaderName, value: String) -> Self {
        self.header = Some((name, value));
        self
    }
}
