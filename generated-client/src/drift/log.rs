//! The differences found in one answer.

use super::Drift;

/// What was noted about one answer. A list of thousands of rows, each with the same fault, is noted
/// a hundred times and counted from there on.
#[derive(Clone, Debug, Default)]
pub(crate) struct DriftLog {
    kept: Vec<Drift>,
    more: usize,
}

impl DriftLog {
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
    pub(crate) fn merge(mut self, others: Self) -> Self {
        self.kept.retain(|drift| others.kept.iter().all(|other| other.pointer != drift.pointer));
        self.more += others.more;
        for drift in others.kept {
            self.add(drift);
        }
        self
    }
}
