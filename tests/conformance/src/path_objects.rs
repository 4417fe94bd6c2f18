//! Creates the objects that the path of an operation names: the object itself and its parents.

use std::collections::HashMap;

use plivo_codegen::interpret::{segment_of, text_of};
use plivo_codegen::model::{Collection, Does, Form, Model, Operation, Resource, ResponseShape, Segment, Type};
use serde_json::{Map, Value};

use crate::BoxError;
use crate::witnesses::inputs;

/// Creates the objects that the path of an operation names, the outermost first. Returns their ids by parameter. `send`
/// performs an operation and returns the body of the response.
///
/// # Errors
///
/// Fails if no valid request can be generated for one of them, or if a request fails.
pub async fn create_path_objects(
    model: &Model,
    resource: &Resource,
    operation: &Operation,
    send: impl AsyncFn(&Operation, Map<String, Value>) -> Result<Value, BoxError>,
) -> Result<Map<String, Value>, BoxError> {
    let mut ids = Map::new();
    // One request may create an object and its parent.
    let mut performed: HashMap<&str, Value> = HashMap::new();
    for name in parameters(operation) {
        let creator = creator(model, resource, operation, name).filter(|creator| creator.operation.id != operation.id);
        let Some(Creator { owner, resource, operation: create }) = creator else { continue };
        let mut inputs = inputs(model, resource, create).into_iter();
        let mut request =
            inputs.next().ok_or_else(|| format!("no valid request of {} can be generated", create.id))?.request;
        // A deferred answer has no id.
        request
            .retain(|name, _| create.deferral.iter().all(|keys| keys.url.name != *name && keys.method.name != *name));
        for parent in parameters(create) {
            let parent_id = ids.get(parent).cloned();
            request.extend(parent_id.map(|id| (parent.to_owned(), id)));
        }
        let in_path: Vec<_> = parameters(create).map(|name| (name.to_owned(), request[name].clone())).collect();
        let body = match performed.get(create.id.as_str()) {
            Some(body) => body.clone(),
            None => send(create, request).await?,
        };
        performed.insert(&create.id, body.clone());
        ids.extend(in_path);
        if !ids.contains_key(name) {
            let id = value_in(model, owner, answered(create, &body), name);
            let id = id.map(|id| match form(model, resource, operation, name) {
                Some(form) => Value::from(form.text(&text_of(&id))),
                None => id,
            });
            ids.insert(name.to_owned(), id.ok_or_else(|| format!("the answer of {} has no {name}", create.id))?);
        }
    }
    Ok(ids)
}

/// Whether the path of an operation names stored objects.
pub fn has_path_objects(model: &Model, resource: &Resource, operation: &Operation) -> bool {
    parameters(operation).any(|name| creator(model, resource, operation, name).is_some())
}

fn parameters(operation: &Operation) -> impl Iterator<Item = &str> {
    operation.path.segments.iter().filter_map(|segment| match segment {
        Segment::Parameter(name) => Some(name.as_str()),
        Segment::Literal(_) | Segment::Account => None,
    })
}

/// How an object comes into being.
struct Creator<'m> {
    /// The resource of the object.
    owner: &'m Resource,
    /// The resource of the operation: the same one, or that of an object inside, which makes its parent.
    resource: &'m Resource,
    operation: &'m Operation,
}

/// What creates the object that a path parameter names.
fn creator<'m>(model: &'m Model, own: &'m Resource, operation: &Operation, name: &str) -> Option<Creator<'m>> {
    let parent = model.parents(own).into_iter().find(|parent| parent.key == name);
    let is_id = |collection: &Collection| collection.id.as_deref() == Some(name);
    let is_own = own.collection.as_ref().is_some_and(is_id) || form(model, own, operation, name).is_some();
    let owner = parent.map(|parent| &model[parent.resource]).or(is_own.then_some(own))?;
    let makes_owner = |resource: &&Resource| {
        resource.parent.as_ref().is_some_and(|parent| parent.is_made && model[parent.resource].name == owner.name)
    };
    let mut resources = [owner].into_iter().chain(model.resources.iter().filter(makes_owner));
    resources.find_map(|resource| {
        let operation = resource.operations.iter().find(|operation| operation.does == Does::Create)?;
        Some(Creator { owner, resource, operation })
    })
}

/// The form in which a path parameter has the id of an object, if it has several forms.
fn form<'m>(model: &'m Model, own: &Resource, operation: &Operation, name: &str) -> Option<&'m Form> {
    let field = model[operation.request].fields.iter().find(|field| field.name == name)?;
    match field.ty {
        Type::Choice(choice) => model[choice].form_of(own.collection.as_ref()?.id.as_deref()?),
        _ => None,
    }
}

/// The object in the body of an answer.
fn answered<'b>(operation: &Operation, body: &'b Value) -> &'b Value {
    match &operation.answer.shape {
        ResponseShape::Under(key) => body.pointer(&format!("/{}", key.replace('.', "/"))).unwrap_or(&Value::Null),
        ResponseShape::Bare | ResponseShape::Says { .. } | ResponseShape::List { .. } => body,
    }
}

/// The value by which a path names the object: a field of it, the first of a list, a part of a path that it holds, or
/// its id.
fn value_in(model: &Model, owner: &Resource, object: &Value, name: &str) -> Option<Value> {
    let first = |value: &Value| value.as_array().map_or(Some(value.clone()), |items| items.first().cloned());
    let collection = owner.collection.as_ref()?;
    let mut fields = model[collection.object].fields.iter();
    let mut in_path = || {
        fields.find_map(|field| segment_of(&field.holds_path.as_ref()?.path, object.get(&field.name)?.as_str()?, name))
    };
    let id = || object.get(collection.id.as_ref()?).and_then(first);
    object.get(name).and_then(first).or_else(|| in_path().map(Value::from)).or_else(id)
}
