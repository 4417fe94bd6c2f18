//! Violations: what a request or an answer does that the spec does not allow.

use std::collections::BTreeSet;

use crate::limits;
use crate::model::{Level, Model};

/// One violation: an error or a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The JSON pointer of the value, such as `/authorized_contact/email`; empty for the request as a whole.
    pub pointer: String,
    /// The id of the rule: `required`, `max_length`, `min_length`, `min`, `max`, `format`, `values`,
    /// `delimiter`, `taken`, `type`, `also`, `at_least`, or the name of a rule of the operation.
    pub rule: String,
    /// Whether it is an error or a warning.
    pub level: Level,
    /// What is required, in words that follow the name of the field, such as `is required`.
    pub demand: String,
}

/// The sentence that refuses a request, if any violation is an error.
pub fn refusing_sentence(violations: &[Violation]) -> Option<String> {
    let errors = violations.iter().filter(|violation| violation.level == Level::Error);
    let demands: Vec<String> = errors.map(Violation::sentence).collect();
    (!demands.is_empty()).then(|| format!("{}.", demands.join("; ")))
}

impl Violation {
    /// The demand with its subject, such as `address.city is required`.
    pub fn sentence(&self) -> String {
        let field = self.pointer.trim_start_matches('/').replace('/', ".");
        let subject = if field.is_empty() { "The request" } else { &field };
        format!("{subject} {}", self.demand)
    }
}

/// Collects the violations of one request or answer.
pub(super) struct Check<'a> {
    pub(super) model: &'a Model,
    pub(super) violations: Vec<Violation>,
    /// The pointers of the fields that the request has in a second form.
    pub(super) second_forms: BTreeSet<String>,
    /// Bytes left for further violations. Those that do not fit are dropped.
    room: usize,
}

impl<'a> Check<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        Self { model, violations: Vec::new(), second_forms: BTreeSet::new(), room: limits::VIOLATIONS }
    }

    pub(super) fn report(&mut self, pointer: &str, rule: &str, level: Level, demand: impl Into<String>) {
        let (pointer, rule, demand) = (pointer.to_owned(), rule.to_owned(), demand.into());
        let size = size_of::<Violation>() + pointer.len() + rule.len() + demand.len();
        let Some(room) = self.room.checked_sub(size) else { return };
        self.room = room;
        self.violations.push(Violation { pointer, rule, level, demand });
    }
}

/// Appends a step to a JSON pointer, escaped as in RFC 6901.
pub fn pointer_to(pointer: &str, step: &str) -> String {
    format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1"))
}
