//! A request as it arrived, in the form that is compared.

use std::convert::Infallible;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use plivo_simulator::RecordedRequest;
use serde_json::{Map, Value, json};

use crate::BoxError;

/// A request without its headers, which differ between clients.
#[derive(Clone, Debug, PartialEq)]
pub struct SentRequest {
    /// The HTTP method.
    pub method: String,
    /// The path, still percent-encoded except for plus signs.
    pub path: String,
    /// The query: strings by name, and lists of strings for names that occur more than once. An empty query is the same
    /// as none.
    pub query: Map<String, Value>,
    /// The body.
    pub body: SentBody,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum SentBody {
    /// No body.
    None,
    /// JSON.
    Json(Value),
    /// The parts of a form, by name. A file is its name and its bytes, since each client guesses the content type. A part
    /// with a JSON object or list is compared as JSON.
    Parts(Map<String, Value>),
    /// Any other content.
    Other(String),
}

impl SentRequest {
    /// Reads a recorded request.
    ///
    /// # Errors
    ///
    /// Fails if the body is an invalid form.
    pub async fn read(request: &RecordedRequest) -> Result<Self, BoxError> {
        let pairs = url::form_urlencoded::parse(request.query().unwrap_or_default().as_bytes());
        let query = by_name(pairs.map(|(name, text)| (name.into_owned(), Value::from(text))));
        let content_type = request.header("content-type").unwrap_or_default();
        let body = match request.body() {
            [] => SentBody::None,
            content if content_type.starts_with("multipart/") => SentBody::Parts(parts(content_type, content).await?),
            content => match serde_json::from_slice(content) {
                Ok(json) => SentBody::Json(json),
                Err(_) => SentBody::Other(String::from_utf8_lossy(content).into_owned()),
            },
        };
        // In a path, a plus sign is the same encoded and plain.
        let path = request.path().replace("%2B", "+");
        Ok(Self { method: request.method().to_owned(), path, query, body })
    }

    /// The request with the names of the files in a directory instead of their paths.
    #[must_use]
    pub fn without_directory(mut self, directory: &Path) -> Self {
        let directory = format!("{}/", directory.display());
        if let SentBody::Parts(parts) = &mut self.body {
            parts.values_mut().for_each(|value| remove_directory(value, &directory));
        }
        self
    }
}

/// Removes a directory from the texts of a value, so that the names of files are left.
fn remove_directory(value: &mut Value, directory: &str) {
    match value {
        Value::String(text) => *text = text.replace(directory, ""),
        Value::Array(items) => items.iter_mut().for_each(|item| remove_directory(item, directory)),
        Value::Object(object) => object.values_mut().for_each(|value| remove_directory(value, directory)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

async fn parts(content_type: &str, content: &[u8]) -> Result<Map<String, Value>, BoxError> {
    let boundary = multer::parse_boundary(content_type)?;
    let mut form = multer::Multipart::new(OneChunk(Some(content.to_vec())), boundary);
    let mut parts = Vec::new();
    while let Some(part) = form.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let text = String::from_utf8_lossy(&part.bytes().await?).into_owned();
        parts.push((
            name,
            file.map_or_else(|| part_value(text.clone()), |file| json!({ "name": file, "content": text })),
        ));
    }
    Ok(by_name(parts.into_iter()))
}

/// A body as a stream of one chunk.
struct OneChunk(Option<Vec<u8>>);

impl Stream for OneChunk {
    type Item = Result<Vec<u8>, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// The value of a part that is not a file.
fn part_value(text: String) -> Value {
    match serde_json::from_str(&text) {
        Ok(json @ (Value::Object(_) | Value::Array(_))) => json,
        _ => Value::from(text),
    }
}

/// Values by name; a list for names that occur more than once.
fn by_name(pairs: impl Iterator<Item = (String, Value)>) -> Map<String, Value> {
    let mut lists: Map<String, Value> = Map::new();
    for (name, value) in pairs {
        let list = lists.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(value);
        }
    }
    let flatten = |value: Value| match value {
        Value::Array(mut list) if list.len() == 1 => list.remove(0),
        list => list,
    };
    lists.into_iter().map(|(name, list)| (name, flatten(list))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{by_name, parts};

    #[test]
    fn repeated_names_become_lists() {
        let pairs = [("a", "1"), ("b", "2"), ("a", "3")].map(|(name, text)| (name.to_owned(), Value::from(text)));
        assert_eq!(Value::Object(by_name(pairs.into_iter())), json!({ "a": ["1", "3"], "b": "2" }));
    }

    #[tokio::test]
    async fn form_parts_are_parsed() {
        let form = "--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n\
            --x\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\n{\"a\": 1}\r\n\
            --x\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"a.png\"\r\n\
            Content-Type: image/png\r\n\r\nbytes\r\n--x--\r\n";
        let parts = parts("multipart/form-data; boundary=x", form.as_bytes()).await.unwrap();
        let logo = json!({ "name": "a.png", "content": "bytes" });
        assert_eq!(Value::Object(parts), json!({ "data": { "a": 1 }, "logo": logo, "note": "hello" }));
    }
}
