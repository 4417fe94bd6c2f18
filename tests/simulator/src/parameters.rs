//! Reads what a request says, wherever it says it.

use crate::body::Body;
use plivo_codegen::interpret::{Parameters, value_of};
use plivo_codegen::model::{Field, Model, Operation, Place, Type};
use serde_json::{Map, Value};

/// Puts together what the path, the query and the body of a request hold.
///
/// Each field is taken from its place only: a path parameter that stands in the body again (some of
/// Plivo's SDKs send it there) is as unknown as any other key. Unknown keys are ignored, unless a field takes
/// whatever stands beside the others.
pub(crate) fn read(
    model: &Model,
    operation: &Operation,
    path: &[(String, String)],
    query: Option<&str>,
    body: &Body,
) -> Parameters {
    let query: Vec<(String, String)> =
        url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
    let fields = &model[operation.request].fields;
    let mut values = Map::new();
    for field in fields {
        let value = match field.place {
            Place::Path => from_texts(field, texts(path, &field.name)),
            Place::Query => from_texts(field, texts(&query, &field.name)),
            Place::Body if field.spread => others(fields, body),
            Place::Body => in_body(field, body),
        };
        if let Some(value) = value {
            values.insert(field.name.clone(), value);
        }
    }
    Parameters::from(values)
}

fn in_body(field: &Field, body: &Body) -> Option<Value> {
    match body {
        Body::Json(object) => object.get(&field.name).cloned(),
        Body::Parts(parts) => {
            let texts = parts.iter().filter(|(key, _)| *key == field.name).map(|(_, value)| value);
            from_parts(field, texts.collect())
        }
    }
}

/// Everything in the body that no field is called.
fn others(fields: &[Field], body: &Body) -> Option<Value> {
    let is_other = |key: &str| !fields.iter().any(|field| field.name == key && field.place == Place::Body);
    let entries: Map<String, Value> = match body {
        Body::Json(object) => object.iter().filter(|(key, _)| is_other(key)).map(cloned).collect(),
        Body::Parts(parts) => {
            parts.iter().filter(|(key, _)| is_other(key)).map(|(key, value)| cloned((key, value))).collect()
        }
    };
    (!entries.is_empty()).then_some(Value::Object(entries))
}

fn cloned((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

/// Texts and files that came under one name. A file is what it is; a text is read as the field's type.
fn from_parts(field: &Field, parts: Vec<&Value>) -> Option<Value> {
    let read = |ty: &Type, value: &Value| match value {
        Value::String(text) => value_of(ty, text),
        other => other.clone(),
    };
    let last = *parts.last()?;
    Some(match &field.ty {
        Type::List(item) if field.checks.join.is_none() => parts.into_iter().map(|part| read(item, part)).collect(),
        _ if field.checks.join.is_some() => last.clone(),
        ty => read(ty, last),
    })
}

fn texts<'a>(pairs: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    pairs.iter().filter(|(key, _)| key == name).map(|(_, text)| text.as_str()).collect()
}

/// Reads the texts that a path or query gives for one field. Of several the last one counts.
fn from_texts(field: &Field, texts: Vec<&str>) -> Option<Value> {
    let last = *texts.last()?;
    // The text of a joined list is taken apart when its meaning is read.
    Some(if field.checks.join.is_some() { Value::from(last) } else { value_of(&field.ty, last) })
}
