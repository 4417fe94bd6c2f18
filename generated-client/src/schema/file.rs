//! Files that requests carry.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_core::Stream;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, SerializeStruct, Serializer};

use crate::body::{Body, ReaderStream, name_of};

/// A file to be sent: its name, its MIME type, and its bytes, a path to them, or a stream of them.
///
/// As data, with serde, it is an object with `name`, `content_type` and `base64`; the second may be absent. Only a
/// file whose bytes are in memory can be written as data.
#[derive(Clone, PartialEq)]
pub struct File {
    name: String,
    content_type: Option<String>,
    body: Body,
}

impl File {
    /// A file of these bytes. Its MIME type is not said, unless [`with_type`](Self::with_type) does.
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { name: name.into(), content_type: None, body: content.into().into() }
    }

    /// The file at this path, called like it. It is read while it is sent, and anew each time. If it is not there
    /// when a call begins, or is no regular file, nothing is sent. A file that does not
    /// say how long it is, as those under `/proc`, is read when the call begins, up to 1 MiB of it.
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self { name: name_of(&path), content_type: None, body: Body::file(path) }
    }

    /// A file of which the bytes come while it is sent. A call whose stream has begun is not sent again. The stream must
    /// not make its thread wait: [`from_reader`](Self::from_reader) is for what does.
    ///
    /// Without [`with_length`](Self::with_length), the request says nowhere how long it is, and some servers want
    /// to know.
    pub fn from_stream(
        name: impl Into<String>,
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    ) -> Self {
        Self { name: name.into(), content_type: None, body: Body::stream(stream) }
    }

    /// The same for a reader that makes its thread wait, such as a pipe. It is read on threads that the runtime has for
    /// that. A read that has begun cannot be stopped: it may outlive its call, and a runtime that ends waits for it.
    pub fn from_reader(name: impl Into<String>, reader: impl io::Read + Send + Unpin + 'static) -> Self {
        Self::from_stream(name, ReaderStream::new(reader))
    }

    /// Says how many bytes a stream gives. If it gives others, the request breaks off. Files of another kind know
    /// how long they are.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        self.body = self.body.with_length(bytes);
        self
    }

    /// The same under another name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The same, with a MIME type such as `image/png`.
    #[must_use]
    pub fn with_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its MIME type, if it is said.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Its bytes, if they are in memory.
    pub fn content(&self) -> Option<&[u8]> {
        self.body.as_bytes()
    }

    pub(crate) fn body(&self) -> &Body {
        &self.body
    }
}

/// Shows how long it is, and neither its name nor what is in it.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("File");
        debug.field("content_type", &self.content_type).field("length", &self.body.len()).finish_non_exhaustive()
    }
}

impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let content = self.content().ok_or_else(|| {
            S::Error::custom("a file that is read while it is sent cannot be written as data; give its bytes instead")
        })?;
        let mut file = serializer.serialize_struct("File", 3)?;
        file.serialize_field("name", &self.name)?;
        file.serialize_field("content_type", &self.content_type)?;
        file.serialize_field("base64", &STANDARD.encode(content))?;
        file.end()
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut entries = BTreeMap::<String, Option<String>>::deserialize(deserializer)?;
        let mut take = |key: &'static str| entries.remove(key).flatten();
        let name = take("name").ok_or_else(|| D::Error::missing_field("name"))?;
        let content_type = take("content_type");
        let base64 = take("base64").ok_or_else(|| D::Error::missing_field("base64"))?;
        if let Some(key) = entries.keys().next() {
            return Err(D::Error::unknown_field(key, &["name", "content_type", "base64"]));
        }
        let content = STANDARD.decode(base64).map_err(|_| D::Error::custom("base64: this is not Base64"))?;
        Ok(Self { name, content_type, body: content.into() })
    }
}
