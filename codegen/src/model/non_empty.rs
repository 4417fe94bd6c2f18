//! Lists with at least one item.

use std::iter::once;

/// A list with at least one item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NonEmpty<T> {
    first: T,
    others: Vec<T>,
}

impl<T> From<T> for NonEmpty<T> {
    fn from(only: T) -> Self {
        Self { first: only, others: Vec::new() }
    }
}

impl<T> NonEmpty<T> {
    /// The list with these items. `None` if there are none.
    pub fn new(items: impl IntoIterator<Item = T>) -> Option<Self> {
        let mut items = items.into_iter();
        Some(Self { first: items.next()?, others: items.collect() })
    }

    /// The items in their order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        once(&self.first).chain(&self.others)
    }

    /// The list with each item replaced.
    pub fn map<U>(&self, mut replace: impl FnMut(&T) -> U) -> NonEmpty<U> {
        NonEmpty { first: replace(&self.first), others: self.others.iter().map(replace).collect() }
    }
}
