//! Collects the violations of a request.

use super::pointer::PathStep;
use super::report::{Report, Violation};
use crate::schema::Authority;

/// The violations found so far.
#[derive(Default)]
pub(super) struct Collector {
    pub(super) report: Report,
    /// Whether the current value is sensitive, so that neither message nor pointer may show it.
    pub(super) is_hidden: bool,
}

impl Collector {
    pub(super) fn add(&mut self, path: &PathStep<'_>, rule: &'static str, by: Authority, message: String) {
        self.report.add(Violation::new(path.pointer(), rule, message, by));
    }
}
