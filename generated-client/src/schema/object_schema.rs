//! The schema of an object: its fields and the rules between them, as a constant table.

use super::field::{Field, Location};
use super::rule::Rule;
use super::source::Authority;

/// The fields of an object in their order, and the rules between them.
#[derive(Debug)]
pub struct Schema {
    /// The name of the type.
    pub name: &'static str,
    /// The fields.
    pub fields: &'static [Field],
    /// The rules between several fields.
    pub rules: &'static [Rule],
    /// The minimum number of fields of the body that must be set.
    pub at_least: Option<(u64, Authority)>,
    /// Whether the object has no field and belongs to answers. An object with fields says it by their locations.
    pub is_answer: bool,
}

impl Schema {
    /// An empty schema, the base of every table.
    pub const EMPTY: Self = Self { name: "", fields: &[], rules: &[], at_least: None, is_answer: false };

    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// Whether only answers contain objects of this type.
    pub(crate) fn is_answer(&self) -> bool {
        self.is_answer || self.fields.iter().any(|field| field.location == Location::Answer)
    }
}
