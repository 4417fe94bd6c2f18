//! Rules between several fields of one object.

use super::source::Authority;

/// A demand on several fields at once.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// A sentence.
    pub says: &'static str,
    /// It applies where each of these fields has one of its values.
    pub when: &'static [(&'static str, &'static [&'static str])],
    /// What it then demands.
    pub then: Consequence,
    /// Who says so.
    pub by: Authority,
}

/// What a rule demands.
#[derive(Clone, Copy, Debug)]
pub enum Consequence {
    /// Each of these fields.
    Needs(&'static [&'static str]),
    /// A number of these fields.
    Count {
        /// The fields.
        of: &'static [&'static str],
        /// At least so many.
        least: u64,
        /// At most so many.
        most: u64,
    },
}
