//! A request without fields, for endpoints that the spec does not describe.

use super::object_schema::Schema;
use super::value::{Object, Value};

#[derive(Clone, Copy, Debug)]
pub(crate) struct EmptyRequest;

impl Object for EmptyRequest {
    fn schema(&self) -> &'static Schema {
        const { &Schema { name: "EmptyRequest", ..Schema::EMPTY } }
    }

    fn empty() -> Self {
        Self
    }

    fn get(&self, _: usize) -> Option<&dyn Value> {
        None
    }

    fn get_mut(&mut self, _: usize) -> Option<&mut dyn Value> {
        None
    }
}
