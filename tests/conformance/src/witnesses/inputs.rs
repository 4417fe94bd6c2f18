//! With what each operation is performed: its documented requests, and some that are made for it.

use std::fs;
use std::path::Path;

use plivo_codegen::model::{Argument, Field, Model, Operation, Presence, Resource, SdkMethod};
use serde_json::{Map, Value, json};

use super::made::{Choice, errors, full, scant, with};
use crate::Failure;

/// What an operation is performed with.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// What it is called in reports.
    pub name: String,
    /// The request, as a caller would write it.
    pub request: Map<String, Value>,
}

/// The inputs of an operation. Made ones give every field, with the least and with other values, no more fields
/// than are needed, and each field that none of these has; of those that are the same, there is one.
pub fn inputs(model: &Model, resource: &Resource, operation: &Operation) -> Vec<Input> {
    let examples = operation.examples.iter().filter_map(|index| resource.examples.get(*index));
    let documented = examples.filter_map(|example| {
        let request = example.request.as_object()?.clone();
        Some(Input { name: format!("example `{}`", example.name), request })
    });
    let made = [
        ("every field", full(model, operation, Choice::Last)),
        ("every field at its least", full(model, operation, Choice::First)),
        ("needed fields", scant(model, operation)),
    ];
    let made = made.into_iter().map(|(name, request)| Input { name: name.to_owned(), request });
    let mut inputs: Vec<Input> = Vec::new();
    for input in documented.chain(made) {
        let is_new = !inputs.iter().any(|other| other.request == input.request);
        if is_new && errors(model, operation, &input.request) == 0 {
            inputs.push(input);
        }
    }
    for field in uncovered(model, operation, &inputs) {
        let request = with(model, operation, field);
        if errors(model, operation, &request) == 0 {
            inputs.push(Input { name: format!("with `{}`", field.name), request });
        }
    }
    inputs
}

/// Complains of what the inputs of an operation do not show: it has none, or none with some field.
pub fn gaps(model: &Model, operation: &Operation, inputs: &[Input]) -> Vec<String> {
    let id = &operation.id;
    if inputs.is_empty() {
        return vec![format!("{id}: no request without errors can be made; give an example of one")];
    }
    let fields = uncovered(model, operation, inputs);
    let sentence =
        |field: &Field| format!("{id}: no request with `{}` can be made; give an example of one", field.name);
    fields.into_iter().map(sentence).collect()
}

/// The fields that no input has.
fn uncovered<'m>(model: &'m Model, operation: &Operation, inputs: &[Input]) -> Vec<&'m Field> {
    let fields = model[operation.request].fields.iter().filter(|field| field.presence != Presence::AnswerOnly);
    fields.filter(|field| !inputs.iter().any(|input| input.request.contains_key(&field.name))).collect()
}

/// The arguments of a method, in their order: `{ is: value }`, or an empty object for what is not given. A file
/// is written into the directory, since SDKs take the paths of files.
///
/// # Errors
///
/// A file that cannot be written.
pub fn arguments(method: &SdkMethod, request: &Map<String, Value>, directory: &Path) -> Result<Vec<Value>, Failure> {
    let mut others = request.clone();
    for argument in &method.takes {
        if let Argument::Field(name) = argument {
            others.remove(name);
        }
    }
    let mut arguments = Vec::new();
    for argument in &method.takes {
        let value = match argument {
            Argument::Field(name) => request.get(name).cloned(),
            Argument::Others => Some(Value::Object(others.clone())),
        };
        arguments.push(match value {
            Some(value) => json!({ "is": with_paths(value, directory)? }),
            None => json!({}),
        });
    }
    Ok(arguments)
}

/// The value, with the path of a file in place of the file.
fn with_paths(value: Value, directory: &Path) -> Result<Value, Failure> {
    Ok(match value {
        Value::Object(object) if object.contains_key("base64") => {
            let file: plivo::File = serde_json::from_value(Value::Object(object))?;
            let name = Path::new(file.name()).file_name().ok_or("a file without a name")?;
            let path = directory.join(name);
            fs::write(&path, file.content().ok_or("a file without its bytes")?)?;
            Value::from(path.display().to_string())
        }
        Value::Object(object) => {
            let entries = object.into_iter().map(|(key, value)| Ok((key, with_paths(value, directory)?)));
            Value::Object(entries.collect::<Result<_, Failure>>()?)
        }
        Value::Array(items) => {
            let items = items.into_iter().map(|value| with_paths(value, directory));
            Value::Array(items.collect::<Result<_, Failure>>()?)
        }
        plain => plain,
    })
}
