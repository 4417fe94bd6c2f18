//! Finds Plivo's message in the body of an error, in all of its forms.

use serde_json::Value;

use crate::codec::decode::{parse_any, strip_bom};
use crate::credentials::Credentials;
use crate::schema::{Api, one_line, truncated};

/// The maximum length of a message in characters.
const MAX_LENGTH: usize = 500;

/// The maximum length of an `api_id` in characters.
const MAX_ID_LENGTH: usize = 100;

/// The number of characters that are shown of a body that is not JSON.
const SNIPPET_LENGTH: usize = 80;

/// The part of a body that can contain a secret that begins in the snippet, in bytes.
const SNIPPET_SOURCE: usize = 4096;

/// The maximum size of a body in which a message is looked for, in bytes.
const MAX_BODY: usize = 1024 * 1024;

/// The message in the body of an error, if there is one. It does not contain the credentials.
pub(crate) fn find_message(body: &[u8], api: &Api, credentials: &Credentials) -> Option<String> {
    find_text(body, api).map(|text| shortened(&credentials.mask(&text)))
}

fn find_text(body: &[u8], api: &Api) -> Option<String> {
    if body.len() > MAX_BODY {
        return None;
    }
    let Some(json) = parse_any(body) else {
        return plain_text(strip_bom(body));
    };
    match &json {
        Value::String(text) => non_blank(text),
        json => {
            let mut candidates = api.messages.iter().filter_map(|place| json.pointer(place));
            // A text at any pointer is preferred to a flag or a code.
            let text = candidates.clone().find_map(text_in);
            text.or_else(|| candidates.find(|value| value.is_boolean() || value.is_number()).map(Value::to_string))
        }
    }
}

/// The beginning of a body that is not JSON, without the credentials.
pub(crate) fn find_snippet(body: &[u8], credentials: &Credentials) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(SNIPPET_SOURCE)]);
    credentials.mask(&text).chars().take(SNIPPET_LENGTH).collect()
}

/// The `api_id` in the body of an error, without the credentials.
pub(crate) fn find_api_id(body: &[u8], credentials: &Credentials) -> Option<String> {
    let body = Some(body).filter(|body| body.len() <= MAX_BODY)?;
    parse_any(body)?.get("api_id")?.as_str().and_then(non_blank).map(|api_id| shown_id(&api_id, credentials))
}

/// An `api_id` as it is shown and logged: short, in one line, without the credentials.
pub(crate) fn shown_id(api_id: &str, credentials: &Credentials) -> String {
    one_line(truncated(&credentials.mask(api_id), MAX_ID_LENGTH))
}

/// Whether the `error` of an answer reports a refusal: it is or contains a text, `true`, or a number other than 0.
pub(crate) fn is_refusal(error: &Value) -> bool {
    match error {
        Value::Null => false,
        Value::Bool(is_true) => *is_true,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => items.iter().any(is_refusal),
        Value::Object(entries) => entries.values().any(is_refusal),
    }
}

/// The text in a value, which may be a text, a list of texts, or texts by field.
fn text_in(json: &Value) -> Option<String> {
    match json {
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
        Value::String(text) => non_blank(text),
        Value::Array(items) => joined(items.iter().filter_map(text_in)),
        Value::Object(entries) => {
            let inner = ["error", "message", "global_error"].iter().find_map(|key| entries.get(*key).and_then(text_in));
            inner.or_else(|| {
                joined(entries.iter().filter_map(|(key, value)| Some(format!("{key}: {}", text_in(value)?))))
            })
        }
    }
}

fn joined(texts: impl Iterator<Item = String>) -> Option<String> {
    let texts: Vec<_> = texts.collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}

fn non_blank(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The text of a body that is not JSON. A page of HTML is no useful message.
fn plain_text(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?.trim();
    let is_message = !text.is_empty() && !text.starts_with('<');
    is_message.then(|| text.to_owned())
}

fn shortened(text: &str) -> String {
    let beginning = truncated(text, MAX_LENGTH);
    if beginning.len() < text.len() { format!("{beginning}...") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{find_text, is_refusal};
    use crate::schema::{Generated, ThisCrate};

    #[test]
    fn messages_are_found_in_every_form() {
        for (body, message) in [
            (r#"{"api_id":"a","error":"no"}"#, Some("no")),
            (r#"{"error":{"email":["is bad","is long"]}}"#, Some("email: is bad; is long")),
            (r#"{"error":{"error":"no"}}"#, Some("no")),
            (r#"{"error":{"message":"no","code":1}}"#, Some("no")),
            (r#"{"api_id":"a","error_code":404,"message":"no"}"#, Some("no")),
            (r#"{"global_error":"no"}"#, Some("no")),
            (r#"{"data":{"error":"no"}}"#, Some("no")),
            (r#"{"errors":{"global_error":"no"}}"#, Some("no")),
            (r#"{"errors":[{"message":"no"},{"message":"never"}]}"#, Some("no; never")),
            (r#"{"error":"","message":"no"}"#, Some("no")),
            (r#"{"error":true,"message":"no"}"#, Some("no")),
            (r#"{"error":{"code":12,"text":"no"}}"#, Some("text: no")),
            (r#"{"error":400}"#, Some("400")),
            (r#""no""#, Some("no")),
            ("Service Unavailable\n", Some("Service Unavailable")),
            ("<html>no</html>", None),
            ("{}", None),
            ("", None),
        ] {
            assert_eq!(find_text(body.as_bytes(), ThisCrate::API).as_deref(), message, "{body}");
        }
    }

    #[test]
    fn an_empty_error_is_not_a_refusal() {
        for nothing in
            ["null", "false", "0", "\"\"", "\" \"", "[]", "{}", "[null]", "{\"code\":null}", "[{\"code\":0}]"]
        {
            assert!(!is_refusal(&serde_json::from_str(nothing).unwrap()), "{nothing}");
        }
        for something in ["true", "12", "\"no\"", "[\"no\"]", "{\"code\":1}"] {
            assert!(is_refusal(&serde_json::from_str(something).unwrap()), "{something}");
        }
    }
}
