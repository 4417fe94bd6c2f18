//! Second forms of a value: another kind, and a single value in place of a list.

use serde_json::{Number, Value};

use super::constraints::EXACT;
use crate::model::{Field, Model, One, Type, ValueKind};

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

/// The value in the form of the field's type, as far as its second forms can be converted.
pub(crate) fn first_form(field: &Field, value: &Value) -> Value {
    let list = listed(field, value);
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

/// A single value as a list of one, where the field is known to have it.
pub(super) fn listed(field: &Field, value: &Value) -> Option<Value> {
    let is_single = field.one != One::Listed && !matches!(value, Value::Array(_) | Value::Null);
    is_single.then(|| Value::Array(vec![value.clone()]))
}

/// The form in which an answer shows a value: lists of one as their items, where they are sent like that.
pub fn stored_form(model: &Model, field: &Field, value: &Value) -> Value {
    plain(field, stored_inside(model, &field.ty, value))
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
