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
    /// Whether the object has no field and belongs to answers.
    is_answer: bool,
}

impl Schema {
    /// A schema without rules.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, fields, rules: &[], at_least: None, is_answer: false }
    }

    /// Sets the rules between the fields.
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// Sets how many fields of the body must be set at least.
    pub const fn at_least(mut self, fields: u64, by: Authority) -> Self {
        self.at_least = Some((fields, by));
        self
    }

    /// Marks an object that only answers contain. An object with fields says it with their locations.
    pub const fn answer(mut self) -> Self {
        self.is_answer = true;
        self
    }

    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// Whether only answers contain objects of this type.
    pub(crate) fn is_answer(&self) -> bool {
        self.is_answer || self.fields.iter().any(|field| field.location == Location::Answer)
    }
}

/// Checks that the numbers of the rows of a table are their positions. In a constant, a wrong number does not compile.
pub const fn check_numbers(rows: &[usize]) {
    let mut position = 0;
    while position < rows.len() {
        assert!(rows[position] == position, "the rows of a table are not numbered from 0");
        position += 1;
    }
}
