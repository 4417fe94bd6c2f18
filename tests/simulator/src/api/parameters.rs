//! Collects the parameters of a request from its path, query and body.

use super::request_body::DecodedBody;
use plivo_codegen::interpret::{Parameters, value_of};
use plivo_codegen::model::{Field, Location, Model, Operation, Type};
use serde_json::{Map, Value};

/// Collects the parameters of a request.
///
/// Each field is read only from its own location. A path parameter that is repeated in the body, as some of
/// Plivo's SDKs do, is unknown there. Unknown keys are ignored unless a field collects them (`flatten`).
pub(super) fn collect(
    model: &Model,
    operation: &Operation,
    path: &[(String, String)],
    query: Option<&str>,
    body: &DecodedBody,
) -> Parameters {
    let query: Vec<(String, String)> =
        url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
    let mut values = Map::new();
    for field in model.request_fields(operation) {
        let value = match field.location {
            Location::Path => from_texts(field, texts(path, &field.name)),
            Location::Query => from_texts(field, texts(&query, &field.name)),
            Location::Body if field.flatten => unknown_members(model.request_fields(operation), field, body),
            Location::Body => from_body(field, body),
        };
        if let Some(value) = value {
            values.insert(field.name.clone(), value);
        }
    }
    Parameters::from(values)
}

/// The value of a body field: a member of the object, or the parts with its name. Files are inserted at the
/// positions that the names of their parts give.
fn from_body(field: &Field, body: &DecodedBody) -> Option<Value> {
    let own_parts = body.parts.iter().filter(|(name, _)| *name == field.name).map(|(_, value)| value);
    let mut value = body.object.get(&field.name).cloned().or_else(|| from_parts(field, own_parts.collect()));
    for (name, file) in body.parts.iter().filter(|(_, value)| value.is_object()) {
        if let Some(steps) = steps_inside(field, name) {
            insert_file(value.get_or_insert(Value::Null), &steps, file.clone());
        }
    }
    value
}

/// The steps from a field to a file inside it: `documents[0].file` gives `0` and `file`.
pub(super) fn steps_inside(field: &Field, name: &str) -> Option<Vec<String>> {
    let rest = name.strip_prefix(field.name.as_str())?;
    let is_inside = rest.starts_with(['[', '.']);
    let steps = rest.replace(']', "").replace('[', ".");
    is_inside.then(|| steps.split('.').skip(1).map(str::to_owned).collect())
}

/// Inserts a file at the end of the steps. Missing objects and list items on the way are created, items only at
/// the end of their list.
fn insert_file(target: &mut Value, steps: &[String], file: Value) {
    let Some((step, rest)) = steps.split_first() else {
        *target = file;
        return;
    };
    if target.is_null() {
        *target = if step.parse::<usize>().is_ok() { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
    }
    match target {
        Value::Object(object) => insert_file(object.entry(step).or_insert(Value::Null), rest, file),
        Value::Array(items) => {
            let Ok(index) = step.parse::<usize>() else { return };
            if index == items.len() {
                items.push(Value::Null);
            }
            if let Some(item) = items.get_mut(index) {
                insert_file(item, rest, file);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The members and parts of the body that belong to no other field, as the value of a `flatten` field.
fn unknown_members<'m>(
    fields: impl Iterator<Item = &'m Field> + Clone,
    flatten: &Field,
    body: &DecodedBody,
) -> Option<Value> {
    let is_unknown = |name: &str| {
        let mut known = fields.clone().filter(|field| field.location == Location::Body && !field.flatten);
        !known.any(|field| field.name == name || steps_inside(field, name).is_some())
    };
    let part_value = |value: &Value| match (value, &flatten.ty) {
        (Value::String(text), Type::Map(item)) => value_of(item, text),
        (value, _) => value.clone(),
    };
    let members = body.object.iter().map(|(name, value)| (name, value.clone()));
    let parts = body.parts.iter().map(|(name, value)| (name, part_value(value)));
    let unknown = members.chain(parts).filter(|(name, _)| is_unknown(name));
    let entries: Map<String, Value> = unknown.map(|(name, value)| (name.clone(), value)).collect();
    (!entries.is_empty()).then_some(Value::Object(entries))
}

/// The value of a field from the parts with its name. A text is read as the type of the field, a file is kept.
fn from_parts(field: &Field, parts: Vec<&Value>) -> Option<Value> {
    let part_value = |ty: &Type, value: &Value| match value {
        Value::String(text) => value_of(ty, text),
        other => other.clone(),
    };
    let last = *parts.last()?;
    Some(match &field.ty {
        // `Parameters::meant` splits a delimited list.
        _ if field.constraints.delimiter.is_some() => last.clone(),
        Type::List(item) => parts.into_iter().map(|part| part_value(item, part)).collect(),
        ty => part_value(ty, last),
    })
}

fn texts<'a>(pairs: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    pairs.iter().filter(|(key, _)| key == name).map(|(_, text)| text.as_str()).collect()
}

/// The value of a field from the path or the query. If a query repeats a key, the last value counts.
fn from_texts(field: &Field, texts: Vec<&str>) -> Option<Value> {
    let last = *texts.last()?;
    // `Parameters::meant` splits a delimited list.
    Some(if field.constraints.delimiter.is_some() { Value::from(last) } else { value_of(&field.ty, last) })
}
