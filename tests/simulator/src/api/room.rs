//! Refuses requests whose objects would not fit into the memory of the simulator.

use super::ValidRequest;
use super::error::ApiError;
use crate::store::{Store, json_size};
use http::StatusCode;
use plivo_codegen::model::Does;

/// What an object takes beside the fields of its request, in bytes: those that the server sets.
const OVERHEAD: usize = 1024;

/// Fails with 507 if there is no room for what a request creates or changes.
pub(super) fn reserve(request: &ValidRequest<'_>, store: &mut Store) -> Result<(), ApiError> {
    if !matches!(request.operation.does, Does::Create | Does::Update) {
        return Ok(());
    }
    if store.reserve(json_size(request.parameters.values()).saturating_add(OVERHEAD)) {
        return Ok(());
    }
    let message = "The simulator has no room for more objects. DELETE /_simulator/objects removes them.";
    Err(ApiError::new(StatusCode::INSUFFICIENT_STORAGE, message))
}
