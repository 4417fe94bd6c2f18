//! The stages of the emitters one at a time, for measurements.

use super::output::Output;
use super::{openapi, reference, rust, schema};
use crate::model::Model;

/// Emits the code of the client as tokens, without laying it out. Returns the number of tokens.
pub fn tokens(model: &Model) -> usize {
    rust::count_tokens(model)
}

/// Writes the examples in the documentation of the client, which are part of its tokens. Returns the number of lines.
pub fn examples(model: &Model) -> usize {
    rust::count_example_lines(model)
}

/// Emits the modules of the client on one core: its tokens, laid out.
pub fn client(model: &Model) -> Vec<Output> {
    rust::emit_on_one_core(model)
}

/// Emits the pages of the reference.
pub fn reference(model: &Model) -> Vec<Output> {
    reference::emit(model)
}

/// Emits the description in OpenAPI.
pub fn openapi(model: &Model) -> Output {
    openapi::emit(model)
}

/// Emits the schemas of the language, which do not depend on the spec.
pub fn schemas() -> Vec<Output> {
    schema::emit()
}
