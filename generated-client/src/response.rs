//! The response of a call: the answer, and everything that came with it.

use std::fmt;
use std::ops::Deref;
use std::slice;
use std::vec;

use http::HeaderMap;

use crate::codec::decode::Page;
use crate::drift::{Drift, DriftLog};
use crate::transport::TransportResponse;
use crate::validate::Report;

/// An answer with its status, headers and body. Derefs to the answer.
#[derive(Clone)]
pub struct Response<T> {
    answer: T,
    parts: Box<ResponseParts>,
}

/// The parts of a response that do not depend on the type of the answer.
#[derive(Clone, Debug)]
pub(crate) struct ResponseParts {
    pub(crate) response: TransportResponse,
    pub(crate) api_id: Option<String>,
    pub(crate) attempts: u32,
    pub(crate) report: Report,
    pub(crate) drift: DriftLog,
}

impl<T> Response<T> {
    pub(crate) fn new(answer: T, parts: Box<ResponseParts>) -> Self {
        Self { answer, parts }
    }

    pub(crate) fn parts(&self) -> &ResponseParts {
        &self.parts
    }

    /// Returns the answer.
    pub fn into_inner(self) -> T {
        self.answer
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.parts.response.status.as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.response.headers
    }

    /// Plivo's id of the API request, for questions to Plivo's support, cut to 100 characters.
    pub fn api_id(&self) -> Option<&str> {
        self.parts.api_id.as_deref()
    }

    /// The body as received, including everything that the typed answer leaves out.
    pub fn body(&self) -> &[u8] {
        &self.parts.response.body
    }

    /// The number of attempts: 1, unless the request was sent again.
    pub fn attempts(&self) -> u32 {
        self.parts.attempts
    }

    /// The violations that did not stop the request: warnings and, with
    /// [`Validation::Warn`](crate::Validation::Warn), errors.
    pub fn report(&self) -> &Report {
        &self.parts.report
    }

    /// The differences between the answer and the spec. A value that differs is absent in the typed answer. At most 100
    /// differences are kept; [`more_drift`](Self::more_drift) counts the others.
    pub fn drift(&self) -> &[Drift] {
        self.parts.drift.entries()
    }

    /// The number of differences beyond those in [`drift`](Self::drift).
    pub fn more_drift(&self) -> usize {
        self.parts.drift.omitted()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.answer
    }
}

impl<T, B> IntoIterator for Response<Page<T, B>> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_inner().into_iter()
    }
}

impl<'a, T, B> IntoIterator for &'a Response<Page<T, B>> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Response");
        debug.field("status", &self.status()).field("api_id", &self.api_id()).field("answer", &self.answer);
        debug.finish_non_exhaustive()
    }
}
