//! Where an answer differs from its description.

mod listener;

use std::fmt;

pub(crate) use self::listener::{Callback, Listener};
use crate::runtime::ValueKind;

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

/// What was noted about one answer. A list of thousands of rows, each with the same fault, is noted
/// a hundred times and counted from there on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    kept: Vec<Drift>,
    more: usize,
}

impl Notes {
    const MOST: usize = 100;

    pub(crate) fn kept(&self) -> &[Drift] {
        &self.kept
    }

    /// How many there were beyond those that are kept.
    pub(crate) fn more(&self) -> usize {
        self.more
    }

    pub(crate) fn add(&mut self, drift: Drift) {
        self.add_with(|| drift);
    }

    /// Makes the note only where there is room for it.
    pub(crate) fn add_with(&mut self, drift: impl FnOnce() -> Drift) {
        if self.kept.len() < Self::MOST {
            self.kept.push(drift());
        } else {
            self.more += 1;
        }
    }

    /// Where the notes begin that come next.
    pub(crate) fn mark(&self) -> usize {
        self.kept.len()
    }

    /// What was noted since the mark stands at the key of the value in which it was found. Nearly
    /// always there is nothing, so that no path is built.
    pub(crate) fn step_into(&mut self, mark: usize, key: &str) {
        for drift in self.kept.get_mut(mark..).unwrap_or_default() {
            drift.step_into(key);
        }
    }

    /// As [`step_into`](Self::step_into), for a position in a list.
    pub(crate) fn step_into_item(&mut self, mark: usize, index: usize) {
        if self.kept.len() > mark {
            self.step_into(mark, &index.to_string());
        }
    }

    /// These and others, of which those count that are about the same place.
    pub(crate) fn joined_by(mut self, others: Self) -> Self {
        self.kept.retain(|drift| others.kept.iter().all(|other| other.pointer != drift.pointer));
        self.more += others.more;
        for drift in others.kept {
            self.add(drift);
        }
        self
    }
}
