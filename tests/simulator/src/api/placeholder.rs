//! Values for fields that every answer has, if neither the stored object nor an example gives one.

use plivo_codegen::interpret::example_of;
use plivo_codegen::model::{Field, Model, Presence, Type};
use serde_json::{Map, Value};

/// Whether every answer has the field.
pub(super) fn is_always(field: &Field) -> bool {
    matches!(field.presence, Presence::Always(_))
}

/// A value of the type. An object has the examples of its fields.
pub(super) fn placeholder(model: &Model, ty: &Type) -> Value {
    match ty {
        Type::Text | Type::Any => Value::from("example"),
        Type::Timestamp => Value::from("2026-01-01T00:00:00.000000Z"),
        Type::Decimal => Value::from("0.00000"),
        Type::Integer | Type::Number => Value::from(0),
        Type::Boolean => Value::from(false),
        Type::Enum(id) => Value::from(model[*id].values.first().map(|value| value.wire.as_str()).unwrap_or_default()),
        Type::Object(id) => {
            let fields = model[*id].fields.iter();
            let value = |field: &Field| {
                example_of(model, field).or_else(|| is_always(field).then(|| placeholder(model, &field.ty)))
            };
            Value::Object(fields.filter_map(|field| Some((field.name.clone(), value(field)?))).collect())
        }
        Type::Map(_) | Type::File => Value::Object(Map::new()),
        Type::List(_) => Value::Array(Vec::new()),
    }
}
