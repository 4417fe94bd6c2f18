//! Drift: the differences between answers and the spec.

mod log;
mod reporter;

use std::fmt;

pub(crate) use self::log::DriftLog;
pub(crate) use self::reporter::{DriftCallback, DriftReporter};
use crate::schema::ValueKind;

/// A difference between an answer and the spec, such as text where a number was expected.
///
/// A value that differs is absent in the typed answer and present in [`Response::body`](crate::Response::body). A
/// `Drift` never contains the value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    pointer: String,
    expected: ValueKind,
    found: ValueKind,
}

impl Drift {
    /// A difference at the value being decoded, with an empty pointer. [`in_key`](Self::in_key) extends the pointer.
    pub(crate) fn new(expected: ValueKind, found: ValueKind) -> Self {
        Self { pointer: String::new(), expected, found }
    }

    /// Prepends a key to the pointer.
    pub(crate) fn in_key(mut self, key: &str) -> Self {
        self.prefix(key);
        self
    }

    fn prefix(&mut self, key: &str) {
        push_front(&mut self.pointer, key);
    }

    /// The JSON pointer of the value in the answer, such as `/profiles/3/address`. It is empty for the answer as a
    /// whole. `*` stands for the key of a map.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The expected kind of value, in words, such as `a whole number`.
    pub fn expected(&self) -> &str {
        self.expected.in_words()
    }

    /// The kind of value found instead, in words. A missing value is `nothing`.
    pub fn found(&self) -> &str {
        self.found.in_words()
    }
}

/// Prepends a key to a JSON pointer.
pub(crate) fn push_front(pointer: &mut String, key: &str) {
    if key.contains(['~', '/']) {
        pointer.insert_str(0, &key.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.insert_str(0, key);
    }
    pointer.insert(0, '/');
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = if self.pointer.is_empty() { "the answer" } else { &self.pointer };
        write!(f, "{subject}: expected {}, found {}", self.expected(), self.found())
    }
}
