//! Traits to read and set values without knowing their types.

use super::field::Field;
use super::file::File;
use super::kind::ValueKind;
use super::object_schema::Schema;
use super::second_forms::SecondForms;

/// A struct whose fields are on the wire. The order of the fields is that of the schema.
pub trait Object: Send + Sync + 'static {
    /// The schema of the fields.
    fn schema(&self) -> &'static Schema;

    /// Creates an object in which no field is set.
    fn empty() -> Self
    where
        Self: Sized;

    /// The value of the field at this index of the schema.
    fn get(&self, index: usize) -> Option<&dyn Value>;

    /// The value of the field at this index of the schema, to be set.
    fn get_mut(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// The fields that were deserialized from a second form.
    fn second_forms(&self) -> &SecondForms {
        const { &SecondForms::NONE }
    }

    /// The same, to be changed. `None`: the object does not record them.
    fn second_forms_mut(&mut self) -> Option<&mut SecondForms> {
        None
    }
}

impl dyn Object + '_ {
    /// The fields with their values, in the order of the schema.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'static Field, &dyn Value)> {
        let fields = self.schema().fields.iter().enumerate();
        fields.filter_map(|(index, field)| Some((field, self.get(index)?)))
    }
}

/// The value of a field. It is read through a [`View`].
///
/// There are few methods, because each type of a field has all of them in the program.
pub trait Value: Send + Sync + 'static {
    /// Creates an empty value.
    fn empty() -> Self
    where
        Self: Sized;

    /// The kind of this type.
    fn kind_of() -> ValueKind
    where
        Self: Sized;

    /// The kind of this value's type.
    fn kind(&self) -> ValueKind;

    /// The content.
    fn view(&self) -> View<'_>;

    /// Makes the value empty.
    fn clear(&mut self);

    /// Sets the content. Content that does not fit the type is not set.
    fn set(&mut self, _content: Content<'_>) -> bool {
        false
    }

    /// Returns what is filled part by part, if the type is an object, a list or a map. Lists and maps, and an optional
    /// value, become empty first.
    fn parts(&mut self) -> Option<Parts<'_>> {
        None
    }
}

impl dyn Value + '_ {
    /// Sets null, if that says something else than no value.
    pub(crate) fn set_null(&mut self) {
        self.set(Content::Null);
    }

    pub(crate) fn set_text(&mut self, text: &str) -> bool {
        self.set(Content::Text(text))
    }

    /// Sets a whole number.
    pub(crate) fn set_integer(&mut self, number: i64) -> bool {
        self.set(Content::Integer(number))
    }

    /// Sets a number that is not whole or does not fit into `i64`.
    pub(crate) fn set_number(&mut self, number: f64) -> bool {
        self.set(Content::Number(number))
    }

    pub(crate) fn set_boolean(&mut self, boolean: bool) -> bool {
        self.set(Content::Boolean(boolean))
    }

    /// Sets any JSON.
    pub(crate) fn set_json(&mut self, mut json: serde_json::Value) -> bool {
        self.set(Content::Json(&mut json))
    }

    pub(crate) fn set_file(&mut self, file: &File) -> bool {
        self.set(Content::File(file))
    }

    /// The object to be filled.
    pub(crate) fn as_object_mut(&mut self) -> Option<&mut dyn Object> {
        let Parts::Object(object) = self.parts_of(ValueKind::Object)? else { return None };
        Some(object)
    }

    /// The list to be filled, which is empty.
    pub(crate) fn as_list_mut(&mut self) -> Option<&mut dyn List> {
        let Parts::List(list) = self.parts_of(ValueKind::List)? else { return None };
        Some(list)
    }

    /// The map to be filled, which is empty.
    pub(crate) fn as_map_mut(&mut self) -> Option<&mut dyn Map> {
        let Parts::Map(map) = self.parts_of(ValueKind::Map)? else { return None };
        Some(map)
    }

    /// The parts of a value of this kind. A value of another kind keeps its content.
    fn parts_of(&mut self, kind: ValueKind) -> Option<Parts<'_>> {
        if self.kind() == kind { self.parts() } else { None }
    }
}

/// A value with this content. `None`: the content does not fit the type, or the type is filled part by part.
pub(crate) fn filled<T: Value>(content: Content<'_>) -> Option<T> {
    if T::kind_of().has_parts() {
        return None;
    }
    let mut value = T::empty();
    value.set(content).then_some(value)
}

/// The content that a value is set to.
#[derive(Debug)]
pub enum Content<'a> {
    /// Null.
    Null,
    /// A text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A number that is not whole or does not fit into `i64`.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// Any JSON, to be moved out of its place.
    Json(&'a mut serde_json::Value),
    /// A file.
    File(&'a File),
}

/// A value that is filled part by part.
#[expect(missing_debug_implementations, reason = "a value has no `Debug` behind a trait object")]
pub enum Parts<'a> {
    /// An object.
    Object(&'a mut dyn Object),
    /// A list.
    List(&'a mut dyn List),
    /// A map.
    Map(&'a mut dyn Map),
}

impl<T: Object> Value for T {
    fn empty() -> Self {
        <T as Object>::empty()
    }

    fn kind_of() -> ValueKind {
        ValueKind::Object
    }

    fn kind(&self) -> ValueKind {
        ValueKind::Object
    }

    fn view(&self) -> View<'_> {
        View::Object(self)
    }

    fn clear(&mut self) {
        *self = <T as Object>::empty();
    }

    fn parts(&mut self) -> Option<Parts<'_>> {
        Some(Parts::Object(self))
    }
}

/// The content of a value.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// No value.
    Absent,
    /// A text.
    Text(&'a str),
    /// A text of an open enum, with the listed values.
    Listed(&'a str, Values),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// An object.
    Object(&'a dyn Object),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Map),
    /// Any JSON.
    Json(&'a serde_json::Value),
    /// A file.
    File(&'a File),
}

impl<'a> View<'a> {
    /// The text, if the value is one.
    pub(crate) fn as_text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) | Self::Listed(text, _) => Some(text),
            _ => None,
        }
    }
}

/// The listed values of an open enum.
pub type Values = &'static [&'static str];

/// A list of values.
pub trait List: Send + Sync {
    /// The number of items.
    fn len(&self) -> usize;

    /// Whether the list has no items.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The kind of the items.
    fn item_kind(&self) -> ValueKind;

    /// The item at this index.
    fn get(&self, index: usize) -> Option<&dyn Value>;

    /// Appends an empty item and returns it.
    fn push(&mut self) -> Option<&mut dyn Value>;

    /// Removes the last item.
    fn pop(&mut self);
}

/// A map whose keys are data.
pub trait Map: Send + Sync {
    /// Visits each key with its value, in the order of the keys.
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a str, &'a dyn Value));

    /// The number of entries.
    fn len(&self) -> usize;

    /// Whether the map has no entries.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key. A missing entry is created empty.
    fn entry(&mut self, key: &str) -> &mut dyn Value;

    /// Whether the map has the key.
    fn contains(&self, key: &str) -> bool;

    /// Removes a key.
    fn remove(&mut self, key: &str);
}
