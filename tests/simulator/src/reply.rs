//! What is answered, before it becomes bytes.

use crate::answer::Answer;
use crate::refusal::Refusal;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::{Map, Value};

/// The body of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    /// There is none.
    Nothing,
    /// JSON.
    Json(Value),
    /// Any text.
    Text(String),
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    /// Its status.
    pub(crate) status: StatusCode,
    /// The headers that it has beside its content type and length.
    pub(crate) headers: HeaderMap,
    /// Its body.
    pub(crate) content: Content,
}

impl Reply {
    /// An answer in JSON.
    pub(crate) fn json(status: StatusCode, body: impl Into<Value>) -> Self {
        Self { status, headers: HeaderMap::new(), content: Content::Json(body.into()) }
    }

    /// An answer without a body.
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), content: Content::Nothing }
    }

    /// The answer of an operation, with the id of this request.
    pub(crate) fn to(answer: Answer, api_id: &str) -> Self {
        let Answer { status, mut body } = answer;
        if !allows_body(status) {
            return Self::empty(status);
        }
        body.insert("api_id".to_owned(), Value::from(api_id));
        Self::json(status, body)
    }

    /// A refusal, with its sentence under a key and the id of this request.
    pub(crate) fn refusing(refusal: Refusal, key: &str, api_id: &str) -> Self {
        let body = [("api_id", api_id), (key, &refusal.error)];
        let body = body.into_iter().map(|(key, text)| (key.to_owned(), Value::from(text)));
        let mut reply = Self::json(refusal.status, body.collect::<Map<_, _>>());
        if let Some((name, value)) = refusal.header
            && let Ok(value) = HeaderValue::from_str(&value)
        {
            reply.headers.insert(name, value);
        }
        reply
    }

    /// Whether it has a body.
    pub(crate) fn has_body(&self) -> bool {
        allows_body(self.status) && self.content != Content::Nothing
    }

    /// The status and headers, and the bytes of the body.
    pub(crate) fn into_parts(mut self) -> (StatusCode, HeaderMap, Bytes) {
        let (content_type, bytes) = match self.content {
            Content::Nothing => return (self.status, self.headers, Bytes::new()),
            Content::Json(value) => ("application/json", value.to_string()),
            Content::Text(text) => ("text/plain; charset=utf-8", text),
        };
        self.headers.entry(header::CONTENT_TYPE).or_insert(HeaderValue::from_static(content_type));
        (self.status, self.headers, Bytes::from(bytes))
    }
}

/// Whether answers with this status have a body, as RFC 9110 has it.
pub(crate) fn allows_body(status: StatusCode) -> bool {
    !matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
}
