//! How arguments and recorded requests name the fields of an operation.

use plivo_codegen::Model;
use plivo_codegen::interpret::{text_of, value_of};
use plivo_codegen::model::{Body, Field, Operation, Segment, Type};
use serde_json::{Map, Value};

use crate::record::Request;

/// The field of an argument. Dots lead into objects, and `[i]` into the items of a list.
pub(crate) fn field<'m>(model: &'m Model, operation: &'m Operation, key: &str) -> Option<&'m Field> {
    let key = without_data_part(operation, key);
    let mut steps = key.split('.').map(|step| step.trim_end_matches("[i]"));
    let first = steps.next()?;
    let mut found = model.request_fields(operation).find(|field| field.name == first)?;
    for step in steps {
        let object = object_of(model, &found.ty)?;
        found = object.iter().find(|field| field.name == step)?;
    }
    Some(found)
}

/// An argument without the name of the part that holds the fields of a multipart body.
pub(crate) fn without_data_part<'k>(operation: &Operation, key: &'k str) -> &'k str {
    match &operation.body {
        Body::Multipart { data: Some(data) } => {
            key.strip_prefix(data.as_str()).and_then(|rest| rest.strip_prefix('.')).unwrap_or(key)
        }
        _ => key,
    }
}

/// Whether a request can have an argument.
pub(crate) fn takes(model: &Model, operation: &Operation, key: &str) -> bool {
    model.request_fields(operation).any(|field| field.flatten) || describes(model, operation, key)
}

/// Whether a request describes an argument, and does not only take any.
pub(crate) fn describes(model: &Model, operation: &Operation, key: &str) -> bool {
    let is_data = matches!(&operation.body, Body::Multipart { data: Some(data) } if data == key);
    let is_fixed = operation.fixed.iter().any(|fixed| fixed.name == key);
    is_data || is_fixed || field(model, operation, key).is_some()
}

fn object_of<'m>(model: &'m Model, ty: &Type) -> Option<&'m [Field]> {
    match ty {
        Type::Object(id) => Some(&model[*id].fields),
        Type::List(item) => object_of(model, item),
        _ => None,
    }
}

/// The values of a request by name, as a server reads them.
pub(crate) fn given(model: &Model, operation: &Operation, request: &Request) -> Map<String, Value> {
    let mut given = Map::new();
    let sent = request.path.split('/').filter(|segment| !segment.is_empty());
    let segments = operation.path.segments.iter().filter(|segment| **segment != Segment::Literal(String::new()));
    for (segment, sent) in segments.zip(sent) {
        if let Segment::Parameter(name) = segment {
            given.insert(name.clone(), read(model, operation, name, &Value::from(sent)));
        }
    }
    for (name, value) in &request.query {
        given.insert(name.clone(), read(model, operation, name, value));
    }
    let mut body = request.body.clone();
    if let Body::Multipart { data } = &operation.body {
        let part = data.as_ref().and_then(|data| body.get(data)).map(|part| match part {
            Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
            part => part.clone(),
        });
        if let (Some(Value::Object(part)), Some(data)) = (part, data) {
            body.remove(data);
            body.extend(part);
        } else {
            body = body.iter().map(|(name, value)| (name.clone(), read(model, operation, name, value))).collect();
        }
    }
    given.extend(body);
    given
}

/// The value that a text of a path, a query or a part stands for.
fn read(model: &Model, operation: &Operation, name: &str, value: &Value) -> Value {
    match model.request_fields(operation).find(|field| field.name == name) {
        Some(field) if field.constraints.delimiter.is_none() && !value.is_array() && !value.is_object() => {
            value_of(&field.ty, &text_of(value))
        }
        _ => value.clone(),
    }
}
