//! Objects for paths to lead through: an operation on a stored object needs one, and those that it lies in.

use plivo::Client;
use plivo_codegen::model::{Does, Model, Operation, Resource, ResponseShape, Segment};
use serde_json::{Map, Value};

use crate::witnesses::inputs;
use crate::{Failure, requests};

/// Stores what the path of an operation names, the outermost first, and gives the ids by the names of the parameters.
///
/// # Errors
///
/// When no request can be made for it, or when one has no success.
pub async fn stored(
    model: &Model,
    client: &Client,
    resource: &Resource,
    operation: &Operation,
) -> Result<Map<String, Value>, Failure> {
    let mut ids = Map::new();
    for name in parameters(operation) {
        let Some((keeper, create)) = creator(model, resource, name) else { continue };
        let mut inputs = inputs(model, keeper, create).into_iter();
        let mut request = inputs.next().ok_or_else(|| format!("no request of {} can be made", create.id))?.request;
        for parent in parameters(create) {
            request.extend(ids.get(parent).map(|id: &Value| (parent.to_owned(), id.clone())));
        }
        let answer = requests::send(client, &create.id, Value::Object(request)).await?;
        let object = match &create.answer.shape {
            ResponseShape::Under(key) => answer.pointer(&format!("/{}", key.replace('.', "/"))),
            ResponseShape::Bare | ResponseShape::List { .. } => Some(&answer),
        };
        let id = object.and_then(|object| object.get(name)).cloned();
        ids.insert(name.to_owned(), id.ok_or_else(|| format!("{} does not answer with {name}", create.id))?);
    }
    Ok(ids)
}

/// Whether the path of an operation names something that is stored.
pub fn names_stored(model: &Model, resource: &Resource, operation: &Operation) -> bool {
    parameters(operation).any(|name| creator(model, resource, name).is_some())
}

fn parameters(operation: &Operation) -> impl Iterator<Item = &str> {
    operation.path.segments.iter().filter_map(|segment| match segment {
        Segment::Parameter(name) => Some(name.as_str()),
        Segment::Literal(_) | Segment::Account => None,
    })
}

/// Who creates what a parameter names: the resource of the operation itself, or another.
fn creator<'m>(model: &'m Model, own: &'m Resource, id: &str) -> Option<(&'m Resource, &'m Operation)> {
    let resources = [own].into_iter().chain(&model.resources);
    let mut keepers = resources.filter(|resource| resource.collection.as_ref().is_some_and(|it| it.id == id));
    keepers.find_map(|resource| {
        let create = resource.operations.iter().find(|operation| operation.does == Does::Create)?;
        Some((resource, create))
    })
}
