//! Carries out an operation on what is stored.

use crate::answer::documented;
use crate::lineage;
use crate::mint::Mint;
use crate::page::{Page, Wanted};
use crate::refusal::Refusal;
use crate::state::{Place, State, Stored};
use plivo_codegen::interpret::{Parameters, example_of, text_of};
use plivo_codegen::model::{self, Collection, Does, Field, Format, Model, Operation, Resource, Type};
use serde_json::Value;

/// Everything that requests change.
#[derive(Debug)]
pub(crate) struct World {
    /// The objects.
    pub(crate) state: State,
    /// Makes their ids and times.
    pub(crate) mint: Mint,
}

/// A request that has passed every check.
pub(crate) struct Call<'a> {
    /// The description of the API.
    pub(crate) model: &'a Model,
    /// The resource.
    pub(crate) resource: &'a Resource,
    /// The operation.
    pub(crate) operation: &'a Operation,
    /// Who calls.
    pub(crate) account: &'a str,
    /// The path as it was sent.
    pub(crate) path: &'a str,
    /// What the request means.
    pub(crate) parameters: &'a Parameters,
}

/// What an operation came to.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// An object, as it is stored now or was until now.
    One(Stored),
    /// A page of objects.
    Many(Page),
    /// Nothing that is stored was asked for: the answer is an example.
    Examples,
    /// It is put off: the answer only confirms the order.
    Deferred,
}

/// Carries out an operation, and says nothing of what it came to where the request puts that off.
pub(crate) fn operate(call: &Call<'_>, world: &mut World) -> Result<Outcome, Refusal> {
    let outcome = carry_out(call, world)?;
    let puts_off = |name: &String| call.parameters.get(name).is_some();
    Ok(if call.operation.answer.deferred_by.as_ref().is_some_and(puts_off) { Outcome::Deferred } else { outcome })
}

/// One on no collection changes nothing.
fn carry_out(call: &Call<'_>, world: &mut World) -> Result<Outcome, Refusal> {
    let Call { model, resource, operation, parameters, .. } = call;
    if operation.does == Does::Action && documented(model, resource, operation, parameters).is_some() {
        // Its answer is written down, whatever is stored.
        return Ok(Outcome::Examples);
    }
    lineage::check(call, &world.state)?;
    let Some(collection) = &call.resource.collection else {
        return Ok(Outcome::Examples);
    };
    let place = place(call, collection);
    let id = call.parameters.get(&collection.id).map(text_of).unwrap_or_default();
    let place = match call.operation.does {
        Does::Read | Does::Update | Does::Delete => world.state.home(place, &id),
        Does::Create | Does::List | Does::Action => place,
    };
    let found = match call.operation.does {
        Does::Create => Some(create(call, collection, place, world)),
        Does::Read => world.state.get_mut(&place, &id).cloned(),
        Does::Update => world.state.get_mut(&place, &id).map(|object| update(call, object)),
        Does::Delete => {
            lineage::forget_inside(call, &place, &id, &mut world.state);
            world.state.remove(&place, &id)
        }
        Does::List => {
            let wanted = Wanted::read(call.model, call.operation, collection, call.parameters);
            return Ok(Outcome::Many(wanted.page(call.path, world.state.all(&place))));
        }
        Does::Action => return Ok(Outcome::Examples),
    };
    found.map(Outcome::One).ok_or_else(|| Refusal::not_found(&call.model[collection.object].name))
}

fn place(call: &Call<'_>, collection: &Collection) -> Place {
    let fields = call.model[call.operation.request].fields.iter();
    let parents = fields
        .filter(|field| field.location == model::Location::Path && field.name != collection.id)
        .filter_map(|field| call.parameters.get(&field.name).map(text_of))
        .collect();
    Place { account: call.account.to_owned(), resource: call.resource.name.clone(), parents }
}

fn create(call: &Call<'_>, collection: &Collection, place: Place, world: &mut World) -> Stored {
    let mut object = Stored::new();
    store(call, &mut object);
    let mut id = Value::Null;
    for field in &call.model[collection.object].fields {
        let value = if field.name == collection.id {
            id = new_id(field, &mut world.mint);
            Some(id.clone())
        } else if field.given_by_server {
            given_by_server(call.model, field, &mut world.mint)
        } else {
            None
        };
        if let Some(value) = value {
            object.insert(field.name.clone(), value);
        }
    }
    world.state.insert(place, text_of(&id), object.clone());
    object
}

/// Fields that are given replace what was there, also objects as a whole.
fn update(call: &Call<'_>, object: &mut Stored) -> Stored {
    store(call, object);
    object.clone()
}

/// Takes over what a request gives in its path and body. What a query says is about the request.
fn store(call: &Call<'_>, object: &mut Stored) {
    let fields = call.model[call.operation.request].fields.iter();
    for field in fields.filter(|field| field.location != model::Location::Query) {
        if let Some(value) = call.parameters.get(&field.name) {
            object.insert(field.name.clone(), value.clone());
        }
    }
}

fn new_id(field: &Field, mint: &mut Mint) -> Value {
    let is_uuid = field.constraints.format.is_some_and(|limit| limit.is == Format::Uuid);
    match field.ty {
        Type::Integer | Type::Number => Value::from(mint.number()),
        _ if is_uuid => Value::from(mint.uuid()),
        _ => Value::from(mint.hex()),
    }
}

fn given_by_server(model: &Model, field: &Field, mint: &mut Mint) -> Option<Value> {
    match field.ty {
        Type::Timestamp => Some(Value::from(mint.time())),
        _ => example_of(model, field),
    }
}
