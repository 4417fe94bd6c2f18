//! Values that keep the text of the wire.

/// Declares a type for a value that is kept as text, character for character. For modules beside this one.
macro_rules! wire_text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// Creates a value from text. The text is not checked.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text, unchanged.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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

        impl super::value::Value for $name {
            fn empty() -> Self {
                Self(String::new())
            }

            fn kind_of() -> super::kind::ValueKind {
                super::kind::ValueKind::Text
            }

            fn kind(&self) -> super::kind::ValueKind {
                super::kind::ValueKind::Text
            }

            fn view(&self) -> super::value::View<'_> {
                super::value::View::Text(&self.0)
            }

            fn clear(&mut self) {
                self.0.clear();
            }

            fn set(&mut self, content: super::value::Content<'_>) -> bool {
                self.0.set(content)
            }
        }
    };
}

pub(super) use wire_text;

wire_text! {
    /// A point in time, as text. Plivo uses several formats, and some of them have no time zone. The text is kept
    /// unchanged, so that you can parse it with a date library.
    Timestamp
}

wire_text! {
    /// A decimal number that is sent as text, such as a price. All digits are kept.
    Decimal
}
