//! Second forms of a value: another kind, and a single value in place of a list.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value};

use super::constraints::EXACT;
use super::delimited::{join, split};
use super::violation::pointer_to;
use crate::model::{Field, Model, One, Operation, Presence, Type, ValueKind};

/// The second kinds of the values in a field.
#[derive(Clone, Copy)]
pub(super) struct Also {
    pub(super) value: Option<ValueKind>,
    pub(super) items: Option<ValueKind>,
}

impl Also {
    pub(super) fn of(field: &Field) -> Self {
        Self { value: field.also, items: field.items_also }
    }

    /// The second kinds of an item of this type.
    pub(super) fn of_items(self, item: &Type) -> Self {
        let value = self.items.filter(|_| !matches!(item, Type::List(_) | Type::Map(_)));
        Self { value, items: self.items }
    }
}

/// The value of the type that a value of the second kind stands for. `None`: it is of another kind, or stands for
/// none.
pub(super) fn converted(ty: &Type, also: Option<ValueKind>, value: &Value) -> Option<Value> {
    match (ty, also?, value) {
        (Type::Integer | Type::Number, ValueKind::Text, Value::String(text)) => number_in(ty, text),
        (Type::Boolean, ValueKind::Text, Value::String(text)) => {
            let is = |word| text.eq_ignore_ascii_case(word);
            (is("true") || is("false")).then(|| Value::from(is("true")))
        }
        (Type::Text | Type::Timestamp | Type::Decimal | Type::Enum(_), ValueKind::Number, Value::Number(number)) => {
            digits(number).map(Value::from)
        }
        (Type::Text | Type::Timestamp | Type::Decimal | Type::Enum(_), ValueKind::Boolean, Value::Bool(is)) => {
            Some(Value::from(is.to_string()))
        }
        _ => None,
    }
}

fn number_in(ty: &Type, text: &str) -> Option<Value> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Value::from(whole));
    }
    let number = text.parse::<f64>().ok().filter(|number| number.abs() < EXACT)?;
    let fits = *ty == Type::Number || number.fract() == 0.0;
    Number::from_f64(number).filter(|_| fits).map(Value::Number)
}

/// The digits of a number, unless a float has lost some of them.
fn digits(number: &Number) -> Option<String> {
    if number.is_f64() {
        let number = number.as_f64().filter(|number| number.abs() < EXACT)?;
        return Some(number.to_string());
    }
    Some(number.to_string())
}

/// The value in the form of the field's type: a delimited text as a list or a map, a single value as a list of one, and
/// other second forms as far as they can be converted.
pub(crate) fn first_form(field: &Field, value: &Value) -> Value {
    let list = match (&field.constraints.delimiter, value) {
        (Some(by), Value::String(text)) => Some(split(&by.text, &field.ty, text)),
        _ => listed(field, value),
    };
    convert_inside(&field.ty, Also::of(field), list.as_ref().unwrap_or(value))
}

fn convert_inside(ty: &Type, also: Also, value: &Value) -> Value {
    match (ty, value) {
        (Type::List(item), Value::Array(values)) => {
            values.iter().map(|value| convert_inside(item, also.of_items(item), value)).collect()
        }
        (Type::Map(item), Value::Object(entries)) => {
            let also = also.of_items(item);
            let entries = entries.iter().map(|(key, value)| (key.clone(), convert_inside(item, also, value)));
            Value::Object(entries.collect())
        }
        _ => converted(ty, also.value, value).unwrap_or_else(|| value.clone()),
    }
}

/// The JSON pointers of the fields that a request has in a second form, which is converted.
pub(super) fn in_second_form(model: &Model, operation: &Operation, given: &Map<String, Value>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    fields_in_second_form(model, model.request_fields(operation), "", given, &mut found);
    found
}

