//! What a request gives: its own fields, and what is sent beside them or in their place.

use serde_json::Value as Json;

use super::pointer::PathStep;
use crate::schema::{Extra, Object, Operation, Schema, gives};

/// A request's operation, and what is sent beside the fields of the request.
#[derive(Clone, Copy)]
pub(super) struct Given<'e> {
    pub(super) operation: &'e Operation,
    pub(super) extra: &'e Extra,
}

impl<'e> Given<'e> {
    /// The value that is sent in place of a field of the request.
    pub(super) fn extra(&self, at: &PathStep<'_>, schema: &Schema, name: &str) -> Option<&'e Json> {
        if let PathStep::Root = at { self.extra.sent(name, self.operation, schema) } else { None }
    }

    /// Whether the request gives a field.
    pub(super) fn gives(&self, at: &PathStep<'_>, object: &dyn Object, name: &str) -> bool {
        self.extra(at, object.schema(), name).is_some() || gives(object, name, self.operation.empty_text)
    }

    /// How many values are sent in the body beside the fields of the request.
    pub(super) fn extra_in_body(&self, at: &PathStep<'_>, schema: &Schema) -> u64 {
        let PathStep::Root = at else { return 0 };
        let given = self.extra.in_body(self.operation, schema);
        given.filter(|(name, _)| self.extra.sent(name, self.operation, schema).is_some()).count() as u64
    }
}
