//! The inputs of each operation: its documented requests, and synthetic ones.

use std::fs;
use std::path::Path;

use plivo_codegen::interpret::Parameters;
use plivo_codegen::model::{Argument, Field, FieldPart, Model, Operation, Presence, Resource, SdkMethod, Type};
use serde_json::{Map, Value, json};

use super::synthetic::{Choice, errors, full, minimal, value, with_field};
use crate::BoxError;

/// A request to perform an operation with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Input {
    /// Its name in reports.
    pub name: String,
    /// The request as a caller writes it.
    pub request: Map<String, Value>,
}

/// The inputs of an operation, without duplicates and without invalid requests. The synthetic ones have every field with
/// its example or greatest value, every field with its least value, only the required fields, and each field that no
/// other input has.
pub fn inputs(model: &Model, resource: &Resource, operation: &Operation) -> Vec<Input> {
    let examples = operation.examples.iter().filter_map(|index| resource.examples.get(*index));
    let documented = examples.filter_map(|example| {
        let request = example.request.as_object()?.clone();
        Some(Input { name: format!("example `{}`", example.name), request })
    });
    let synthetic = [
        ("every field", full(model, operation, Choice::Last)),
        ("every field, least values", full(model, operation, Choice::First)),
        ("required fields", minimal(model, operation)),
    ];
    let synthetic = synthetic.into_iter().map(|(name, request)| Input { name: name.to_owned(), request });
    let mut inputs: Vec<Input> = Vec::new();
    for input in documented.chain(synthetic) {
        let is_new = !inputs.iter().any(|other| other.request == input.request);
        if is_new && errors(model, operation, &input.request) == 0 {
            inputs.push(input);
        }
    }
    for field in uncovered(model, operation, &inputs) {
        let mut request = with_field(model, operation, field);
        // The method of a deferred result needs the URL.
        for key in operation.deferral.iter().filter(|keys| keys.method.name == field.name).map(|keys| &keys.url) {
            request.insert(key.name.clone(), value(model, key, Choice::Last));
        }
        if errors(model, operation, &request) == 0 {
            inputs.push(Input { name: format!("with `{}`", field.name), request });
        }
    }
    inputs
}

/// Reports each field that no input of an operation has, or that the operation has no input.
pub fn uncovered_fields(model: &Model, operation: &Operation, inputs: &[Input]) -> Vec<String> {
    let id = &operation.id;
    if inputs.is_empty() {
        return vec![format!("{id}: no valid request can be generated; add an example to the spec")];
    }
    let fields = uncovered(model, operation, inputs);
    let sentence = |field: &Field| {
        format!("{id}: no valid request with `{}` can be generated; add an example to the spec", field.name)
    };
    fields.into_iter().map(sentence).collect()
}

/// The fields that no input has.
fn uncovered<'m>(model: &'m Model, operation: &'m Operation, inputs: &[Input]) -> Vec<&'m Field> {
    let fields = model.request_fields(operation).filter(|field| field.presence != Presence::AnswerOnly);
    fields.filter(|field| !inputs.iter().any(|input| input.request.contains_key(&field.name))).collect()
}

/// The arguments of a method in their order: `{ is: value }`, `{ others: object }` for the object with all other fields,
/// or an empty object for an argument that is not given.
/// Files are written into the directory, since SDKs take paths of files.
///
/// # Errors
///
/// Fails if a file cannot be written.
pub fn arguments(
    model: &Model,
    operation: &Operation,
    method: &SdkMethod,
    request: &Map<String, Value>,
    directory: &Path,
) -> Result<Vec<Value>, BoxError> {
    let own = method.takes.iter().filter_map(|argument| match argument {
        Argument::Field(part) => Some(part),
        Argument::Others | Argument::Unused => None,
    });
    let request = &as_texts(model, operation, request);
    let mut others = request.clone();
    for part in own.chain(method.keys.iter().map(|(part, _)| part)) {
        others.remove(&part.field);
    }
    for field in model.request_fields(operation).filter(|field| field.flatten) {
        if let Some(Value::Object(entries)) = others.remove(&field.name) {
            others.extend(entries);
        }
    }
    let value = |part| value_of(model, operation, part, request);
    others.extend(method.keys.iter().filter_map(|(part, key)| Some((key.clone(), value(part)?))));
    let mut arguments = Vec::new();
    for argument in &method.takes {
        arguments.push(match argument {
            Argument::Field(part) => match value(part) {
                Some(value) => json!({ "is": with_paths(value, directory)? }),
                None => json!({}),
            },
            Argument::Others => json!({ "others": with_paths(Value::Object(others.clone()), directory)? }),
            Argument::Unused => json!({}),
        });
    }
    Ok(arguments)
}

/// A request whose delimited lists are texts, which all SDKs take.
fn as_texts(model: &Model, operation: &Operation, request: &Map<String, Value>) -> Map<String, Value> {
    let sent = Parameters::from(request.clone()).sent(model, operation);
    let delimited = model.request_fields(operation).filter(|field| field.constraints.delimiter.is_some());
    let texts = delimited.filter_map(|field| Some((field.name.clone(), sent.get(&field.name)?.clone())));
    request.clone().into_iter().chain(texts).collect()
}

/// The value of a field or of a part of it, if the request has it.
fn value_of(model: &Model, operation: &Operation, part: &FieldPart, request: &Map<String, Value>) -> Option<Value> {
    let value = request.get(&part.field)?;
    let ty = &model.request_fields(operation).find(|field| field.name == part.field)?.ty;
    match (ty, part.inside.as_slice()) {
        (Type::Choice(choice), [name]) => {
            let (form, text) = model[*choice].read(value.as_str()?)?;
            (form.field == *name).then(|| Value::from(text))
        }
        (_, steps) => steps.iter().try_fold(value, |value, step| value.get(step)).cloned(),
    }
}

/// Writes files into the directory, and replaces them by their paths.
fn with_paths(value: Value, directory: &Path) -> Result<Value, BoxError> {
    Ok(match value {
        Value::Object(object) if object.contains_key("base64") => {
            let file: plivo::File = serde_json::from_value(Value::Object(object))?;
            let name = Path::new(file.name()).file_name().ok_or("a file without a name")?;
            let path = directory.join(name);
            let bytes = file.content().ok_or("a file without its bytes")?;
            fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
            Value::from(path.display().to_string())
        }
        Value::Object(object) => {
            let entries = object.into_iter().map(|(key, value)| Ok((key, with_paths(value, directory)?)));
            Value::Object(entries.collect::<Result<_, BoxError>>()?)
        }
        Value::Array(items) => {
            let items = items.into_iter().map(|value| with_paths(value, directory));
            Value::Array(items.collect::<Result<_, BoxError>>()?)
        }
        plain => plain,
    })
}
