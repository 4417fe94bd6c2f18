//! HTTP Basic authentication.

use crate::refusal::Refusal;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, StatusCode, header};

/// Gives the id of the account that a request comes from.
///
/// Any id and token that are not empty will do, unless some are known: then it must be one of these.
pub(crate) fn account(headers: &HeaderMap, known: &[(String, String)]) -> Result<String, Refusal> {
    let given = credentials(headers).ok_or_else(|| unauthorized("Authentication credentials were not provided."))?;
    if known.is_empty() || known.contains(&given) {
        return Ok(given.0);
    }
    Err(unauthorized("Authentication credentials are not valid."))
}

/// Refuses an account that a path names when the request does not come from it.
///
/// Plivo answers a path of another account as it answers wrong credentials, and so does this: a 403
/// or 404 would tell a stranger which accounts exist.
pub(crate) fn same_account(authenticated: &str, in_path: &str) -> Result<(), Refusal> {
    if authenticated == in_path {
        return Ok(());
    }
    Err(unauthorized("The account in the path is not the one of the credentials."))
}

fn credentials(headers: &HeaderMap) -> Option<(String, String)> {
    let (scheme, encoded) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, token) = decoded.split_once(':')?;
    let complete = !id.is_empty() && !token.is_empty();
    complete.then(|| (id.to_owned(), token.to_owned()))
}

fn unauthorized(error: &str) -> Refusal {
    // HTTP demands this header beside a 401; curl and browsers read it.
    Refusal::new(StatusCode::UNAUTHORIZED, error)
        .with_header(header::WWW_AUTHENTICATE, "Basic realm=\"simulator\"".to_owned())
}
