//! The body of a request, as JSON or as parts.

use crate::refusal::Refusal;
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use plivo_codegen::model::{self, Operation};
use serde_json::{Map, Value, json};

/// What a body holds.
pub(crate) enum Body {
    /// An object.
    Json(Map<String, Value>),
    /// Parts by name: a text, or an object that says what file came.
    Parts(Vec<(String, Value)>),
}

/// Reads a body. JSON is read whatever the content type says, and no body is an object without keys.
pub(crate) async fn read(operation: &Operation, headers: &HeaderMap, body: Bytes) -> Result<Body, Refusal> {
    match &operation.body {
        model::Body::None => Ok(Body::Json(Map::new())),
        model::Body::Json if body.is_empty() => Ok(Body::Json(Map::new())),
        model::Body::Json => object(&body, "The body").map(Body::Json),
        model::Body::Multipart { data } => {
            let parts = parts(headers, body).await?;
            match data {
                None => Ok(Body::Parts(parts)),
                Some(data) => with_files(data, parts).map(Body::Json),
            }
        }
    }
}

fn object(text: &[u8], what: &str) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_slice(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Refusal::bad_request(format!("{what} must be a JSON object."))),
        Err(error) => Err(Refusal::bad_request(format!("{what} is not JSON: {error}."))),
    }
}

async fn parts(headers: &HeaderMap, body: Bytes) -> Result<Vec<(String, Value)>, Refusal> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let broken = |error: multer::Error| Refusal::bad_request(format!("The body is not multipart/form-data: {error}."));
    let boundary = multer::parse_boundary(content_type).map_err(broken)?;
    let mut multipart = multer::Multipart::new(axum::body::Body::from(body).into_data_stream(), boundary);
    let mut parts = Vec::new();
    while let Some(part) = multipart.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let content_type = part.content_type().map(ToString::to_string);
        let content = part.bytes().await.map_err(broken)?;
        let value = match file {
            Some(file) => json!({ "name": file, "content_type": content_type, "size": content.len() }),
            None => Value::from(String::from_utf8_lossy(&content).into_owned()),
        };
        parts.push((name, value));
    }
    Ok(parts)
}

/// The object of the part that holds everything but the files, with the files where their names lead, as in
/// `documents[0].file`.
fn with_files(data: &str, parts: Vec<(String, Value)>) -> Result<Map<String, Value>, Refusal> {
    let text = parts.iter().find(|(name, _)| name == data).and_then(|(_, value)| value.as_str());
    let mut root = match text {
        Some(text) => Value::Object(object(text.as_bytes(), &format!("The part `{data}`"))?),
        None => json!({}),
    };
    for (name, file) in parts.into_iter().filter(|(_, value)| value.is_object()) {
        put(&mut root, &name.replace('[', ".").replace(']', ""), file);
    }
    match root {
        Value::Object(object) => Ok(object),
        _ => Ok(Map::new()),
    }
}

/// Puts a file where its name leads. Files of one name are a list.
fn put(at: &mut Value, way: &str, file: Value) {
    let (step, rest) = way.split_once('.').map_or((way, None), |(step, rest)| (step, Some(rest)));
    let inner = match at {
        Value::Object(object) => object.entry(step).or_insert(Value::Null),
        Value::Array(items) => match step.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
            Some(item) => item,
            None => return,
        },
        _ => return,
    };
    match rest {
        Some(rest) => put(inner, rest, file),
        None => *inner = file,
    }
}
