//! The body of a request, as JSON or as parts.

use crate::refusal::Refusal;
use bytes::Bytes;
use http::{HeaderMap, header};
use http_body_util::{BodyExt, Full};
use plivo_codegen::model::{self, Operation};
use serde_json::{Map, Value, json};

/// The name of a file leads through so many steps at most. Each of them is an object inside of another, and the
/// stack holds only so many.
const DEEPEST: usize = 64;

/// What a body holds.
#[derive(Default)]
pub(crate) struct Body {
    /// The fields of a JSON object.
    pub(crate) object: Map<String, Value>,
    /// Parts by name: a text, or an object that says what file came.
    pub(crate) parts: Vec<(String, Value)>,
}

/// Reads a body. JSON is read whatever the content type says, and no body is an object without keys.
pub(crate) async fn read(operation: &Operation, headers: &HeaderMap, body: Bytes) -> Result<Body, Refusal> {
    match &operation.body {
        model::Body::None => Ok(Body::default()),
        model::Body::Json if body.is_empty() => Ok(Body::default()),
        model::Body::Json => Ok(Body { object: object(&body, "The body")?, parts: Vec::new() }),
        model::Body::Multipart { data } => {
            let mut parts = parts(headers, body).await?;
            let at = parts.iter().position(|(name, _)| Some(name) == data.as_ref());
            let text = at.map(|at| parts.remove(at).1);
            let object = match (data, text.as_ref().and_then(Value::as_str)) {
                (Some(data), Some(text)) => object(text.as_bytes(), &format!("The part `{data}`"))?,
                _ => Map::new(),
            };
            Ok(Body { object, parts })
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
    let mut multipart = multer::Multipart::new(Full::new(body).into_data_stream(), boundary);
    let mut parts = Vec::new();
    while let Some(part) = multipart.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        if file.is_some() && name.matches(['.', '[']).count() > DEEPEST {
            return Err(Refusal::bad_request(format!("The name of a file leads deeper than {DEEPEST} steps.")));
        }
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
