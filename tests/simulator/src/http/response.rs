//! A response that can still be changed, before it is serialized.

use crate::input::one_line;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use plivo_codegen::interpret::Violation;
use serde_json::Value;

/// The header with a warning about the request. It occurs once for each warning.
const WARNING: HeaderName = HeaderName::from_static("simulator-warning");

/// The content of a response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    /// No body.
    Empty,
    /// A JSON body.
    Json(Value),
    /// A text body.
    Text(String),
}

/// A response before it is serialized.
#[derive(Debug)]
pub(crate) struct Response {
    /// The status.
    pub(crate) status: StatusCode,
    /// The headers, without the default content type and the length.
    pub(crate) headers: HeaderMap,
    /// The content.
    pub(crate) content: Content,
    /// The warnings about the request. Each becomes a header.
    pub(crate) warnings: Vec<Violation>,
}

impl Response {
    /// A response with a JSON body.
    pub(crate) fn json(status: StatusCode, body: impl Into<Value>) -> Self {
        Self { status, headers: HeaderMap::new(), content: Content::Json(body.into()), warnings: Vec::new() }
    }

    /// A response without a body.
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), content: Content::Empty, warnings: Vec::new() }
    }

    /// Whether the response has a body.
    pub(crate) fn has_body(&self) -> bool {
        allows_body(self.status) && self.content != Content::Empty
    }

    /// The status, the headers with the content type, and the serialized body.
    pub(crate) fn into_parts(mut self) -> (StatusCode, HeaderMap, Bytes) {
        for warning in &self.warnings {
            self.headers.extend(header_value(warning).map(|value| (WARNING, value)));
        }
        let (content_type, bytes) = match self.content {
            Content::Empty => return (self.status, self.headers, Bytes::new()),
            Content::Json(value) => ("application/json", value.to_string()),
            Content::Text(text) => ("text/plain; charset=utf-8", text),
        };
        self.headers.entry(header::CONTENT_TYPE).or_insert(HeaderValue::from_static(content_type));
        (self.status, self.headers, Bytes::from(bytes))
    }
}

/// A warning as the value of a header: one line of ASCII.
fn header_value(warning: &Violation) -> Option<HeaderValue> {
    let text = format!("{} (rule {})", warning.sentence(), warning.rule);
    let ascii = |character: char| match character {
        ' '..='~' => String::from(character),
        _ => character.escape_default().to_string(),
    };
    HeaderValue::from_str(&one_line::escaped(&text).chars().map(ascii).collect::<String>()).ok()
}

/// Whether a response with this status may have a body, according to RFC 9110.
pub(crate) fn allows_body(status: StatusCode) -> bool {
    !matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
}
