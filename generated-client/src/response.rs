//! What a call gives beside the answer itself.

use std::fmt;
use std::ops::Deref;
use std::slice;
use std::vec;

use http::HeaderMap;

use crate::codec::decode::Page;
use crate::drift::{Drift, DriftLog};
use crate::transport::TransportResponse;
use crate::validate::Report;

/// An answer, with everything that came with it. It derefs to the answer.
#[derive(Clone)]
pub struct Response<T> {
    answer: T,
    about: Box<About>,
}

/// What does not depend on the type of the answer.
#[derive(Clone, Debug)]
pub(crate) struct About {
    pub(crate) response: TransportResponse,
    pub(crate) api_id: Option<String>,
    pub(crate) attempts: u32,
    pub(crate) report: Report,
    pub(crate) drift: DriftLog,
}

impl<T> Response<T> {
    pub(crate) fn new(answer: T, about: Box<About>) -> Self {
        Self { answer, about }
    }

    /// The answer alone.
    pub fn into_inner(self) -> T {
        self.answer
    }

    /// The status of HTTP.
    pub fn status(&self) -> u16 {
        self.about.response.status.as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.about.response.headers
    }

    /// Plivo's id of the call, for its support.
    pub fn api_id(&self) -> Option<&str> {
        self.about.api_id.as_deref()
    }

    /// The body as it came, with everything that the typed answer leaves out.
    pub fn body(&self) -> &[u8] {
        &self.about.response.body
    }

    /// How often sending the request was tried: 1, unless it was sent again.
    pub fn attempts(&self) -> u32 {
        self.about.attempts
    }

    /// What was found in the request and did not stop it.
    pub fn report(&self) -> &Report {
        &self.about.report
    }

    /// Where the answer is not as described. The values there are absent in the typed answer. Of an answer
    /// that is wrong all over, the first hundred places are noted.
    pub fn drift(&self) -> &[Drift] {
        self.about.drift.kept()
    }

    /// How many places there are beyond those in [`drift`](Self::drift).
    pub fn more_drift(&self) -> usize {
        self.about.drift.more()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.answer
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Response");
        debug.field("status", &self.status()).field("api_id", &self.api_id()).field("answer", &self.answer);
        debug.finish_non_exhaustive()
    }
}

impl<T> IntoIterator for Response<Page<T>> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_inner().into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Response<Page<T>> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
