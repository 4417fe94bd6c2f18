//! Stores the objects that the path of an operation names: the object itself and its parents.

use std::time::Duration;

use plivo_codegen::interpret::{text_of, value_of};
use plivo_codegen::model::{Does, Field, Location, Model, Operation, Resource, Stay, Type};
use plivo_simulator::{Objects, Simulator};
use serde_json::{Map, Value, json};

use crate::BoxError;
use crate::witnesses::inputs;

/// A simulator, with its model and the account that owns the objects.
#[derive(Clone, Copy, Debug)]
pub struct PathObjects<'s> {
    /// The model of the simulator.
    pub model: &'s Model,
    /// Where the objects are stored.
    pub simulator: &'s Simulator,
    /// The Auth ID of the account.
    pub account: &'s str,
}

/// A resource whose objects a path names.
struct Named<'m> {
    resource: &'m Resource,
    /// The field that identifies an object.
    id: &'m str,
    /// The path parameter that names it: its id, or another field of it.
    parameter: &'m str,
}

impl Named<'_> {
    /// The value of a field of the path that names this object. `None` if the field names something else.
    fn value(&self, model: &Model, field: &Field, object: &Map<String, Value>) -> Option<Value> {
        if let Type::Choice(choice) = field.ty
            && let Some(form) = model[choice].form_of(self.id)
        {
            return Some(Value::from(form.text(&text_of(&object[self.id]))));
        }
        (field.name == self.parameter).then(|| value_of(&field.ty, &self.name(object)))
    }

    /// By what a path names an object.
    fn name(&self, object: &Map<String, Value>) -> String {
        let named = object.get(self.parameter).or_else(|| object.get(self.id));
        named.map(text_of).unwrap_or_default()
    }

    /// Whether a field of a path names an object of this resource.
    fn is_named_by(&self, model: &Model, field: &Field) -> bool {
        let is_form = matches!(field.ty, Type::Choice(choice) if model[choice].form_of(self.id).is_some());
        is_form || field.name == self.parameter
    }
}

/// The resources whose objects the path of an operation names, the outermost first. What an operation creates is not
/// there before.
fn named<'m>(model: &'m Model, resource: &'m Resource, operation: &Operation) -> Vec<Named<'m>> {
    let parents = model.parents(resource).into_iter();
    let parents = parents.map(|parent| (&model[parent.resource], Some(parent.key.as_str())));
    let own = (operation.does != Does::Create).then_some((resource, None));
    let lineage = parents.chain(own).filter_map(|(resource, key)| {
        let id = resource.collection.as_ref()?.id.as_deref()?;
        Some(Named { resource, id, parameter: key.unwrap_or(id) })
    });
    lineage.collect()
}

fn path_fields<'m>(model: &'m Model, operation: &Operation) -> impl Iterator<Item = &'m Field> {
    model[operation.request].fields.iter().filter(|field| field.location == Location::Path)
}

/// Whether the path of an operation names stored objects.
pub fn has_path_objects(model: &Model, resource: &Resource, operation: &Operation) -> bool {
    let named = named(model, resource, operation);
    path_fields(model, operation).any(|field| named.iter().any(|object| object.is_named_by(model, field)))
}

impl PathObjects<'_> {
    /// Resets the simulator and stores the objects that the path of an operation names, in a state in which the operation
    /// works on them. Returns their ids by parameter. `send` performs an operation that moves an object on.
    ///
    /// # Errors
    ///
    /// Fails if an object cannot be stored or moved on.
    pub async fn store(
        &self,
        resource: &Resource,
        operation: &Operation,
        send: impl AsyncFn(&Operation, Map<String, Value>) -> Result<(), BoxError>,
    ) -> Result<Map<String, Value>, BoxError> {
        self.simulator.reset();
        let mut ids = Map::new();
        let mut parents: Vec<String> = Vec::new();
        for named in named(self.model, resource, operation) {
            let object = self.seed(named.resource, &parents)?;
            parents.push(named.name(&object));
            for field in path_fields(self.model, operation) {
                let value = named.value(self.model, field, &object);
                ids.extend(value.map(|value| (field.name.clone(), value)));
            }
        }
        self.reach(resource, operation, &ids, send).await?;
        Ok(ids)
    }

    /// Stores an object inside of others, with the fields that the server sets. Returns it.
    fn seed(&self, resource: &Resource, parents: &[String]) -> Result<Map<String, Value>, BoxError> {
        let objects = Objects::of(self.account, &resource.name).inside(parents).object(json!({}));
        let stored = self.simulator.seed(&objects).map_err(|error| format!("{}: {error}", resource.name))?;
        let stored = serde_json::to_value(stored)?;
        let object = stored.pointer("/collections/0/objects/0").and_then(Value::as_object);
        Ok(object.cloned().ok_or_else(|| format!("{}: no object is stored", resource.name))?)
    }

    /// Brings the stored object into a state that the operation sees and moves: lets time pass, and performs the operations
    /// that move the object on.
    async fn reach(
        &self,
        resource: &Resource,
        operation: &Operation,
        ids: &Map<String, Value>,
        send: impl AsyncFn(&Operation, Map<String, Value>) -> Result<(), BoxError>,
    ) -> Result<(), BoxError> {
        let Some(states) = resource.collection.as_ref().and_then(|collection| collection.states.as_ref()) else {
            return Ok(());
        };
        let moves = operation.moves.as_ref().map(|moves| &moves.from);
        let is_admitted = |state: &str| {
            [operation.sees.as_ref(), moves].into_iter().flatten().all(|states| states.iter().any(|name| name == state))
        };
        while let Some(state) = self.simulator.transitions().last().map(|it| it.to().to_owned()) {
            let Some((stay, _)) = states.next(&state).filter(|_| !is_admitted(&state)) else { break };
            if !matches!(stay, Stay::UntilMoved) {
                while self.simulator.advance(Duration::from_secs(1)).is_empty() {}
                continue;
            }
            let moves_on = |it: &&Operation| it.moves.as_ref().is_some_and(|moves| moves.from.contains(&state));
            let Some(mover) = resource.operations.iter().find(moves_on) else { break };
            let mut request = inputs(self.model, resource, mover).into_iter().next().unwrap_or_default().request;
            request.extend(
                path_fields(self.model, mover)
                    .filter_map(|field| ids.get_key_value(&field.name))
                    .map(|(name, value)| (name.clone(), value.clone())),
            );
            send(mover, request).await?;
        }
        Ok(())
    }
}
