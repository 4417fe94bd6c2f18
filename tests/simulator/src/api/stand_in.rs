//! Values for fields that every answer has, if neither the stored object nor an example gives one.

use plivo_codegen::interpret::example_of;
use plivo_codegen::model::{Constraints, Field, Format, Model, Presence, Type};
use serde_json::{Map, Value};

/// A value that the field allows: of its type, format and limits. An object has the examples of its fields, and
/// stand-ins for the fields that every answer has.
pub(super) fn stand_in(model: &Model, field: &Field) -> Value {
    match &field.ty {
        Type::Text | Type::Any => Value::from(text(model, &field.constraints)),
        Type::Timestamp | Type::Moment => Value::from("2026-01-01T00:00:00.000000Z"),
        Type::Decimal => Value::from("0.00000"),
        Type::Integer | Type::Number => Value::from(number(&field.constraints)),
        Type::Boolean => Value::from(false),
        Type::Enum(id) => Value::from(model[*id].values.first().map(|value| value.wire.as_str()).unwrap_or_default()),
        Type::Choice(id) => Value::from(model[*id].example()),
        Type::Object(id) => {
            let fields = model[*id].fields.iter();
            Value::Object(fields.filter_map(|field| Some((field.name.clone(), default_of(model, field)?))).collect())
        }
        Type::Map(_) | Type::File => Value::Object(Map::new()),
        Type::List(_) => Value::Array(Vec::new()),
    }
}

/// The example of the field itself; or a stand-in, if every answer has the field. The examples inside an object are
/// those of its fields, and no default of the object.
pub(super) fn default_of(model: &Model, field: &Field) -> Option<Value> {
    own_example(model, field).or_else(|| matches!(field.presence, Presence::Always(_)).then(|| stand_in(model, field)))
}

/// The value that the server gives a field of a new object: its example, or an object with the examples of its fields.
pub(super) fn given_by_server(model: &Model, field: &Field) -> Option<Value> {
    match field.ty {
        Type::Object(_) => example_of(model, field),
        _ => own_example(model, field),
    }
}

/// The example that the field itself has.
pub(super) fn own_example(model: &Model, field: &Field) -> Option<Value> {
    field.example.as_ref().and_then(|_| example_of(model, field))
}

/// The longest stand-in.
const LONGEST: usize = 1_000;

/// A text with the format of the field.
fn text(model: &Model, constraints: &Constraints) -> String {
    let sample;
    let text = match constraints.format.as_ref().map(|limit| limit.is) {
        Some(Format::Declared(format)) => {
            sample = model[format].sample(&mut |_| 0);
            &sample
        }
        Some(Format::Country) => "US",
        Some(Format::E164) => "+12175550100",
        Some(Format::Email) => "user@example.com",
        Some(Format::Uuid) => "00000000-0000-4000-8000-000000000000",
        Some(Format::Url) => "https://example.com",
        Some(Format::Date) => "2026-01-01",
        Some(Format::DateTime) => "2026-01-01 00:00:00",
        None => "example",
    };
    let length = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
    let missing =
        constraints.min_length.as_ref().map_or(0, |limit| length(limit.is).saturating_sub(text.len()).min(LONGEST));
    let longest = constraints.max_length.as_ref().map_or(usize::MAX, |limit| length(limit.is));
    text.chars().chain(std::iter::repeat_n('x', missing)).take(longest).collect()
}

/// The number next to 0 that the limits allow.
fn number(constraints: &Constraints) -> i64 {
    let least = constraints.min.as_ref().map_or(i64::MIN, |limit| limit.is);
    let most = constraints.max.as_ref().map_or(i64::MAX, |limit| limit.is);
    0.max(least).min(most)
}
