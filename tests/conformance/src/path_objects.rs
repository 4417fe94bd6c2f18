//! Creates the objects that the path of an operation names: the object itself and its parents.

use plivo::Client;
use plivo_codegen::model::{Does, Model, Operation, Resource, ResponseShape, Segment};
use serde_json::{Map, Value};

use crate::witnesses::inputs;
use crate::{BoxError, requests};

/// Creates the objects that the path of an operation names, the outermost first. Returns their ids by parameter.
///
/// # Errors
///
/// Fails if no valid request can be generated for one of them, or if a request fails.
pub async fn create_path_objects(
    model: &Model,
    client: &Client,
    resource: &Resource,
    operation: &Operation,
) -> Result<Map<String, Value>, BoxError> {
    let mut ids = Map::new();
    for name in parameters(operation) {
        let Some((owner, create)) = creator(model, resource, name) else { continue };
        let mut inputs = inputs(model, owner, create).into_iter();
        let mut request =
            inputs.next().ok_or_else(|| format!("no valid request of {} can be generated", create.id))?.request;
        for parent in parameters(create) {
            request.extend(ids.get(parent).map(|id: &Value| (parent.to_owned(), id.clone())));
        }
        let answer = requests::send(client, &create.id, Value::Object(request)).await?;
        let object = match &create.answer.shape {
            ResponseShape::Under(key) => answer.pointer(&format!("/{}", key.replace('.', "/"))),
            ResponseShape::Bare | ResponseShape::Says { .. } | ResponseShape::List { .. } => Some(&answer),
        };
        let id = object.and_then(|object| object.get(name)).cloned();
        ids.insert(name.to_owned(), id.ok_or_else(|| format!("the answer of {} has no {name}", create.id))?);
    }
    Ok(ids)
}

/// Whether the path of an operation names stored objects.
pub fn has_path_objects(model: &Model, resource: &Resource, operation: &Operation) -> bool {
    parameters(operation).any(|name| creator(model, resource, name).is_some())
}

fn parameters(operation: &Operation) -> impl Iterator<Item = &str> {
    operation.path.segments.iter().filter_map(|segment| match segment {
        Segment::Parameter(name) => Some(name.as_str()),
        Segment::Literal(_) | Segment::Account => None,
    })
}

/// The resource and operation that create the object of a path parameter. The operation's own resource comes first.
fn creator<'m>(model: &'m Model, own: &'m Resource, id: &str) -> Option<(&'m Resource, &'m Operation)> {
    let resources = [own].into_iter().chain(&model.resources);
    let mut owners = resources.filter(|resource| resource.collection.as_ref().is_some_and(|it| it.id == id));
    owners.find_map(|resource| {
        let create = resource.operations.iter().find(|operation| operation.does == Does::Create)?;
        Some((resource, create))
    })
}
