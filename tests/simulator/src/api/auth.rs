//! HTTP Basic authentication.

use super::error::ApiError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, StatusCode, header};

/// Authenticates a request and returns the id of its account.
///
/// If `accepted` is empty, any id and token are accepted as long as neither is empty.
pub(super) fn authenticate(headers: &HeaderMap, accepted: &[(String, String)]) -> Result<String, ApiError> {
    let given = credentials(headers).ok_or_else(|| unauthorized("Authentication credentials were not provided."))?;
    if accepted.is_empty() || accepted.contains(&given) {
        return Ok(given.0);
    }
    Err(unauthorized("Authentication credentials are not valid."))
}

/// The id of the credentials, whether they are valid or not.
pub(super) fn claimed_account(headers: &HeaderMap) -> Option<String> {
    credentials(headers).map(|(id, _)| id)
}

/// Rejects a path that names another account than the credentials.
///
/// The status is the one for wrong credentials, as at Plivo: a 403 or 404 would reveal which accounts exist.
pub(super) fn check_account(authenticated: &str, in_path: &str) -> Result<(), ApiError> {
    if authenticated == in_path {
        return Ok(());
    }
    Err(unauthorized("The account in the path does not match the credentials."))
}

fn credentials(headers: &HeaderMap) -> Option<(String, String)> {
    let (scheme, encoded) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, token) = decoded.split_once(':')?;
    let is_complete = !id.is_empty() && !token.is_empty();
    is_complete.then(|| (id.to_owned(), token.to_owned()))
}

fn unauthorized(message: &str) -> ApiError {
    // HTTP requires this header with a 401. curl and browsers read it.
    ApiError::new(StatusCode::UNAUTHORIZED, message)
        .with_header(header::WWW_AUTHENTICATE, "Basic realm=\"simulator\"".to_owned())
}
