//! Reads what a request says, wherever it says it.

use plivo_codegen::interpret::Parameters;
use plivo_codegen::model::{Model, Operation, Place, Type};
use serde_json::{Map, Number, Value};

/// Puts together what the path, the query and the body of a request hold.
///
/// Each field is taken from its place only: a path parameter that stands in the body again (some of
/// Plivo's SDKs send it there) is as unknown as any other key, and unknown keys are ignored.
pub(crate) fn read(
    model: &Model,
    operation: &Operation,
    path: &[(String, String)],
    query: Option<&str>,
    body: &Map<String, Value>,
) -> Parameters {
    let query: Vec<(String, String)> =
        url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
    let mut values = Map::new();
    for field in &model[operation.request].fields {
        let value = match field.place {
            Place::Path => from_texts(&field.ty, texts(path, &field.name)),
            Place::Query => from_texts(&field.ty, texts(&query, &field.name)),
            Place::Body => body.get(&field.name).cloned(),
        };
        if let Some(value) = value {
            values.insert(field.name.clone(), value);
        }
    }
    Parameters::from(values)
}

/// The text that a value travels as in a path or a query.
pub(crate) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn texts<'a>(pairs: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    pairs.iter().filter(|(key, _)| key == name).map(|(_, text)| text.as_str()).collect()
}

/// Reads the texts that a path or query gives for one field. Of several the last one counts, except
/// in a list. A text that is not of the type stays text, for the validation to find.
fn from_texts(ty: &Type, texts: Vec<&str>) -> Option<Value> {
    let last = *texts.last()?;
    let value = match ty {
        Type::List(item) => Value::Array(texts.into_iter().filter_map(|text| from_texts(item, vec![text])).collect()),
        Type::Integer => last.parse::<i64>().map_or_else(|_| Value::from(last), Value::from),
        Type::Number => number(last).map_or_else(|| Value::from(last), Value::Number),
        Type::Boolean => last.parse::<bool>().map_or_else(|_| Value::from(last), Value::from),
        Type::Text | Type::Timestamp | Type::Decimal | Type::Any | Type::Enum(_) | Type::Object(_) | Type::Map(_) => {
            Value::from(last)
        }
    };
    Some(value)
}

/// A number that JSON can hold, so not infinity.
fn number(text: &str) -> Option<Number> {
    text.parse().ok().and_then(Number::from_f64)
}
