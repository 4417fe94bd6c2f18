//! Values for answers that no stored object gives.

use plivo_codegen::model::{Field, Model, ObjectId, Presence, Type};
use serde_json::{Map, Number, Value};

/// Objects inside of objects are followed so deep, for an object may contain itself.
const DEEPEST: usize = 4;

/// An object with the examples of its fields. A field without one is left out, unless it is always there.
pub(crate) fn object(model: &Model, id: ObjectId) -> Map<String, Value> {
    object_at(model, id, 0)
}

/// The example of a field, or the examples inside of it.
pub(crate) fn example(model: &Model, field: &Field) -> Option<Value> {
    example_at(model, field, 0)
}

/// A value for a field that has no example and is always there.
pub(crate) fn placeholder(model: &Model, ty: &Type) -> Value {
    placeholder_at(model, ty, 0)
}

fn object_at(model: &Model, id: ObjectId, depth: usize) -> Map<String, Value> {
    let fields = model[id].fields.iter();
    fields
        .filter_map(|field| {
            let always = matches!(field.presence, Presence::Always(_));
            let value =
                example_at(model, field, depth).or_else(|| always.then(|| placeholder_at(model, &field.ty, depth)))?;
            Some((field.name.clone(), value))
        })
        .collect()
}

fn example_at(model: &Model, field: &Field, depth: usize) -> Option<Value> {
    match &field.example {
        Some(text) => read(&field.ty, text),
        None => inside(model, &field.ty, depth),
    }
}

fn read(ty: &Type, text: &str) -> Option<Value> {
    match ty {
        Type::Text | Type::Timestamp | Type::Decimal | Type::Enum(_) => Some(Value::from(text)),
        Type::Integer => text.parse::<i64>().ok().map(Value::from),
        Type::Number => text.parse::<Number>().ok().map(Value::Number),
        Type::Boolean => text.parse::<bool>().ok().map(Value::from),
        Type::Any => Some(serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))),
        Type::File | Type::Object(_) | Type::List(_) | Type::Map(_) => serde_json::from_str(text).ok(),
    }
}

/// The examples that stand inside of a type.
fn inside(model: &Model, ty: &Type, depth: usize) -> Option<Value> {
    if depth >= DEEPEST {
        return None;
    }
    match ty {
        Type::Object(id) => {
            let object = object_at(model, *id, depth + 1);
            (!object.is_empty()).then_some(Value::Object(object))
        }
        Type::List(item) => inside(model, item, depth + 1).map(|item| Value::Array(vec![item])),
        _ => None,
    }
}

fn placeholder_at(model: &Model, ty: &Type, depth: usize) -> Value {
    match ty {
        Type::Text | Type::Any => Value::from("example"),
        Type::Timestamp => Value::from("2026-01-01T00:00:00.000000Z"),
        Type::Decimal => Value::from("0.00000"),
        Type::Integer | Type::Number => Value::from(0),
        Type::Boolean => Value::from(false),
        Type::Enum(id) => Value::from(model[*id].values.first().map(|value| value.wire.as_str()).unwrap_or_default()),
        Type::Object(id) if depth < DEEPEST => Value::Object(object_at(model, *id, depth + 1)),
        Type::Object(_) | Type::Map(_) | Type::File => Value::Object(Map::new()),
        Type::List(_) => Value::Array(Vec::new()),
    }
}
