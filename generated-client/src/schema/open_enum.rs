//! Enumerations that know their listed values and keep any other.

use std::error::Error;
use std::fmt;

use super::suggest::nearest;
use super::value::Values;

/// The text of a value that is not listed.
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

/// What is generated for an enumeration; `open_enum!` does the rest.
pub trait OpenEnum: Sized + Clone + 'static {
    /// The listed values, in their order.
    const LISTED: &'static [Self];

    /// The text on the wire.
    fn as_str(&self) -> &str;

    /// A value that is not listed.
    fn from_unlisted(text: Unlisted) -> Self;
}

/// A text that is none of the listed values. It says which one may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnlistedError {
    text: String,
    instead: String,
}

impl fmt::Display for UnlistedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not listed; {}", self.text, self.instead)
    }
}

impl Error for UnlistedError {}

/// Reads a listed value in any letter case.
pub fn parse<T: OpenEnum>(text: &str) -> Result<T, UnlistedError> {
    let refuse = || UnlistedError { text: shortened(text).to_owned(), instead: instead_of(text, listed::<T>()) };
    find(text).ok_or_else(refuse)
}

/// Reads any text: a listed value in any letter case, every other one as it is.
pub fn read<T: OpenEnum>(text: &str) -> T {
    find(text).unwrap_or_else(|| unlisted(text))
}

/// Keeps a text as it is.
pub fn unlisted<T: OpenEnum>(text: &str) -> T {
    T::from_unlisted(Unlisted(text.into()))
}

/// The texts of the listed values.
pub fn listed<T: OpenEnum>() -> Values {
    Values(|index| T::LISTED.get(index).map(OpenEnum::as_str))
}

fn find<T: OpenEnum>(text: &str) -> Option<T> {
    T::LISTED.iter().find(|value| value.as_str().eq_ignore_ascii_case(text)).cloned()
}

/// What to write instead: the value that is most like it, or all of them if they are few.
pub(crate) fn instead_of(text: &str, values: Values) -> String {
    const FEW: usize = 8;
    if let Some(value) = nearest(text, values.iter()) {
        return format!("did you mean {value}?");
    }
    let all: Vec<_> = values.iter().collect();
    match all.as_slice() {
        [first, second, third, ..] if all.len() > FEW => {
            format!("{} values are listed, such as {first}, {second} and {third}", all.len())
        }
        [] => "no value is listed".to_owned(),
        all => format!("listed: {}", all.join(", ")),
    }
}

/// A text that a caller gave, short enough for a message.
fn shortened(text: &str) -> &str {
    const LONGEST: usize = 40;
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}
