//! The examples of the spec that answer a request.

use super::ValidRequest;
use plivo_codegen::interpret::{Parameters, shows_success};
use plivo_codegen::model::Example;

/// The example with the documented answer to exactly this request.
pub(super) fn documented_answer<'a>(request: &ValidRequest<'a>) -> Option<&'a Example> {
    examples(request).find(|example| {
        let parameters = example.request.as_object().cloned().map(Parameters::from);
        let is_same = parameters
            .is_some_and(|parameters| parameters.meant(request.model, request.operation) == *request.parameters);
        is_same && example.answer.as_ref().is_some_and(serde_json::Value::is_object)
    })
}

/// The first example that shows a successful answer of the operation.
pub(super) fn successful_answer<'a>(request: &ValidRequest<'a>) -> Option<&'a Example> {
    examples(request).find(|example| shows_success(request.model, request.operation, example))
}

fn examples<'a>(request: &ValidRequest<'a>) -> impl Iterator<Item = &'a Example> {
    let ValidRequest { resource, operation, .. } = *request;
    operation.examples.iter().filter_map(|index| resource.examples.get(*index))
}
