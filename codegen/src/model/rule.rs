//! Rules between the fields of one request.

use super::facts::Authority;

/// A rule between the fields of one request.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name, such as `public_needs_stock`.
    pub name: String,
    /// Its summary, in Markdown.
    pub summary: String,
    /// The rule applies if all of these hold; without conditions, always.
    pub when: Vec<Condition>,
    /// What the rule requires.
    pub then: Consequence,
}

/// A condition: a field has one of these values.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The wire name of the field.
    pub field: String,
    /// The values on the wire.
    pub values: Vec<String>,
}

/// What a rule requires.
#[derive(Clone, Debug)]
pub enum Consequence {
    /// These fields are required. Each that is absent is one violation.
    Needs(Vec<String>, Authority),
    /// These fields can be omitted. This is a note and never a violation.
    MaySkip(Vec<String>),
    /// A number of these fields is required. The violation is one of the request as a whole.
    Count {
        /// The fields.
        of: Vec<String>,
        /// The minimum number of them.
        least: u64,
        /// The maximum number of them.
        most: u64,
        /// Who states it, and the level of the violation.
        authority: Authority,
    },
}
