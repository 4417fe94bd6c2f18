//! Documented requests and answers, as they are on the wire.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::routes::Member;
use crate::emit::json::{Json, Object};
use crate::interpret::{Parameters, examples_of, is_deferred, refusing_sentence, shows_success, validate};
use crate::model::{Body, Example, Field, Location, Model, Operation, ResponseShape, Type};
use crate::text::listing;

/// The documented requests of an operation that break no rule.
fn accepted<'m>(model: &'m Model, member: Member<'m>) -> impl Iterator<Item = (&'m Example, Map<String, Value>)> {
    documented(member).filter_map(move |example| {
        let parameters = parameters(example);
        let is_refused = refusing_sentence(&validate(model, member.operation, &parameters)).is_some();
        (!is_refused).then(|| (example, parameters.sent(model, member.operation).values().clone()))
    })
}

/// The documented requests of an operation, each once.
fn documented<'m>(member: Member<'m>) -> impl Iterator<Item = &'m Example> {
    let indices: BTreeSet<usize> = member.operation.examples.iter().copied().collect();
    indices.into_iter().filter_map(move |index| member.resource.examples.get(index))
}

fn parameters(example: &Example) -> Parameters {
    Parameters::from(example.request.as_object().cloned().unwrap_or_default())
}

/// The name of an example. Those of a route with several operations name the operation.
fn name(member: Member<'_>, example: &Example, is_shared: bool) -> String {
    if is_shared { format!("{}: {}", member.operation.id, example.name) } else { example.name.clone() }
}

fn shown(member: Member<'_>, example: &Example, value: &Value) -> Json {
    let sources = listing(example.sources.iter().map(|id| member.resource.module[*id].name.as_str()));
    Object::new().with("summary", format!("Source: {sources}")).with("value", value).into()
}

/// The value of a parameter in the first documented request that has it.
pub(super) fn first_value(model: &Model, member: Member<'_>, field: &Field) -> Option<Value> {
    let request = documented(member).find(|example| example.request.get(&field.name).is_some())?;
    let meant = parameters(request).meant(model, member.operation);
    let sent = parameters(request).sent(model, member.operation);
    let is_list = matches!(field.ty, Type::List(_));
    let is_comma = field.constraints.delimiter.as_ref().is_some_and(|delimiter| delimiter.text == ",");
    let given = if is_list && is_comma { meant.get(&field.name) } else { sent.get(&field.name) };
    given.cloned()
}

/// The bodies of the documented requests.
pub(super) fn of_body(model: &Model, member: Member<'_>, is_shared: bool) -> Object {
    let example = |(example, sent): (&Example, Map<String, Value>)| {
        let body = Value::Object(body(model, member.operation, sent));
        (name(member, example, is_shared), shown(member, example, &body))
    };
    accepted(model, member).map(example).collect()
}

/// The body of a request.
fn body(model: &Model, operation: &Operation, mut sent: Map<String, Value>) -> Map<String, Value> {
    let mut body = Map::new();
    for fixed in operation.fixed.iter().filter(|fixed| fixed.location == Location::Body) {
        body.insert(fixed.name.clone(), Value::from(fixed.value.as_str()));
    }
    for field in model.request_fields(operation).filter(|field| field.location == Location::Body) {
        match sent.remove(&field.name) {
            Some(Value::Object(entries)) if field.flatten => body.extend(entries),
            Some(value) => _ = body.insert(field.name.clone(), value),
            None => {}
        }
    }
    let Body::Multipart { data } = &operation.body else { return body };
    let mut files = Map::new();
    for (name, value) in &mut body {
        take_files(name, value, &mut files);
    }
    body.retain(|_, value| !value.is_null());
    if let Some(data) = data {
        body = Map::from_iter([(data.clone(), Value::Object(body))]);
    }
    for (name, file) in files {
        // The name of a part inside of the data leads to the file; that of a file beside it is the field.
        body.insert(name, file);
    }
    body
}

