//! A request as it arrived, in the form in which it is compared.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use plivo_simulator::RecordedRequest;
use serde_json::{Map, Value, json};

use crate::Failure;

/// What a request says. Headers are each client's own business.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// The HTTP method.
    pub method: String,
    /// The path, still percent-encoded.
    pub path: String,
    /// The query: texts by name, and lists of texts where a name stands more than once. A question mark
    /// with nothing behind it is no query.
    pub query: Map<String, Value>,
    /// The body.
    pub body: Body,
}

/// What a body is.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Nothing.
    None,
    /// JSON.
    Json(Value),
    /// The parts of a form, by name. A file is its name and its bytes: the type of its content is a guess
    /// of each client's. A part that holds a JSON object or list is compared as that.
    Parts(Map<String, Value>),
    /// Something else.
    Other(String),
}

impl Sent {
    /// Reads a recorded request.
    ///
    /// # Errors
    ///
    /// A form whose parts cannot be told apart.
    pub async fn read(request: &RecordedRequest) -> Result<Self, Failure> {
        let pairs = url::form_urlencoded::parse(request.query().unwrap_or_default().as_bytes());
        let query = by_name(pairs.map(|(name, text)| (name.into_owned(), Value::from(text))));
        let content_type = request.header("content-type").unwrap_or_default();
        let body = match request.body() {
            [] => Body::None,
            content if content_type.starts_with("multipart/") => Body::Parts(parts(content_type, content).await?),
            content => match serde_json::from_slice(content) {
                Ok(json) => Body::Json(json),
                Err(_) => Body::Other(String::from_utf8_lossy(content).into_owned()),
            },
        };
        Ok(Self { method: request.method().to_owned(), path: request.path().to_owned(), query, body })
    }
}

async fn parts(content_type: &str, content: &[u8]) -> Result<Map<String, Value>, Failure> {
    let boundary = multer::parse_boundary(content_type)?;
    let mut form = multer::Multipart::new(Whole(Some(content.to_vec())), boundary);
    let mut parts = Vec::new();
    while let Some(part) = form.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let text = String::from_utf8_lossy(&part.bytes().await?).into_owned();
        parts.push((name, file.map_or_else(|| read(text.clone()), |file| json!({ "name": file, "content": text }))));
    }
    Ok(by_name(parts.into_iter()))
}

/// A body that came as one piece.
struct Whole(Option<Vec<u8>>);

impl Stream for Whole {
    type Item = Result<Vec<u8>, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// The value of a part that is no file.
fn read(text: String) -> Value {
    match serde_json::from_str(&text) {
        Ok(json @ (Value::Object(_) | Value::Array(_))) => json,
        _ => Value::from(text),
    }
}

/// Values by name; of a name that stands more than once, a list.
fn by_name(pairs: impl Iterator<Item = (String, Value)>) -> Map<String, Value> {
    let mut lists: Map<String, Value> = Map::new();
    for (name, value) in pairs {
        let list = lists.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(value);
        }
    }
    let only = |value: Value| match value {
        Value::Array(mut list) if list.len() == 1 => list.remove(0),
        list => list,
    };
    lists.into_iter().map(|(name, list)| (name, only(list))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{by_name, parts};

    #[test]
    fn names_that_stand_more_than_once_have_lists() {
        let pairs = [("a", "1"), ("b", "2"), ("a", "3")].map(|(name, text)| (name.to_owned(), Value::from(text)));
        assert_eq!(Value::Object(by_name(pairs.into_iter())), json!({ "a": ["1", "3"], "b": "2" }));
    }

    #[tokio::test]
    async fn parts_are_read() {
        let form = "--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n\
            --x\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\n{\"a\": 1}\r\n\
            --x\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"a.png\"\r\n\
            Content-Type: image/png\r\n\r\nbytes\r\n--x--\r\n";
        let parts = parts("multipart/form-data; boundary=x", form.as_bytes()).await.unwrap();
        let logo = json!({ "name": "a.png", "content": "bytes" });
        assert_eq!(Value::Object(parts), json!({ "data": { "a": 1 }, "logo": logo, "note": "hello" }));
    }
}
