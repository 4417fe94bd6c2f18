//! Stores the objects that the path of an operation names in a simulator: the object itself and its parents.

use std::time::Duration;

use plivo_codegen::interpret::{text_of, value_of};
use plivo_codegen::model::{Does, Location, Model, Operation, Resource, Stay, Type};
use plivo_simulator::{Objects, Simulator};
use serde_json::{Map, Value, json};

use crate::BoxError;

/// Stores the objects that the path of an operation names, and gives the request their names.
///
/// # Errors
///
/// Fails if the simulator refuses an object.
pub fn seed_path_objects(
    simulator: &Simulator,
    account: &str,
    model: &Model,
    (resource, operation): (&Resource, &Operation),
    request: &mut Map<String, Value>,
) -> Result<(), BoxError> {
    let parents = model.parents(resource);
    let mut names: Vec<String> = Vec::new();
    let lineage = parents.iter().map(|parent| (&model[parent.resource], Some(&parent.key)));
    for (resource, key) in lineage.chain([(resource, None)]) {
        let Some(collection) = resource.collection.as_ref().filter(|it| it.id.is_some()) else { continue };
        if key.is_none() && operation.does == Does::Create {
            continue;
        }
        let object = seed(simulator, account, resource, &names)?;
        let id = collection.id.as_deref().unwrap_or_default();
        let parameter = key.map_or(id, String::as_str);
        // The object has the parameter as a field; or else the parameter is another name of its id.
        let field = if object.contains_key(parameter) { parameter } else { id };
        names.push(object.get(field).map(text_of).unwrap_or_default());
        for field in model[operation.request].fields.iter().filter(|field| field.location == Location::Path) {
            let choice = match field.ty {
                Type::Choice(choice) => model[choice].form_of(id),
                _ => None,
            };
            match choice {
                Some(form) => _ = request.insert(field.name.clone(), Value::from(form.text(&text_of(&object[id])))),
                None if field.name == parameter => {
                    let name = names.last().map(String::as_str).unwrap_or_default();
                    request.insert(field.name.clone(), value_of(&field.ty, name));
                }
                None => {}
            }
        }
    }
    Ok(())
}

/// Stores an object inside of others, with the fields that the server sets. Returns it.
fn seed(
    simulator: &Simulator,
    account: &str,
    resource: &Resource,
    parents: &[String],
) -> Result<Map<String, Value>, BoxError> {
    let objects = Objects::of(account, &resource.name).inside(parents).object(json!({}));
    let stored = serde_json::to_value(simulator.seed(&objects)?)?;
    let object = stored["collections"][0]["objects"][0].as_object();
    Ok(object.ok_or_else(|| format!("{}: the simulator returns no object", resource.name))?.clone())
}

/// Brings the object that a path names into a state that the operation sees and moves: lets time pass, and performs the
/// operations that move the object on. `send` performs an operation.
///
/// # Errors
///
/// Fails if one of these operations fails.
pub async fn reach_state(
    simulator: &Simulator,
    model: &Model,
    (resource, operation): (&Resource, &Operation),
    request: &Map<String, Value>,
    send: impl AsyncFn(&Operation, Map<String, Value>) -> Result<(), BoxError>,
) -> Result<(), BoxError> {
    let Some(states) = resource.collection.as_ref().and_then(|collection| collection.states.as_ref()) else {
        return Ok(());
    };
    let moves = operation.moves.as_ref().map(|moves| &moves.from);
    let is_admitted = |state: &str| {
        [operation.sees.as_ref(), moves].into_iter().flatten().all(|states| states.iter().any(|name| name == state))
    };
    while let Some(state) = simulator.transitions().last().map(|it| it.to().to_owned()) {
        if is_admitted(&state) || states.next(&state).is_none() {
            return Ok(());
        }
        let moves_on = |it: &&Operation| it.moves.as_ref().is_some_and(|moves| moves.from.contains(&state));
        match (states.next(&state), resource.operations.iter().find(moves_on)) {
            (Some((Stay::UntilMoved, _)), Some(mover)) => {
                let known =
                    |(name, _): &(&String, &Value)| model.request_fields(mover).any(|field| field.name == **name);
                let request = request.iter().filter(known).map(|(name, value)| (name.clone(), value.clone()));
                send(mover, request.collect()).await?;
            }
            (Some((Stay::UntilMoved, _)), None) => return Ok(()),
            _ => while simulator.advance(Duration::from_secs(1)).is_empty() {},
        }
    }
    Ok(())
}
