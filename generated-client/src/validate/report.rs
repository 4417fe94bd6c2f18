//! What a check of a request found.

use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::schema::{Authority, Severity};

/// Everything that is wrong with a request, and everything that is suspicious about it.
///
/// Its `Display` has one line for each finding, errors first.
#[derive(Clone, Debug, Default)]
pub struct Report {
    errors: Vec<Violation>,
    warnings: Vec<Violation>,
}

impl Report {
    /// What is wrong. Unless told otherwise, the client does not send a request with errors.
    pub fn errors(&self) -> &[Violation] {
        &self.errors
    }

    /// What is suspicious: limits that are contested, or that others than Plivo's documentation state.
    pub fn warnings(&self) -> &[Violation] {
        &self.warnings
    }

    /// Whether there are no errors.
    pub fn is_ok(&self) -> bool {
        self.errors.is_empty()
    }

    /// Whether there is nothing at all to say.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty() && self.warnings.is_empty()
    }

    pub(crate) fn add(&mut self, violation: Violation) {
        match violation.by.severity {
            Severity::Error => self.errors.push(violation),
            Severity::Warning => self.warnings.push(violation),
        }
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_struct("Report", 2)?;
        report.serialize_field("errors", &self.errors)?;
        report.serialize_field("warnings", &self.warnings)?;
        report.end()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.errors.iter().chain(&self.warnings);
        for (index, violation) in lines.enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            write!(f, "{gap}{violation}")?;
        }
        Ok(())
    }
}

/// One thing that is wrong with a request, or suspicious about it.
#[derive(Clone, Debug)]
pub struct Violation {
    pointer: String,
    rule: &'static str,
    message: String,
    by: Authority,
}

impl Violation {
    pub(crate) fn new(pointer: String, rule: &'static str, message: String, by: Authority) -> Self {
        Self { pointer, rule, message, by }
    }

    /// The place in the request, as a JSON pointer, such as `/authorized_contact/email`. It is empty
    /// where the request as a whole is meant.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The rule, such as `required`, `max_length` or a rule's own name.
    pub fn rule(&self) -> &str {
        self.rule
    }

    /// A sentence. It names lengths and listed values. Of the request it shows at most a text that is nearly a listed
    /// value.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Who states the rule.
    pub fn source(&self) -> &str {
        self.by.source.says
    }

    /// The short name of who states the rule, as in the spec.
    pub fn source_name(&self) -> &str {
        self.by.source.name
    }

    /// Whether it is an error; otherwise it is a warning.
    pub fn is_error(&self) -> bool {
        self.by.severity == Severity::Error
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut violation = serializer.serialize_struct("Violation", 4)?;
        violation.serialize_field("pointer", &self.pointer)?;
        violation.serialize_field("rule", self.rule)?;
        violation.serialize_field("message", &self.message)?;
        violation.serialize_field("source", self.by.source.name)?;
        violation.end()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = if self.is_error() { "error" } else { "warning" };
        let place = if self.pointer.is_empty() { "" } else { " " };
        write!(f, "{level}{place}{} {}: {} ({})", self.pointer, self.rule, self.message, self.source())
    }
}