fn fields_in_second_form<'m>(
    model: &'m Model,
    fields: impl Iterator<Item = &'m Field>,
    pointer: &str,
    given: &Map<String, Value>,
    found: &mut BTreeSet<String>,
) {
    for field in fields.filter(|field| field.presence != Presence::AnswerOnly) {
        let Some(value) = given.get(&field.name) else { continue };
        // The items of a delimited text are texts.
        if field.constraints.delimiter.is_some() && value.is_string() {
            continue;
        }
        let (pointer, list) = (pointer_to(pointer, &field.name), listed(field, value));
        let value = list.as_ref().unwrap_or(value);
        objects_in_second_form(model, &field.ty, &pointer, value, found);
        if is_converted(&field.ty, Also::of(field), value) {
            found.insert(pointer);
        }
    }
}

fn objects_in_second_form(model: &Model, ty: &Type, pointer: &str, value: &Value, found: &mut BTreeSet<String>) {
    match (ty, value) {
        (Type::Object(id), Value::Object(given)) => {
            fields_in_second_form(model, model[*id].fields.iter(), pointer, given, found);
        }
        (Type::List(item), Value::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                objects_in_second_form(model, item, &pointer_to(pointer, &index.to_string()), value, found);
            }
        }
        (Type::Map(item), Value::Object(entries)) => {
            for (key, value) in entries {
                objects_in_second_form(model, item, &pointer_to(pointer, key), value, found);
            }
        }
        _ => {}
    }
}

/// Whether a value or an item of it is converted.
fn is_converted(ty: &Type, also: Also, value: &Value) -> bool {
    match (ty, value) {
        (Type::List(item), Value::Array(values)) => {
            values.iter().any(|value| is_converted(item, also.of_items(item), value))
        }
        (Type::Map(item), Value::Object(entries)) => {
            entries.values().any(|value| is_converted(item, also.of_items(item), value))
        }
        _ => converted(ty, also.value, value).is_some(),
    }
}

/// The second kind of a field in words.
pub(super) fn second_kind(field: &Field) -> &'static str {
    match field.also.or(field.items_also) {
        Some(ValueKind::Text) => "text",
        Some(ValueKind::Number) => "a number",
        Some(ValueKind::Boolean) => "true or false",
        Some(ValueKind::List) => "a list",
        Some(ValueKind::Object) => "an object",
        None => "of another type",
    }
}

/// A single value as a list of one, where the field is known to have it.
pub(super) fn listed(field: &Field, value: &Value) -> Option<Value> {
    let is_single = field.one != One::Listed && !matches!(value, Value::Array(_) | Value::Null);
    is_single.then(|| Value::Array(vec![value.clone()]))
}

/// The form in which an answer shows a value: delimited values as one text, and lists of one as their items, where
/// they are sent like that.
pub fn stored_form(model: &Model, field: &Field, value: &Value) -> Value {
    let value = plain(field, stored_inside(model, &field.ty, value));
    match &field.constraints.delimiter {
        Some(delimiter) => join(&delimiter.text, &value),
        None => value,
    }
}

fn stored_inside(model: &Model, ty: &Type, value: &Value) -> Value {
    match (ty, value) {
        (Type::Object(id), Value::Object(given)) => {
            let form = |(name, value): (&String, &Value)| {
                let field = model[*id].fields.iter().find(|field| field.name == *name);
                let value = field.map_or_else(|| value.clone(), |field| stored_form(model, field, value));
                (name.clone(), value)
            };
            Value::Object(given.iter().map(form).collect())
        }
        (Type::List(item), Value::Array(given)) => {
            given.iter().map(|value| stored_inside(model, item, value)).collect()
        }
        (Type::Map(item), Value::Object(given)) => {
            let form = |(key, value): (&String, &Value)| (key.clone(), stored_inside(model, item, value));
            Value::Object(given.iter().map(form).collect())
        }
        _ => value.clone(),
    }
}

/// A list of one as its item, where it is sent like that.
pub(super) fn plain(field: &Field, value: Value) -> Value {
    match value {
        Value::Array(mut items) if field.one == One::Plain && items.len() == 1 => items.remove(0),
        value => value,
    }
}
