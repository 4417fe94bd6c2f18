//! Where an answer differs from its description.

mod listener;
mod log;

use std::fmt;

pub(crate) use self::listener::{Callback, Listener};
pub(crate) use self::log::DriftLog;
use crate::schema::ValueKind;

/// A place at which an answer is not as described. The value there is absent in the typed answer,
/// and present in [`Response::body`](crate::Response::body).
///
/// It never holds the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    pointer: String,
    expected: ValueKind,
    found: ValueKind,
}

impl Drift {
    /// A difference at the place that is being read; [`under`](Self::under) moves it to where it belongs.
    pub(crate) fn here(expected: ValueKind, found: ValueKind) -> Self {
        Self { pointer: String::new(), expected, found }
    }

    /// The same, seen from what holds this key.
    pub(crate) fn under(mut self, key: &str) -> Self {
        self.step_into(key);
        self
    }

    fn step_into(&mut self, key: &str) {
        let key = key.replace('~', "~0").replace('/', "~1");
        self.pointer.insert_str(0, &format!("/{key}"));
    }

    /// Where, as a JSON pointer into the answer, as in `/profiles/3/address`. It is empty where the
    /// answer as a whole is meant. A `*` stands for a key that is data.
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
