//! Numbers and booleans in texts, which the client reads from data because a web form has texts only.

use plivo_codegen::model::{Field, Model, ObjectId, One, Type, ValueKind};
use serde_json::{Map, Value};

/// Numbers from here on have gaps between them, so the client does not read them from a text with a fraction.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// The request as the client sends it: with numbers and booleans where it read them from texts.
pub(super) fn without_form_texts(model: &Model, id: ObjectId, request: &Map<String, Value>) -> Map<String, Value> {
    let fields = &model[id].fields;
    let value = |name: &str, value: &Value| {
        let field = fields.iter().find(|field| field.name == name);
        field.map_or_else(|| value.clone(), |field| field_value(model, field, value))
    };
    request.iter().map(|(name, given)| (name.clone(), value(name, given))).collect()
}

fn field_value(model: &Model, field: &Field, value: &Value) -> Value {
    match &field.ty {
        Type::List(_) | Type::Map(_) if field.constraints.delimiter.is_some() && value.is_string() => value.clone(),
        Type::List(item) if field.one != One::Listed && !value.is_array() => {
            typed(model, item, field.items_also, field.items_also, value)
        }
        ty => typed(model, ty, field.also, field.items_also, value),
    }
}

/// `also` is the second kind of the value, which the interpreter accepts, and `items_also` that of what it contains.
fn typed(model: &Model, ty: &Type, also: Option<ValueKind>, items_also: Option<ValueKind>, value: &Value) -> Value {
    match (ty, value) {
        (Type::Integer | Type::Number | Type::Boolean, Value::String(text)) if also != Some(ValueKind::Text) => {
            read(ty, text).unwrap_or_else(|| value.clone())
        }
        (Type::List(item), Value::Array(items)) => {
            items.iter().map(|value| typed(model, item, items_also, items_also, value)).collect()
        }
        (Type::Map(item), Value::Object(entries)) => {
            let entry =
                |(key, value): (&String, &Value)| (key.clone(), typed(model, item, items_also, items_also, value));
            Value::Object(entries.iter().map(entry).collect())
        }
        (Type::Object(id), Value::Object(fields)) => Value::Object(without_form_texts(model, *id, fields)),
        _ => value.clone(),
    }
}

/// The number or the boolean in a text.
fn read(ty: &Type, text: &str) -> Option<Value> {
    if *ty == Type::Boolean {
        let is = |word| text.eq_ignore_ascii_case(word);
        return (is("true") || is("false")).then(|| Value::from(is("true")));
    }
    let whole = text.parse::<i64>().ok().map(Value::from);
    whole.or_else(|| text.parse::<f64>().ok().filter(|number| number.abs() < MAX_EXACT).map(Value::from))
}
