//! Example answers: documented ones, and those made of the examples of fields.

use serde_json::{Map, Value};

use super::answers::{is_deferred, refuses};
use super::parameters::Parameters;
use super::second::plain;
use crate::limits;
use crate::model::{Example, Field, Model, ObjectId, Operation, Presence, Type};

/// How deep objects in objects are followed: an object may contain itself.
const DEEPEST: usize = 4;

/// Whether an example shows the operation's answer of success. An answer with an error, or one that only confirms a
/// deferred request, does not.
pub fn shows_success(model: &Model, operation: &Operation, example: &Example) -> bool {
    let is_success = example.status.is_none_or(|status| (200..300).contains(&status));
    let is_whole = |answer: &Value| answer.is_object() && !refuses(model, answer);
    is_success && example.answer.as_ref().is_some_and(is_whole) && !puts_off(model, operation, example)
}

fn puts_off(model: &Model, operation: &Operation, example: &Example) -> bool {
    let request = example.request.as_object().cloned().unwrap_or_default();
    is_deferred(operation, &Parameters::from(request).meant(model, operation))
}

/// The example of a field, or one made of the examples inside it.
pub fn example_of(model: &Model, field: &Field) -> Option<Value> {
    Filling::new(model).field(field, 0)
}

/// An object made of the examples of its fields. Fields without an example are left out. `None` if a field that is
/// always present has no example, or no field has one.
pub fn examples_of(model: &Model, id: ObjectId) -> Option<Map<String, Value>> {
    Filling::new(model).object(id, 0)
}

/// The fields of an object that are always present and have no example.
pub(crate) fn lacking(model: &Model, id: ObjectId) -> Vec<&Field> {
    let mut filling = Filling::new(model);
    let always = model[id].fields.iter().filter(|field| is_always(field));
    always.filter(|field| filling.field(field, 0).is_none()).collect()
}

fn is_always(field: &Field) -> bool {
    matches!(field.presence, Presence::Always(_))
}

/// The value that the text of an example stands for.
pub(crate) fn example_value(ty: &Type, text: &str) -> Value {
    let value = match ty {
        Type::Integer | Type::Number | Type::Boolean | Type::Any => text.parse().ok(),
        _ => None,
    };
    value.unwrap_or_else(|| Value::from(text))
}

/// Fills objects with examples.
struct Filling<'a> {
    model: &'a Model,
    /// Bytes left for further examples. Those that do not fit are left out.
    room: usize,
}

impl<'a> Filling<'a> {
    fn new(model: &'a Model) -> Self {
        Self { model, room: limits::EXAMPLES }
    }

    fn object(&mut self, id: ObjectId, depth: usize) -> Option<Map<String, Value>> {
        let mut object = Map::new();
        for field in &self.model[id].fields {
            match self.field(field, depth) {
                Some(value) => {
                    object.insert(field.name.clone(), value);
                }
                None if is_always(field) => return None,
                None => {}
            }
        }
        (!object.is_empty()).then_some(object)
    }

    fn field(&mut self, field: &Field, depth: usize) -> Option<Value> {
        let size = size_of::<Value>() + field.name.len() + field.example.as_ref().map_or(0, String::len);
        self.room = self.room.checked_sub(size)?;
        match (&field.example, &field.default) {
            (Some(text), _) => Some(example_value(&field.ty, text)),
            (None, Some(default)) => Some(default.is.clone()),
            (None, None) => self.inside(&field.ty, depth).map(|value| plain(field, value)),
        }
    }

    /// An example made of those inside a type.
    fn inside(&mut self, ty: &Type, depth: usize) -> Option<Value> {
        if depth >= DEEPEST {
            return None;
        }
        match ty {
            Type::Object(id) => self.object(*id, depth + 1).map(Value::Object),
            Type::List(item) => self.inside(item, depth + 1).map(|item| Value::Array(vec![item])),
            _ => None,
        }
    }
}
