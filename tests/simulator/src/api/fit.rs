//! Fits a stored value to the type that an answer declares.
//!
//! A field can have one type in a request, another in the stored object, and a third in an answer: a list that is
//! sent, and one text that is shown. The answer decides.

use super::stand_in::stand_in;
use plivo_codegen::interpret::{is_of_kind, text_of, value_of};
use plivo_codegen::model::{Field, Model, ObjectId, Presence, Type, ValueKind};
use serde_json::{Map, Value};

/// The value as one of the field, or `None` if it cannot be one. A known second form is kept.
pub(super) fn fit_field(model: &Model, field: &Field, value: &Value) -> Option<Value> {
    fit_items(model, &field.ty, field.items_also, value).or_else(|| second(field.also, value))
}

/// The value as one of this type, or `None` if it cannot be one.
pub(super) fn fit(model: &Model, ty: &Type, value: &Value) -> Option<Value> {
    fit_items(model, ty, None, value)
}

/// The value, if it is of a second kind.
fn second(also: Option<ValueKind>, value: &Value) -> Option<Value> {
    also.filter(|kind| is_of_kind(*kind, value)).map(|_| value.clone())
}

/// The same, where `also` is the second kind of what lists and maps contain in the end.
fn fit_items(model: &Model, ty: &Type, also: Option<ValueKind>, value: &Value) -> Option<Value> {
    let fit_item = |item: &Type, value: &Value| fit_items(model, item, also, value).or_else(|| second(also, value));
    Some(match (ty, value) {
        (_, Value::Null) => return None,
        (Type::Any, value) => value.clone(),
        (Type::List(item), Value::Array(items)) => items.iter().filter_map(|value| fit_item(item, value)).collect(),
        (Type::List(item), value) => Value::Array(vec![fit_item(item, value)?]),
        (ty, Value::Array(items)) => return items.first().and_then(|first| fit(model, ty, first)),
        (Type::Object(id), Value::Object(given)) => Value::Object(fit_object(model, *id, given)),
        (Type::Map(item), Value::Object(given)) => {
            let entries = given.iter().filter_map(|(key, value)| Some((key.clone(), fit_item(item, value)?)));
            Value::Object(entries.collect())
        }
        (
            Type::Text | Type::Timestamp | Type::Moment | Type::Decimal | Type::Enum(_) | Type::Choice(_),
            Value::Object(_),
        ) => return None,
        (Type::Text | Type::Timestamp | Type::Moment | Type::Decimal | Type::Enum(_) | Type::Choice(_), value) => {
            Value::from(text_of(value))
        }
        (Type::Integer, value) => value_of(&Type::Integer, &text_of(value)).as_i64().map(Value::from)?,
        (Type::Number, Value::Number(_)) | (Type::Boolean, Value::Bool(_)) => value.clone(),
        (Type::Number | Type::Boolean, Value::String(text)) => {
            Some(value_of(ty, text)).filter(|value| !value.is_string())?
        }
        (Type::Number | Type::Boolean | Type::Object(_) | Type::Map(_) | Type::File, _) => return None,
    })
}

/// The fields that the type has. A field that every answer has gets a stand-in.
fn fit_object(model: &Model, id: ObjectId, given: &Map<String, Value>) -> Map<String, Value> {
    let value = |field: &Field| {
        let fitting = given.get(&field.name).and_then(|value| fit_field(model, field, value));
        fitting.or_else(|| matches!(field.presence, Presence::Always(_)).then(|| stand_in(model, field)))
    };
    model[id].fields.iter().filter_map(|field| Some((field.name.clone(), value(field)?))).collect()
}
