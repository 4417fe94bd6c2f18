//! Fields of updates that can be cleared.

use serde_json::Value as Json;

use super::kind::ValueKind;
use super::value::{Content, Parts, Value, View, filled};

/// What an update does to a field that can be cleared. The default is [`Keep`](Self::Keep).
///
/// A setter takes a value, or an `Option` of one, of which `None` keeps the field. The method `clear_..` beside it
/// clears the field.
///
/// ```
/// use plivo::Change;
///
/// let change = Change::from(Some("a value".to_owned()));
/// assert_eq!(change, Change::Replace("a value".to_owned()));
/// assert_eq!(Change::<String>::from(None), Change::Keep);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// The field is not sent, and Plivo keeps its value.
    #[default]
    Keep,
    /// `null` is sent, and the field has no value any more.
    Clear,
    /// The field is sent with this value.
    Replace(T),
}

impl<T> From<Option<T>> for Change<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Keep, Self::Replace)
    }
}

impl<T: Value> Value for Change<T> {
    fn empty() -> Self {
        Self::Keep
    }

    fn kind_of() -> ValueKind {
        T::kind_of()
    }

    fn kind(&self) -> ValueKind {
        T::kind_of()
    }

    fn view(&self) -> View<'_> {
        match self {
            Self::Keep => View::Absent,
            Self::Clear => View::Json(&Json::Null),
            Self::Replace(value) => value.view(),
        }
    }

    fn clear(&mut self) {
        *self = Self::Keep;
    }

    fn set(&mut self, content: Content<'_>) -> bool {
        if matches!(content, Content::Null) {
            *self = Self::Clear;
            return true;
        }
        let filled = filled(content).map(Self::Replace);
        let fits = filled.is_some();
        if let Some(filled) = filled {
            *self = filled;
        }
        fits
    }

    fn parts(&mut self) -> Option<Parts<'_>> {
        if !T::kind_of().has_parts() {
            return None;
        }
        *self = Self::Replace(T::empty());
        match self {
            Self::Replace(value) => value.parts(),
            Self::Keep | Self::Clear => None,
        }
    }
}
