//! The differences between one answer and the spec.

use super::Drift;

/// The differences in one answer. The first 100 are kept; the rest are only counted, so that a long list in which every
/// item differs stays cheap.
#[derive(Clone, Debug, Default)]
pub(crate) struct DriftLog {
    entries: Vec<Drift>,
    omitted: usize,
}

impl DriftLog {
    const MAX_ENTRIES: usize = 100;

    pub(crate) fn entries(&self) -> &[Drift] {
        &self.entries
    }

    /// The number of differences beyond the kept ones.
    pub(crate) fn omitted(&self) -> usize {
        self.omitted
    }

    pub(crate) fn add(&mut self, drift: Drift) {
        self.add_with(|| drift);
    }

    /// Builds the difference only if it is kept.
    pub(crate) fn add_with(&mut self, drift: impl FnOnce() -> Drift) {
        if self.entries.len() < Self::MAX_ENTRIES {
            self.entries.push(drift());
        } else {
            self.omitted += 1;
        }
    }

    /// The position of the next difference, for [`prefix_since`](Self::prefix_since).
    pub(crate) fn checkpoint(&self) -> usize {
        self.entries.len()
    }

    /// Prepends a key to the pointer of every difference added since the checkpoint. Most answers have no difference,
    /// so pointers are built only here.
    pub(crate) fn prefix_since(&mut self, checkpoint: usize, key: &str) {
        for drift in self.entries.get_mut(checkpoint..).unwrap_or_default() {
            drift.prefix(key);
        }
    }

    /// Like [`prefix_since`](Self::prefix_since), for an index in a list.
    pub(crate) fn prefix_index_since(&mut self, checkpoint: usize, index: usize) {
        if self.entries.len() > checkpoint {
            self.prefix_since(checkpoint, &index.to_string());
        }
    }

    /// Adds the differences of another log. Of two differences with the same pointer, the one in the other log is kept.
    pub(crate) fn merge(mut self, others: Self) -> Self {
        self.entries.retain(|drift| others.entries.iter().all(|other| other.pointer != drift.pointer));
        self.omitted += others.omitted;
        for drift in others.entries {
            self.add(drift);
        }
        self
    }
}
