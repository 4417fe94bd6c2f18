//! The kinds of values.

/// The kinds of values on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Text, including listed values, timestamps and decimals.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    List,
    /// An object whose keys are known.
    Object,
    /// An object whose keys are data.
    Map,
    /// Anything.
    Json,
    /// A file.
    File,
    /// `null`.
    Null,
    /// No value.
    Nothing,
    /// Text that is not valid JSON.
    InvalidJson,
    /// The end of the text.
    End,
}

impl ValueKind {
    /// The kind in words, with an article where one is needed.
    pub(crate) const fn in_words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::List => "a list",
            Self::Object | Self::Map => "an object",
            Self::Json => "a value",
            Self::File => "a file",
            Self::Null => "null",
            Self::Nothing => "nothing",
            Self::InvalidJson => "invalid JSON",
            Self::End => "the end of the text",
        }
    }

    /// Whether such a value is filled part by part.
    pub(crate) const fn has_parts(self) -> bool {
        matches!(self, Self::Object | Self::List | Self::Map)
    }

    /// Whether every value of the other kind is also of this kind.
    pub(crate) fn covers(self, found: Self) -> bool {
        self == found || matches!((self, found), (Self::Number, Self::Integer) | (Self::Map, Self::Object))
    }
}
