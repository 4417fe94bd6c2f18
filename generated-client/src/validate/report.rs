//! The result of validating a request.

use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::schema::{Authority, one_line};

/// The violations in a request: errors and warnings.
///
/// `Display` writes one line per violation, errors first.
#[derive(Clone, Debug, Default)]
pub struct Report {
    errors: Vec<Violation>,
    warnings: Vec<Violation>,
}

impl Report {
    /// The errors. By default, the client does not send a request with errors;
    /// [`Validation`](crate::Validation) changes that.
    pub fn errors(&self) -> &[Violation] {
        &self.errors
    }

    /// The warnings: violations of constraints that are disputed, or that no Plivo documentation states.
    pub fn warnings(&self) -> &[Violation] {
        &self.warnings
    }

    /// Whether there are no errors. There may be warnings.
    pub fn is_ok(&self) -> bool {
        self.errors.is_empty()
    }

    /// Whether there are neither errors nor warnings.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty() && self.warnings.is_empty()
    }

    pub(crate) fn add(&mut self, violation: Violation) {
        match violation.by {
            Authority::Error(_) => self.errors.push(violation),
            Authority::Warning(_) => self.warnings.push(violation),
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

/// The error of [`read_request`](crate::read_request).
impl std::error::Error for Report {}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.errors.iter().chain(&self.warnings);
        for (index, violation) in lines.enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

/// A violation of a constraint or a rule: an error or a warning.
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

    /// The JSON pointer of the value in the request, such as `/authorized_contact/email`. It is empty for the request
    /// as a whole.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The id of the violated constraint, such as `required` or `max_length`, or the name of the violated rule.
    pub fn rule(&self) -> &str {
        self.rule
    }

    /// The message, one English sentence or two. It may contain lengths, limits and listed values. The only value of
    /// the request that it may contain is a text that is similar to a listed value, such as a typo.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// A description of the source that states the constraint, or of all of them.
    pub fn source(&self) -> &str {
        self.by.source().description
    }

    /// The short name of the source, such as `page`; of several, all names, such as `python and golang`.
    pub fn source_name(&self) -> &str {
        self.by.source().name
    }

    /// Whether the violation is an error; otherwise it is a warning.
    pub fn is_error(&self) -> bool {
        self.by.is_error()
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut violation = serializer.serialize_struct("Violation", 4)?;
        violation.serialize_field("pointer", &self.pointer)?;
        violation.serialize_field("rule", self.rule)?;
        violation.serialize_field("message", &self.message)?;
        violation.serialize_field("source", self.by.source().name)?;
        violation.end()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = if self.is_error() { "error" } else { "warning" };
        let space = if self.pointer.is_empty() { "" } else { " " };
        // Pointer and message may contain keys of data from outside.
        let (pointer, message) = (one_line(&self.pointer), one_line(&self.message));
        write!(f, "{level}{space}{pointer} {}: {message} ({})", self.rule, self.source())
    }
}
