//! Rules between the fields of one request.

use super::facts::Authority;

/// A rule between the fields of one request.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name, as in `public_needs_stock`.
    pub name: String,
    /// A sentence.
    pub summary: String,
    /// It applies when all of these hold; always, if empty.
    pub when: Vec<Condition>,
    /// What it then says.
    pub then: Consequence,
}

/// A field has one of these values.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The wire name of the field.
    pub field: String,
    /// The wire texts.
    pub values: Vec<String>,
}

/// What a rule says.
#[derive(Clone, Debug)]
pub enum Consequence {
    /// These fields must be given. One finding for each that is not.
    Needs(Vec<String>, Authority),
    /// These fields are not needed. A note; never a finding.
    MaySkip(Vec<String>),
    /// So many of these fields must be given. One finding, at the request as a whole.
    Count {
        /// The fields.
        of: Vec<String>,
        /// At least so many.
        least: u64,
        /// At most so many.
        most: u64,
        /// Who says so.
        authority: Authority,
    },
}
