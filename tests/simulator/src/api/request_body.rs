//! Decodes the body of a request: JSON, or the parts of a form.

use super::error::ApiError;
use super::media_type::{self, Encoding};
use crate::http::plain_json::PlainJson;
use crate::http::request_body::ReceivedBody;
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, Full};
use plivo_codegen::interpret::Violation;
use plivo_codegen::model::{self, Level, Model, Operation};
use serde_json::{Map, Value, json};

/// The maximum number of steps in the name of a file part. Each step creates a nested value, and the stack limits
/// how deep values may be nested.
const MAX_NAME_STEPS: usize = 64;

/// A decoded body.
#[derive(Default)]
pub(super) struct DecodedBody {
    /// The members of the JSON object.
    pub(super) object: Map<String, Value>,
    /// The parts of a form by name: a text, or an object that describes a file.
    pub(super) parts: Vec<(String, Value)>,
    /// Whether it is JSON, although the operation takes a form.
    pub(super) is_json_for_form: bool,
}

impl DecodedBody {
    fn of_object(object: Map<String, Value>) -> Self {
        Self { object, ..Self::default() }
    }

    /// The warning about a body that is not a form.
    pub(super) fn warning(&self) -> Option<Violation> {
        let (rule, demand) = ("encoding".to_owned(), "should be sent as `multipart/form-data`".to_owned());
        self.is_json_for_form.then(|| Violation { pointer: String::new(), rule, level: Level::Warn, demand })
    }
}

/// The bytes of a body that arrived completely.
pub(super) fn require_complete(body: ReceivedBody) -> Result<Bytes, ApiError> {
    match body {
        ReceivedBody::Complete(body) => Ok(body),
        ReceivedBody::TooLarge { max_bytes } => {
            let message = format!("The request body is larger than {max_bytes} bytes.");
            Err(ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, message))
        }
        ReceivedBody::TimedOut => {
            Err(ApiError::new(StatusCode::REQUEST_TIMEOUT, "The request body did not arrive in time."))
        }
        ReceivedBody::Incomplete => Err(ApiError::bad_request("The request body is incomplete.")),
    }
}

/// Decodes a body. An empty body counts as an empty object.
pub(super) async fn decode(
    model: &Model,
    operation: &Operation,
    headers: &HeaderMap,
    body: Bytes,
) -> Result<DecodedBody, ApiError> {
    if body.is_empty() && operation.body == model::Body::Json {
        return Ok(DecodedBody::default());
    }
    let encoding = media_type::check(model, operation, headers)?;
    match &operation.body {
        // Its keys are reported as unknown. Anything else is ignored.
        model::Body::None => Ok(DecodedBody::of_object(decode_object(&body, "The body").unwrap_or_default())),
        model::Body::Json => Ok(DecodedBody::of_object(decode_object(&body, "The body")?)),
        model::Body::Multipart { data } if encoding == Encoding::JsonForForm => {
            let mut object = decode_object(&body, "The body")?;
            if let Some((data, value)) = data.as_ref().and_then(|data| object.remove_entry(data)) {
                // The part of a form is a text; in JSON, it can be the object itself.
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                object.extend(decode_object(text.as_bytes(), &format!("The value of `{data}`"))?);
            }
            Ok(DecodedBody { is_json_for_form: true, ..DecodedBody::of_object(object) })
        }
        model::Body::Multipart { data } => {
            let mut parts = decode_parts(headers, body).await?;
            let data_index = parts.iter().position(|(name, _)| Some(name) == data.as_ref());
            let text = data_index.map(|index| parts.remove(index).1);
            let object = match (data, text.as_ref().and_then(Value::as_str)) {
                (Some(data), Some(text)) => decode_object(text.as_bytes(), &format!("The part `{data}`"))?,
                _ => Map::new(),
            };
            Ok(DecodedBody { parts, ..DecodedBody::of_object(object) })
        }
    }
}

/// Decodes a JSON object. `subject` names it in error messages.
fn decode_object(text: &[u8], subject: &str) -> Result<Map<String, Value>, ApiError> {
    match serde_json::from_slice(text) {
        Ok(PlainJson(Value::Object(object))) => Ok(object),
        Ok(_) => Err(ApiError::bad_request(format!("{subject} must be a JSON object."))),
        Err(error) => Err(ApiError::bad_request(format!("{subject} is not valid JSON: {error}."))),
    }
}

async fn decode_parts(headers: &HeaderMap, body: Bytes) -> Result<Vec<(String, Value)>, ApiError> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let invalid =
        |error: multer::Error| ApiError::bad_request(format!("The body is not valid multipart/form-data: {error}."));
    let boundary = multer::parse_boundary(content_type).map_err(invalid)?;
    let mut multipart = multer::Multipart::new(Full::new(body).into_data_stream(), boundary);
    let mut parts = Vec::new();
    while let Some(part) = multipart.next_field().await.map_err(invalid)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        if file_name.is_some() && name.matches(['.', '[']).count() > MAX_NAME_STEPS {
            let message = format!("The name of a file part has more than {MAX_NAME_STEPS} steps.");
            return Err(ApiError::bad_request(message));
        }
        let content_type = part.content_type().map(ToString::to_string);
        let content = part.bytes().await.map_err(invalid)?;
        let value = match file_name {
            Some(name) => json!({ "name": name, "content_type": content_type, "size": content.len() }),
            None => Value::from(String::from_utf8_lossy(&content).into_owned()),
        };
        parts.push((name, value));
    }
    Ok(parts)
}
