//! A request without fields, for endpoints that the spec does not describe.

use super::kind::ValueKind;
use super::object_schema::Schema;
use super::value::{Object, Value, View};

#[derive(Clone, Copy, Debug)]
pub(crate) struct EmptyRequest;

impl Object for EmptyRequest {
    fn schema(&self) -> &'static Schema {
        const { &Schema { name: "EmptyRequest", fields: &[], rules: &[], at_least: None } }
    }

    fn empty() -> Self {
        Self
    }

    fn each<'a>(&'a self, _: &mut dyn FnMut(&'a dyn Value)) {}

    fn slot(&mut self, _: usize) -> Option<&mut dyn Value> {
        None
    }
}

impl Value for EmptyRequest {
    fn empty() -> Self {
        Self
    }

    fn kind_of() -> ValueKind {
        ValueKind::Object
    }

    fn kind(&self) -> ValueKind {
        ValueKind::Object
    }

    fn view(&self) -> View<'_> {
        View::Object(self)
    }

    fn clear(&mut self) {}
}
