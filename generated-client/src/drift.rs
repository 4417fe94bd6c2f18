//! Where an answer differs from its description.

use std::fmt;

use crate::runtime::Kind;

/// A place at which an answer is not as described. The value there is absent in the typed answer,
/// and present in [`Response::body`](crate::Response::body).
///
/// It never holds the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    pointer: String,
    expected: Kind,
    found: Kind,
    /// Whether it is why an answer, or a part of it, cannot be used.
    is_decisive: bool,
}

impl Drift {
    /// A difference at the place that is being read; [`step_into`] moves it to where it belongs.
    pub(crate) fn here(expected: Kind, found: Kind) -> Self {
        Self { pointer: String::new(), expected, found, is_decisive: false }
    }

    /// It is why an answer, or a part of it, cannot be used.
    pub(crate) fn decisive(mut self) -> Self {
        self.is_decisive = true;
        self
    }

    pub(crate) fn is_decisive(&self) -> bool {
        self.is_decisive
    }

    /// Where, as a JSON pointer into the answer, as in `/profiles/3/address`.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What was expected there, in words.
    pub fn expected(&self) -> &str {
        self.expected.in_words()
    }

    /// What was found there instead, in words.
    pub fn found(&self) -> &str {
        self.found.in_words()
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "the answer" } else { &self.pointer };
        write!(f, "{place}: expected {}, found {}", self.expected(), self.found())
    }
}

/// Differences that were found inside a value now stand at the key of that value.
pub(crate) fn step_into(found: &mut [Drift], key: &str) {
    for drift in found {
        let key = key.replace('~', "~0").replace('/', "~1");
        drift.pointer.insert_str(0, &format!("/{key}"));
    }
}
