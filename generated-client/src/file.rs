//! Files that requests carry.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::runtime::{Kind, Value, View};

/// A file to be sent: its bytes, its name and its MIME type.
///
/// As data, with serde, it is an object with `name`, `content_type` and `base64`; the second may be absent.
#[derive(Clone, PartialEq)]
pub struct File {
    name: String,
    content_type: Option<String>,
    content: Bytes,
}

impl File {
    /// A file of these bytes. Its MIME type is not said, unless [`with_type`](Self::with_type) does.
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { name: name.into(), content_type: None, content: content.into() }
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

    /// Its bytes.
    pub fn content(&self) -> &[u8] {
        &self.content
    }
}

/// Shows how long it is, and neither its name nor what is in it.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("File");
        debug.field("content_type", &self.content_type).field("length", &self.content.len()).finish_non_exhaustive()
    }
}

impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut file = serializer.serialize_struct("File", 3)?;
        file.serialize_field("name", &self.name)?;
        file.serialize_field("content_type", &self.content_type)?;
        file.serialize_field("base64", &STANDARD.encode(&self.content))?;
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
        Ok(Self { name, content_type, content: content.into() })
    }
}

impl Value for File {
    fn empty() -> Self {
        Self::new("", Bytes::new())
    }

    fn kind_of() -> Kind {
        Kind::File
    }

    fn kind(&self) -> Kind {
        Kind::File
    }

    fn view(&self) -> View<'_> {
        View::File(self)
    }

    fn clear(&mut self) {
        *self = <Self as Value>::empty();
    }

    fn file(&mut self, file: File) -> bool {
        *self = file;
        true
    }
}
