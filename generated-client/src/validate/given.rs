//! The given fields of a request: its own fields, and the extra values that are sent with it.

use serde_json::Value as Json;

use super::pointer::PathStep;
use crate::schema::{Extra, Object, Operation, Schema, is_field_given};

/// Decides which fields are given.
#[derive(Clone, Copy)]
pub(super) struct GivenFields<'e> {
    pub(super) operation: &'e Operation,
    pub(super) extra: &'e Extra,
}

impl<'e> GivenFields<'e> {
    /// The extra value that replaces a field of the request.
    pub(super) fn extra(&self, path: &PathStep<'_>, schema: &Schema, name: &str) -> Option<&'e Json> {
        if let PathStep::Root = path { self.extra.sent_value(name, self.operation, schema) } else { None }
    }

    /// Whether a field is given.
    pub(super) fn is_given(&self, path: &PathStep<'_>, object: &dyn Object, name: &str) -> bool {
        self.extra(path, object.schema(), name).is_some() || is_field_given(object, name, self.operation.empty_text)
    }

    /// The number of extra values in the body.
    pub(super) fn extra_in_body(&self, path: &PathStep<'_>, schema: &Schema) -> u64 {
        let PathStep::Root = path else { return 0 };
        let given = self.extra.in_body(self.operation, schema);
        given.filter(|(name, _)| self.extra.sent_value(name, self.operation, schema).is_some()).count() as u64
    }
}
