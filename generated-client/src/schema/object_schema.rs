//! The schema of an object: its fields and the rules between them, as a constant table.

use super::field::{Field, Location};
use super::rule::Rule;
use super::source::Authority;

/// Everything that is known about an object's fields, in their order.
#[derive(Debug)]
pub struct Schema {
    /// The name of the type.
    pub name: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
    /// Demands on several fields at once.
    pub rules: &'static [Rule],
    /// How many fields of the body must be given at least.
    pub at_least: Option<(u64, Authority)>,
}

impl Schema {
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// Whether only answers have objects of this type.
    pub(crate) fn is_answer(&self) -> bool {
        self.fields.iter().any(|field| field.location == Location::Answer)
    }
}
