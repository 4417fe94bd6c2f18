//! Reads what a request says, wherever it says it.

use crate::body::Body;
use plivo_codegen::interpret::{Parameters, value_of};
use plivo_codegen::model::{Field, Location, Model, Operation, Type};
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
        let value = match field.location {
            Location::Path => from_texts(field, texts(path, &field.name)),
            Location::Query => from_texts(field, texts(&query, &field.name)),
            Location::Body if field.flatten => others(fields, field, body),
            Location::Body => in_body(field, body),
        };
        if let Some(value) = value {
            values.insert(field.name.clone(), value);
        }
    }
    Parameters::from(values)
}

/// The value of a field: out of the object or out of its parts, with the files where their names lead.
fn in_body(field: &Field, body: &Body) -> Option<Value> {
    let own = body.parts.iter().filter(|(name, _)| *name == field.name).map(|(_, value)| value);
    let mut value = body.object.get(&field.name).cloned().or_else(|| from_parts(field, own.collect()));
    for (name, file) in body.parts.iter().filter(|(_, value)| value.is_object()) {
        if let Some(way) = way_into(field, name) {
            put(value.get_or_insert(Value::Null), &way, file.clone());
        }
    }
    value
}

/// The steps from a field to a file inside of it, as in `documents[0].file`.
fn way_into(field: &Field, name: &str) -> Option<Vec<String>> {
    let rest = name.strip_prefix(field.name.as_str())?;
    let is_inside = rest.starts_with(['[', '.']);
    let steps = rest.replace(']', "").replace('[', ".");
    is_inside.then(|| steps.split('.').skip(1).map(str::to_owned).collect())
}

/// Puts a file where its name leads. What is on the way is made, one after the other.
fn put(at: &mut Value, way: &[String], file: Value) {
    let Some((step, rest)) = way.split_first() else {
        *at = file;
        return;
    };
    if at.is_null() {
        *at = if step.parse::<usize>().is_ok() { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
    }
    match at {
        Value::Object(object) => put(object.entry(step).or_insert(Value::Null), rest, file),
        Value::Array(items) => {
            let Ok(index) = step.parse::<usize>() else { return };
            if index == items.len() {
                items.push(Value::Null);
            }
            if let Some(item) = items.get_mut(index) {
                put(item, rest, file);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Everything in the body that no field is called.
fn others(fields: &[Field], flatten: &Field, body: &Body) -> Option<Value> {
    let is_other = |name: &str| {
        let mut in_body = fields.iter().filter(|field| field.location == Location::Body && !field.flatten);
        !in_body.any(|field| field.name == name || way_into(field, name).is_some())
    };
    let read = |value: &Value| match (value, &flatten.ty) {
        (Value::String(text), Type::Map(item)) => value_of(item, text),
        (value, _) => value.clone(),
    };
    let of_object = body.object.iter().map(|(name, value)| (name, value.clone()));
    let of_parts = body.parts.iter().map(|(name, value)| (name, read(value)));
    let others = of_object.chain(of_parts).filter(|(name, _)| is_other(name));
    let entries: Map<String, Value> = others.map(|(name, value)| (name.clone(), value)).collect();
    (!entries.is_empty()).then_some(Value::Object(entries))
}

/// Texts and files that came under one name. A file is what it is; a text is read as the field's type.
fn from_parts(field: &Field, parts: Vec<&Value>) -> Option<Value> {
    let read = |ty: &Type, value: &Value| match value {
        Value::String(text) => value_of(ty, text),
        other => other.clone(),
    };
    let last = *parts.last()?;
    Some(match &field.ty {
        // The text of a joined list is taken apart when its meaning is read.
        _ if field.constraints.delimiter.is_some() => last.clone(),
        Type::List(item) => parts.into_iter().map(|part| read(item, part)).collect(),
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
    Some(if field.constraints.delimiter.is_some() { Value::from(last) } else { value_of(&field.ty, last) })
}
