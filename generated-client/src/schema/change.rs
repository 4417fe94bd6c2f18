//! Fields of updates that can be cleared.

use serde_json::Value as Json;

use super::file::File;
use super::kind::ValueKind;
use super::value::{List, Map, Object, Value, View};

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

impl<T: Value> Change<T> {
    fn set(&mut self, fill: impl FnOnce(&mut T) -> bool) -> bool {
        let mut value = T::empty();
        let fits = fill(&mut value);
        if fits {
            *self = Self::Replace(value);
        }
        fits
    }

    /// The value, which is empty at first, if values are of this kind.
    fn start(&mut self, kind: ValueKind) -> Option<&mut T> {
        if T::kind_of() != kind {
            return None;
        }
        *self = Self::Replace(T::empty());
        match self {
            Self::Replace(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
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

    fn set_null(&mut self) {
        *self = Self::Clear;
    }

    fn set_text(&mut self, text: &str) -> bool {
        self.set(|value| value.set_text(text))
    }

    fn set_integer(&mut self, number: i64) -> bool {
        self.set(|value| value.set_integer(number))
    }

    fn set_number(&mut self, number: f64) -> bool {
        self.set(|value| value.set_number(number))
    }

    fn set_boolean(&mut self, boolean: bool) -> bool {
        self.set(|value| value.set_boolean(boolean))
    }

    fn set_json(&mut self, json: Json) -> bool {
        self.set(|value| value.set_json(json))
    }

    fn set_file(&mut self, file: File) -> bool {
        self.set(|value| value.set_file(file))
    }

    fn as_object_mut(&mut self) -> Option<&mut dyn Object> {
        self.start(ValueKind::Object)?.as_object_mut()
    }

    fn as_list_mut(&mut self) -> Option<&mut dyn List> {
        self.start(ValueKind::List)?.as_list_mut()
    }

    fn as_map_mut(&mut self) -> Option<&mut dyn Map> {
        self.start(ValueKind::Map)?.as_map_mut()
    }
}
