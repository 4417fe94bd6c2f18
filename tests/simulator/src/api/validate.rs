//! Rejects requests that break the rules of the spec.

use super::error::ApiError;
use super::path_objects::path_objects;
use super::route::Route;
use plivo_codegen::interpret::{Parameters, refusing_sentence, validate};
use plivo_codegen::model::{Does, Level, Model, Place};

/// Fails if the parameters have errors: with 404 if an id in the path is invalid, because an invalid id names no
/// object, and with 400 otherwise. Warnings are accepted.
pub(super) fn reject_invalid(model: &Model, route: &Route<'_>, parameters: &Parameters) -> Result<(), ApiError> {
    let Route { resource, operation, .. } = route;
    let findings = validate(model, operation, parameters);
    let Some(message) = refusing_sentence(&findings) else {
        return Ok(());
    };
    let is_invalid = |name: &str| {
        let pointer = format!("/{name}");
        findings.iter().any(|finding| finding.level == Level::Error && finding.pointer == pointer)
    };
    let objects = path_objects(model, &operation.path.segments);
    if let Some(object) = objects.iter().find(|object| is_invalid(object.parameter)) {
        return Err(ApiError::not_found(&model[object.collection.object].name));
    }
    let needs_object = matches!(operation.does, Does::Read | Does::Update | Does::Delete);
    let mut path_fields = model[operation.request].fields.iter().filter(|field| field.place == Place::Path);
    if let Some(collection) = resource.collection.as_ref().filter(|_| needs_object)
        && path_fields.any(|field| is_invalid(&field.name))
    {
        return Err(ApiError::not_found(&model[collection.object].name));
    }
    Err(ApiError::bad_request(message))
}
