//! Rules between several fields of one object.

use super::source::Authority;

/// A rule between several fields of one object.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The name.
    pub name: &'static str,
    /// A sentence that explains the rule.
    pub says: &'static str,
    /// The rule applies if all of these hold.
    pub when: &'static [When],
    /// The constraint that then applies.
    pub then: Consequence,
    /// Who states the rule, and whether a violation is an error.
    pub by: Authority,
}

/// A condition of a rule. Dots in the name of a field lead into objects.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// The field has one of these values.
    Is(&'static str, &'static [&'static str]),
    /// The field is set.
    Given(&'static str),
    /// The field is not set.
    Absent(&'static str),
}

/// The constraint of a rule. Dots in the name of a field lead into objects.
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