/// Moves the files inside a value to parts of their own. A file is shown by its name.
fn take_files(name: &str, value: &mut Value, files: &mut Map<String, Value>) {
    match value {
        Value::Object(file) if is_file(file) => {
            files.insert(name.to_owned(), file.get("name").cloned().unwrap_or_default());
            *value = Value::Null;
        }
        Value::Object(entries) => {
            for (key, value) in entries.iter_mut() {
                take_files(&format!("{name}.{key}"), value, files);
            }
            entries.retain(|_, value| !value.is_null());
        }
        Value::Array(items) if items.iter().all(|item| item.as_object().is_some_and(is_file)) && !items.is_empty() => {
            let names = items.iter().filter_map(|item| item.get("name").cloned()).collect();
            files.insert(name.to_owned(), Value::Array(names));
            *value = Value::Null;
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                take_files(&format!("{name}[{index}]"), item, files);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether an object describes a file, as examples write it.
fn is_file(object: &Map<String, Value>) -> bool {
    object.contains_key("name") && (object.contains_key("base64") || object.contains_key("text"))
}

fn answers<'m>(
    member: Member<'m>,
    is_shared: bool,
    shows: impl Fn(&Example) -> bool,
) -> impl Iterator<Item = (String, Json)> {
    let documented = documented(member).filter(move |example| shows(example));
    documented.filter_map(move |example| {
        Some((name(member, example, is_shared), shown(member, example, example.answer.as_ref()?)))
    })
}

/// The documented answers of success with a status.
pub(super) fn of_answer(model: &Model, member: Member<'_>, status: u16, is_shared: bool) -> Object {
    let usual = member.operation.answer.statuses.first().copied();
    let shows = |example: &Example| {
        let given = example.status.or(usual);
        given == Some(status) && shows_success(model, member.operation, example)
    };
    answers(member, is_shared, shows).collect()
}

/// The documented answers to deferred requests.
pub(super) fn of_deferral(model: &Model, member: Member<'_>, status: u16, is_shared: bool) -> Object {
    let operation = member.operation;
    let shows = |example: &Example| {
        let is_success = example.status.is_none_or(|given| given == status);
        let is_whole = example.answer.as_ref().is_some_and(|answer| answer.get(&model.errors.refusal).is_none());
        is_success && is_whole && is_deferred(operation, &parameters(example).meant(model, operation))
    };
    answers(member, is_shared, shows).collect()
}

/// The documented errors, by status.
pub(super) fn errors(member: Member<'_>, is_shared: bool) -> Vec<(u16, Object)> {
    let mut errors: Vec<(u16, Object)> = Vec::new();
    for example in documented(member) {
        let Some(status) = example.status.filter(|status| !(200..300).contains(status)) else { continue };
        let Some(answer) = &example.answer else { continue };
        let (key, value) = (name(member, example, is_shared), shown(member, example, answer));
        match errors.iter_mut().find(|(known, _)| *known == status) {
            Some((_, examples)) => examples.set(&key, value),
            None => errors.push((status, [(key, value)].into_iter().collect())),
        }
    }
    errors
}

/// An answer made of the examples of fields, for an operation without a documented one.
pub(super) fn made_answer(model: &Model, operation: &Operation) -> Object {
    let answer = &operation.answer;
    let object = || Some(Value::Object(examples_of(model, answer.object()?)?));
    let body = match &answer.shape {
        ResponseShape::Bare => object(),
        ResponseShape::Under(key) => object().map(|object| at(key, object)),
        ResponseShape::Says { key, text } => text.as_ref().map(|text| at(key, json!(text))),
        ResponseShape::List { key, .. } => object().map(|object| at(key, json!([object]))),
    };
    let example = body.map(|body| {
        let example = Object::new().with("summary", "Made of the examples of its fields").with("value", &body);
        ("made".to_owned(), Json::Object(example))
    });
    example.into_iter().collect()
}

/// An object with a value under a key. A dot leads into an object.
fn at(key: &str, value: Value) -> Value {
    key.rsplit('.').fold(value, |value, step| json!({ step: value }))
}
