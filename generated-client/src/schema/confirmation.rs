//! The answer of an operation that only says that it was done.

use serde::de::Error;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::kind::ValueKind;
use super::plain_json::PlainJson;
use super::value::{Content, Value, View};

/// The answer of an operation that only says that it was done. A status without a body gives no message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Confirmation {
    /// Plivo's sentence.
    pub message: Option<String>,
}

impl Confirmation {
    /// Returns a confirmation without a message, for tests.
    #[cfg(feature = "testing")]
    pub fn draft() -> Self {
        Self::default()
    }
}

/// The message is the value: it is text under the key that the operation names.
impl Value for Confirmation {
    fn empty() -> Self {
        Self::default()
    }

    fn kind_of() -> ValueKind {
        ValueKind::Text
    }

    fn kind(&self) -> ValueKind {
        ValueKind::Text
    }

    fn view(&self) -> View<'_> {
        self.message.as_deref().map_or(View::Absent, View::Text)
    }

    fn clear(&mut self) {
        self.message = None;
    }

    fn set(&mut self, content: Content<'_>) -> bool {
        self.message.set(content)
    }
}

impl Serialize for Confirmation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Confirmation", 1)?;
        match &self.message {
            Some(message) => object.serialize_field("message", message)?,
            None => object.skip_field("message")?,
        }
        object.end()
    }
}

/// Other keys than `message` are ignored.
impl<'de> Deserialize<'de> for Confirmation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Read as any JSON first: the errors of serde show texts of any length.
        let PlainJson(json) = PlainJson::deserialize(deserializer)?;
        if !json.is_object() {
            return Err(D::Error::custom("a confirmation is not an object"));
        }
        Ok(Self { message: json.get("message").and_then(serde_json::Value::as_str).map(str::to_owned) })
    }
}
