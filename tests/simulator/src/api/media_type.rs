//! Rejects bodies whose `Content-Type` is not the one that the operation takes.

use super::error::ApiError;
use http::{HeaderMap, StatusCode, header};
use plivo_codegen::model::Body;

const JSON: &str = "application/json";
const FORM: &str = "multipart/form-data";

/// Fails with 415 if the content type announces another encoding than that of the operation. A body without a content
/// type is decoded as the operation expects it.
pub(super) fn check(expected: &Body, headers: &HeaderMap) -> Result<(), ApiError> {
    let Some(given) = headers.get(header::CONTENT_TYPE) else { return Ok(()) };
    let given = String::from_utf8_lossy(given.as_bytes());
    let media_type = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json = media_type == JSON || (media_type.starts_with("application/") && media_type.ends_with("+json"));
    let (is_accepted, accepted) = match expected {
        Body::None => return Ok(()),
        Body::Json => (is_json, JSON),
        Body::Multipart { .. } => (media_type == FORM, FORM),
    };
    if is_accepted {
        return Ok(());
    }
    let message = format!("The header Content-Type says `{media_type}`. This operation takes a body of `{accepted}`.");
    Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message).with_header(header::ACCEPT, accepted.to_owned()))
}
