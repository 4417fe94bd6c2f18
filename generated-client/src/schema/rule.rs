//! Rules between several fields of one object.

use super::source::Authority;

/// A rule between several fields of one object.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The name.
    pub name: &'static str,
    /// A sentence that explains the rule.
    pub says: &'static str,
    /// The condition: the rule applies if each of these fields has one of its values.
    pub when: &'static [(&'static str, &'static [&'static str])],
    /// The constraint that then applies.
    pub then: Consequence,
    /// Who states the rule, and whether a violation is an error.
    pub by: Authority,
}

/// The constraint of a rule.
#[derive(Clone, Copy, Debug)]
pub enum Consequence {
    /// Each of these fields must be given.
    Needs(&'static [&'static str]),
    /// A bounded number of these fields must be given.
    Count {
        /// The fields.
        of: &'static [&'static str],
        /// The minimum number.
        least: u64,
        /// The maximum number.
        most: u64,
    },
}
