//! The fields that a request had in a second form.

/// The fields of an object that were deserialized from a second form, such as a number in place of text, by their
/// indices in the schema. They are no part of its value: two objects that differ only in them are equal.
#[derive(Clone, Debug)]
pub struct SecondForms(Vec<usize>);

impl SecondForms {
    /// No field.
    pub const NONE: Self = Self(Vec::new());

    #[inline]
    pub(crate) fn contains(&self, index: usize) -> bool {
        self.0.contains(&index)
    }

    pub(crate) fn insert(&mut self, index: usize) {
        self.0.push(index);
    }
}
