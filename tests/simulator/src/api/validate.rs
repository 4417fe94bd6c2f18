//! Rejects requests that break the rules of the spec, and collects their warnings.

use super::error::ApiError;
use super::named_objects::named_objects;
use super::route::Route;
use super::unknown_keys::{RULE, UnknownKey};
use plivo_codegen::interpret::{Parameters, Violation, refusing_sentence, validate};
use plivo_codegen::model::{Level, Model};

/// Fails if the parameters have errors: with 404 if an id in the path is invalid, because an invalid id names no
/// object, and with 400 otherwise. Warnings are added to `warnings`, also if there are errors.
pub(super) fn reject_invalid(
    model: &Model,
    route: &Route<'_>,
    parameters: &Parameters,
    unknown: Vec<UnknownKey>,
    warnings: &mut Vec<Violation>,
) -> Result<(), ApiError> {
    let findings = validate(model, route.operation, parameters);
    let path_error = invalid_path(model, route, &findings);
    let is_refused = findings.iter().any(|finding| finding.level == Level::Error);
    // A field whose key is misspelt is not missing as well.
    let is_explained = |finding: &Violation| unknown.iter().any(|key| key.meant.as_ref() == Some(&finding.pointer));
    let findings: Vec<_> = findings.into_iter().filter(|finding| !is_explained(finding)).collect();
    let all = findings.into_iter().chain(unknown.into_iter().map(|key| key.violation));
    let (mut errors, found): (Vec<_>, Vec<_>) = all.partition(|finding| finding.level == Level::Error);
    let hints: Vec<_> = found.iter().filter(|finding| finding.rule == RULE).cloned().collect();
    warnings.extend(found);
    if errors.is_empty() && !is_refused {
        return Ok(());
    }
    // An unknown key is often the misspelt name of a required one, and then the only error.
    errors.extend(hints.into_iter().map(|hint| Violation { level: Level::Error, ..hint }));
    let message = refusing_sentence(&errors).unwrap_or_default();
    Err(path_error.unwrap_or_else(|| ApiError::bad_request(message)))
}

/// The error of a path that names no object, because an id in it is invalid.
fn invalid_path(model: &Model, route: &Route<'_>, findings: &[Violation]) -> Option<ApiError> {
    let Route { resource, operation, .. } = route;
    let is_invalid = |name: &str| {
        let pointer = format!("/{name}");
        findings.iter().any(|finding| finding.level == Level::Error && finding.pointer == pointer)
    };
    let objects = named_objects(model, resource, operation);
    if let Some(object) = objects.iter().find(|object| is_invalid(object.parameter)) {
        return Some(ApiError::not_found(&model[object.collection.object].name));
    }
    None
}
