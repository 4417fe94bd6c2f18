//! The endpoint of stored objects.

use super::selection::Selection;
use super::{bad_request, complete_text, no_content};
use crate::api::Objects;
use crate::context::Context;
use crate::http::request_body::ReceivedBody;
use crate::http::response::Response;
use http::StatusCode;
use serde_json::json;

/// Returns the selected objects.
pub(super) fn show(context: &Context, selection: &Selection) -> Response {
    let objects = context.api.objects(selection.account.as_deref(), selection.resource.as_deref());
    Response::json(StatusCode::OK, json!(objects))
}

/// Stores the objects in the body, and returns them.
pub(super) fn seed(context: &Context, body: &ReceivedBody) -> Response {
    let Some(text) = complete_text(body) else { return super::incomplete() };
    match text.parse::<Objects>().and_then(|objects| context.api.seed(&objects)) {
        Ok(stored) => Response::json(StatusCode::CREATED, json!(stored)),
        Err(error) => bad_request(error.problems()),
    }
}

/// Removes the selected objects.
pub(super) fn remove(context: &Context, selection: &Selection) -> Response {
    context.api.remove_objects(selection.account.as_deref(), selection.resource.as_deref());
    no_content()
}
