//! The findings of a validation.

use super::pointer::PathStep;
use super::report::{Report, Violation};
use crate::schema::Authority;

/// The findings so far.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) report: Report,
    /// Whether the value at hand is sensitive, so that no message and no pointer shows it.
    pub(super) is_hidden: bool,
}

impl Findings {
    pub(super) fn add(&mut self, at: &PathStep<'_>, rule: &'static str, by: Authority, message: String) {
        self.report.add(Violation::new(at.pointer(), rule, message, by));
    }
}
