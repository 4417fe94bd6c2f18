//! How the runtime reads and fills a value without knowing its type.

use std::fmt::Debug;

use super::file::File;
use super::kind::ValueKind;
use super::object_schema::Schema;

/// A struct with fields on the wire. Its methods name every field once, in the order of the schema.
pub trait Object: Value {
    /// What is known about the fields.
    fn schema(&self) -> &'static Schema;

    /// A value in which nothing is given.
    fn empty() -> Self
    where
        Self: Sized;

    /// Visits the value of every field, in the order of the schema.
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a dyn Value));

    /// The place of the field at this position of the schema.
    fn slot(&mut self, index: usize) -> Option<&mut dyn Value>;
}

/// A value of a field. What it holds is read through [`View`]; what does not fit it, it refuses with
/// `false` or `None` and stays as it was.
pub trait Value: Debug + Send + Sync + 'static {
    /// A value that holds nothing.
    fn empty() -> Self
    where
        Self: Sized;

    /// The kind of values of this type.
    fn kind_of() -> ValueKind
    where
        Self: Sized;

    /// The kind of values that fit here.
    fn kind(&self) -> ValueKind;

    /// What is here.
    fn view(&self) -> View<'_>;

    /// Makes it hold nothing.
    fn clear(&mut self);

    /// Takes a text.
    fn set_text(&mut self, _text: &str) -> bool {
        false
    }

    /// Takes a whole number.
    fn set_integer(&mut self, _number: i64) -> bool {
        false
    }

    /// Takes a number that is not whole, or too large for `i64`.
    fn set_number(&mut self, _number: f64) -> bool {
        false
    }

    /// Takes a truth value.
    fn set_boolean(&mut self, _boolean: bool) -> bool {
        false
    }

    /// Takes anything.
    fn set_json(&mut self, _json: serde_json::Value) -> bool {
        false
    }

    /// Takes a file.
    fn set_file(&mut self, _file: File) -> bool {
        false
    }

    /// Becomes an object, to be filled.
    fn as_object_mut(&mut self) -> Option<&mut dyn Object> {
        None
    }

    /// Becomes an empty list, to be filled.
    fn as_list_mut(&mut self) -> Option<&mut dyn List> {
        None
    }

    /// Becomes an empty map, to be filled.
    fn as_map_mut(&mut self) -> Option<&mut dyn Map> {
        None
    }
}

/// What a value holds.
#[derive(Clone, Copy, Debug)]
pub enum View<'a> {
    /// Nothing.
    Absent,
    /// A text.
    Text(&'a str),
    /// A text for which there is a list of values.
    Listed(&'a str, Values),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A truth value.
    Boolean(bool),
    /// An object.
    Object(&'a dyn Object),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Map),
    /// Anything.
    Json(&'a serde_json::Value),
    /// A file.
    File(&'a File),
}

impl<'a> View<'a> {
    /// The text of a value that travels as text.
    pub(crate) fn as_text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) | Self::Listed(text, _) => Some(text),
            _ => None,
        }
    }
}

/// The listed values of an open enumeration, by position.
#[derive(Clone, Copy, Debug)]
pub struct Values(pub(crate) fn(usize) -> Option<&'static str>);

impl Values {
    pub(crate) fn iter(self) -> impl Iterator<Item = &'static str> + Clone {
        (0..).map_while(self.0)
    }
}

/// A list of values.
pub trait List: Debug + Send + Sync {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The kind of each.
    fn item_kind(&self) -> ValueKind;

    /// One of them.
    fn get(&self, index: usize) -> Option<&dyn Value>;

    /// Appends one that holds nothing, and gives its place.
    fn push(&mut self) -> Option<&mut dyn Value>;

    /// Removes the last one.
    fn pop(&mut self);
}

/// Values by keys that are data.
pub trait Map: Debug + Send + Sync {
    /// Visits each key with its value, in the order of the keys.
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a str, &'a dyn Value));

    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The place of a key, made if needed.
    fn entry(&mut self, key: &str) -> &mut dyn Value;

    /// Whether there is such a key.
    fn contains(&self, key: &str) -> bool;

    /// Removes a key.
    fn remove(&mut self, key: &str);
}
