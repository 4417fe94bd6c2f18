//! Values that keep the text of the wire.

use std::fmt;

use super::kind::ValueKind;
use super::value::{Value, View};

/// Declares a type for a value that is kept as text, character for character.
macro_rules! wire_text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// Creates a value from text in the format that answers use. The text is not checked.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text, unchanged.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }

        impl Value for $name {
            fn empty() -> Self {
                Self(String::new())
            }

            fn kind_of() -> ValueKind {
                ValueKind::Text
            }

            fn kind(&self) -> ValueKind {
                ValueKind::Text
            }

            fn view(&self) -> View<'_> {
                View::Text(&self.0)
            }

            fn clear(&mut self) {
                self.0.clear();
            }

            fn set_text(&mut self, text: &str) -> bool {
                self.0.set_text(text)
            }
        }
    };
}

wire_text! {
    /// A point in time, as text. Plivo uses several formats, and some of them have no time zone. The text is kept
    /// unchanged, so that you can parse it with a date library.
    Timestamp
}

wire_text! {
    /// A decimal number that is sent as text, such as a price. All digits are kept.
    Decimal
}
