//! Files in requests.

use std::fmt;
use std::io;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_core::Stream;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, SerializeStruct, Serializer};
use serde_json::Value;

use super::plain_json::PlainJson;
use super::suggest::{one_line, truncated};
use crate::body::{Body, ReaderStream, file_name_of};

/// A file to send: a name, an optional MIME type, and the content, which is in memory, at a path, or a stream.
///
/// With serde, a file is an object with the keys `name`, `content_type` (optional) and `base64`. Only a file whose
/// content is in memory can be serialized.
#[derive(Clone, PartialEq)]
pub struct File {
    name: String,
    content_type: Option<String>,
    body: Body,
}

impl File {
    /// Creates a file from bytes in memory. It has no MIME type; set one with [`with_type`](Self::with_type).
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { name: name.into(), content_type: None, body: content.into().into() }
    }

    /// Creates a file that is read from a path. Its name is the last component of the path. It has no MIME type.
    ///
    /// The file is read while it is sent, and read again for each attempt. If it does not exist when the call starts,
    /// or is not a regular file, nothing is sent. A file whose reported length is 0, such as one under `/proc`, is read
    /// into memory when the call starts; it may have at most 1 MiB.
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self { name: file_name_of(&path), content_type: None, body: Body::file(path) }
    }

    /// Creates a file from a stream, which is read while the request is sent. It has no MIME type. After the stream has
    /// been read from, the request is not sent again. The stream must not block; for a blocking source use
    /// [`from_reader`](Self::from_reader).
    ///
    /// Without [`with_length`](Self::with_length), the request has no Content-Length header, which some servers need.
    pub fn from_stream(
        name: impl Into<String>,
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    ) -> Self {
        Self { name: name.into(), content_type: None, body: Body::stream(stream) }
    }

    /// Creates a file from a blocking reader, such as a pipe. It has no MIME type. The rules of
    /// [`from_stream`](Self::from_stream) apply.
    ///
    /// The reader runs on tokio's threads for blocking work. A read that has started cannot be cancelled: it may
    /// outlive its call, and the shutdown of the tokio runtime waits for it.
    pub fn from_reader(name: impl Into<String>, reader: impl io::Read + Send + Unpin + 'static) -> Self {
        Self::from_stream(name, ReaderStream::new(reader))
    }

    /// Sets the length of a stream in bytes. If the stream has another length, the request fails while it is sent. For
    /// files in memory or at a path this has no effect: their length is known.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        self.body = self.body.with_length(bytes);
        self
    }

    /// Sets the file name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Sets the MIME type, such as `image/png`.
    #[must_use]
    pub fn with_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The file name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The MIME type, if one is set.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The content, if it is in memory.
    pub fn content(&self) -> Option<&[u8]> {
        self.body.as_bytes()
    }

    pub(crate) fn body(&self) -> &Body {
        &self.body
    }
}

/// Shows the MIME type and the length, and neither the name nor the content.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("File");
        debug.field("content_type", &self.content_type).field("length", &self.body.len()).finish_non_exhaustive()
    }
}

impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let content = self
            .content()
            .ok_or_else(|| S::Error::custom("only a file whose content is in memory can be serialized"))?;
        let mut file = serializer.serialize_struct("File", 3)?;
        file.serialize_field("name", &self.name)?;
        file.serialize_field("content_type", &self.content_type)?;
        file.serialize_field("base64", &STANDARD.encode(content))?;
        file.end()
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Read as any JSON first: the errors of serde show texts of any length.
        Self::from_json(PlainJson::deserialize(deserializer)?.0).map_err(D::Error::custom)
    }
}

impl File {
    /// Reads a file from its form in JSON.
    pub(crate) fn from_json(json: Value) -> Result<Self, String> {
        const MAX_KEY: usize = 40;
        let Value::Object(mut entries) = json else { return Err("expected an object".to_owned()) };
        let mut take = |key: &str| match entries.remove(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(format!("{key} is not a text")),
        };
        let name = take("name")?.ok_or("name is missing")?;
        let content_type = take("content_type")?;
        let base64 = take("base64")?.ok_or("base64 is missing")?;
        if let Some(key) = entries.keys().next() {
            let key = one_line(truncated(key, MAX_KEY));
            return Err(format!("{key} is unknown; known keys: name, content_type, base64"));
        }
        let content = STANDARD.decode(base64).map_err(|_| "base64 is not valid Base64")?;
        Ok(Self { name, content_type, body: content.into() })
    }
}
