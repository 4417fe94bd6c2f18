//! Rejects bodies whose `Content-Type` is not the one that the operation takes.

use super::error::ApiError;
use http::{HeaderMap, StatusCode, header};
use plivo_codegen::model::{Body, Level, Model, Operation, Presence, Type};

const JSON: &str = "application/json";
const FORM: &str = "multipart/form-data";

/// The encoding of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// The one that the operation takes.
    Expected,
    /// JSON in place of a form that needs no file.
    JsonForForm,
}

/// The encoding that the content type announces. A body without a content type is decoded as the operation expects it.
/// Fails with 415 if the operation does not take the encoding.
pub(super) fn check(model: &Model, operation: &Operation, headers: &HeaderMap) -> Result<Encoding, ApiError> {
    let Some(given) = headers.get(header::CONTENT_TYPE) else { return Ok(Encoding::Expected) };
    let given = String::from_utf8_lossy(given.as_bytes());
    let media_type = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json = media_type == JSON || (media_type.starts_with("application/") && media_type.ends_with("+json"));
    let (is_accepted, accepted) = match operation.body {
        Body::None => return Ok(Encoding::Expected),
        Body::Json => (is_json, JSON),
        Body::Multipart { .. } => (media_type == FORM, FORM),
    };
    if is_accepted {
        return Ok(Encoding::Expected);
    }
    if is_json && !needs_file(model, operation) {
        return Ok(Encoding::JsonForForm);
    }
    let message = format!("The header Content-Type says `{media_type}`. This operation takes a body of `{accepted}`.");
    Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message).with_header(header::ACCEPT, accepted.to_owned()))
}

/// Whether every request has a file.
fn needs_file(model: &Model, operation: &Operation) -> bool {
    model[operation.request].fields.iter().any(|field| {
        let ty = if let Type::List(item) = &field.ty { &**item } else { &field.ty };
        let is_required = matches!(&field.presence, Presence::Required(authority) if authority.level == Level::Error);
        is_required && *ty == Type::File
    })
}
