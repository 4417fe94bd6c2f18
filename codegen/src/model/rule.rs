//! Rules between the fields of one request.

use super::facts::Authority;
use super::position::Position;

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
    /// Where the spec declares it.
    pub position: Position,
}

/// A condition on a field.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The wire name of the field. Dots lead into objects.
    pub field: String,
    /// What holds for the field.
    pub test: Test,
}

/// What holds for the field of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// It has one of these values on the wire.
    OneOf(Vec<String>),
    /// It has a value.
    Given,
    /// It has no value.
    Absent,
}

/// What a rule requires of fields. Dots in their names lead into objects.
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
