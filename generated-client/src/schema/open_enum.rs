//! Open enums: types with listed values that also keep any other text.

use std::error::Error;
use std::fmt;

use super::suggest::{nearest, truncated};
use super::value::{Content, Values};

/// The number of characters that an error shows of a text that is not listed.
const LONGEST: usize = 40;

/// The text of an enum value that is not listed.
#[derive(Clone)]
pub struct Unlisted(Box<str>);

impl Unlisted {
    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// The generated part of an open enum. The macro `open_enum!` adds the rest.
pub trait OpenEnum: Sized + Clone + 'static {
    /// The listed values, in their order.
    const LISTED: &'static [Self];

    /// Their texts on the wire.
    const TEXTS: Values;

    /// The text on the wire.
    fn as_str(&self) -> &str;

    /// Creates a value that is not listed.
    fn from_unlisted(text: Unlisted) -> Self;
}

/// The error of parsing a text that is not a listed value. Its `Display` suggests a listed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnlistedError {
    text: String,
    suggestion: String,
}

impl fmt::Display for UnlistedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not listed; {}", self.text, self.suggestion)
    }
}

impl Error for UnlistedError {}

/// Parses a listed value in any letter case.
pub fn parse<T: OpenEnum>(text: &str) -> Result<T, UnlistedError> {
    let refuse = || UnlistedError { text: truncated(text, LONGEST).to_owned(), suggestion: suggestion(text, T::TEXTS) };
    find(text).ok_or_else(refuse)
}

/// Sets any text. A listed value is recognized in any letter case; any other text is kept.
pub fn set<T: OpenEnum>(value: &mut T, content: Content<'_>) -> bool {
    let Content::Text(text) = content else { return false };
    *value = find(text).unwrap_or_else(|| unlisted(text));
    true
}

/// Creates a value that is not listed, with this text.
pub fn unlisted<T: OpenEnum>(text: &str) -> T {
    T::from_unlisted(Unlisted(text.into()))
}

/// Whether the text of the value is listed.
pub fn is_listed<T: OpenEnum>(value: &T) -> bool {
    T::TEXTS.contains(&value.as_str())
}

fn find<T: OpenEnum>(text: &str) -> Option<T> {
    T::LISTED.get(position(text, T::TEXTS)?).cloned()
}

fn position(text: &str, values: Values) -> Option<usize> {
    values.iter().position(|value| value.eq_ignore_ascii_case(text))
}

/// A suggestion for a text that is not listed: the most similar value, or else all values if there are few.
pub(crate) fn suggestion(text: &str, values: Values) -> String {
    const FEW: usize = 8;
    if let Some(value) = nearest(text, values.iter().copied()) {
        return format!("did you mean {value}?");
    }
    match values {
        [first, second, third, ..] if values.len() > FEW => {
            format!("{} values are listed, such as {first}, {second} and {third}", values.len())
        }
        [] => "no value is listed".to_owned(),
        all => format!("listed: {}", all.join(", ")),
    }
}
