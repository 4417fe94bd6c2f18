//! The state of decoding one body.

use super::bounds::Bounds;
use super::key_orders::KeyOrders;
use super::mistakes::Mistakes;
use crate::drift::{Drift, DriftLog};
use crate::schema::ValueKind;

/// What happens to a value that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// It is absent and recorded as drift.
    Lenient,
    /// It is absent and recorded as a mistake, which makes the whole unusable.
    Strict,
}

/// The state of decoding one body.
#[derive(Debug)]
pub(crate) struct Decoding {
    pub(crate) strictness: Strictness,
    pub(crate) drift: DriftLog,
    /// The mistakes in data that is decoded strictly.
    pub(super) mistakes: Mistakes,
    /// The number of items of the outermost list that were left out.
    pub(crate) skipped_items: usize,
    /// The number of values of the current object that were converted from a second form.
    pub(super) converted: usize,
    pub(super) bounds: Bounds,
    pub(super) key_orders: KeyOrders,
}

/// The numbers of differences, mistakes and conversions before a value was decoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Checkpoint {
    pub(super) drift: usize,
    mistakes: usize,
    pub(super) converted: usize,
}

impl Decoding {
    pub(crate) fn new(strictness: Strictness) -> Self {
        Self::within(Bounds::default(), strictness)
    }

    pub(super) fn within(bounds: Bounds, strictness: Strictness) -> Self {
        let (drift, mistakes) = (DriftLog::default(), Mistakes::default());
        let key_orders = KeyOrders::default();
        Self { strictness, drift, mistakes, skipped_items: 0, converted: 0, bounds, key_orders }
    }

    /// Whether a value that does not fit is a mistake.
    pub(crate) fn is_strict(&self) -> bool {
        self.strictness == Strictness::Strict
    }

    /// Records that a key has no usable value.
    pub(crate) fn add_missing(&mut self, key: &str, expected: ValueKind, found: ValueKind) -> Drift {
        let drift = Drift::new(expected, found).in_key(key);
        self.drift.add_with(|| drift.clone());
        drift
    }

    /// Strict decoding refuses a duplicate key.
    pub(super) fn add_duplicate(&mut self, key: &str) {
        if self.is_strict() {
            self.mistakes.add("duplicate", || format!("{} is given twice", Mistakes::shown(key)));
        }
    }

    /// Records an item that is null.
    pub(super) fn add_null_item(&mut self, expected: ValueKind) {
        if self.is_strict() {
            self.mistakes.add("type", || format!("an item: expected {}, found null", expected.in_words()));
        } else {
            self.drift.add(Drift::new(expected, ValueKind::Null));
        }
    }

    pub(super) fn checkpoint(&self) -> Checkpoint {
        let (drift, mistakes) = (self.drift.checkpoint(), self.mistakes.checkpoint());
        Checkpoint { drift, mistakes, converted: self.converted }
    }

    /// Prepends a key to the pointer of everything recorded since the checkpoint.
    pub(super) fn prefix_since(&mut self, checkpoint: Checkpoint, key: &str) {
        self.drift.prefix_since(checkpoint.drift, key);
        self.mistakes.prefix_since(checkpoint.mistakes, key);
    }

    /// Like [`prefix_since`](Self::prefix_since), for the key of a map. It is data, which drift never shows.
    pub(super) fn prefix_map_key_since(&mut self, checkpoint: Checkpoint, key: &str) {
        self.drift.prefix_since(checkpoint.drift, "*");
        self.mistakes.prefix_since(checkpoint.mistakes, key);
    }

    /// Like [`prefix_since`](Self::prefix_since), for an index in a list.
    pub(super) fn prefix_index_since(&mut self, checkpoint: Checkpoint, index: usize) {
        self.drift.prefix_index_since(checkpoint.drift, index);
        self.mistakes.prefix_index_since(checkpoint.mistakes, index);
    }
}
