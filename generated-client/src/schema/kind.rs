//! The kinds of values.

/// The kinds of values, as the wire knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Text, also of listed values, timestamps and decimals.
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
    /// What no reader of JSON takes.
    NoJson,
    /// Nothing more.
    End,
}

impl ValueKind {
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
            Self::NoJson => "what is no JSON",
            Self::End => "its end",
        }
    }

    /// Whether a value of the other kind is one of this kind as well.
    pub(crate) fn covers(self, found: Self) -> bool {
        self == found || matches!((self, found), (Self::Number, Self::Integer) | (Self::Map, Self::Object))
    }
}
