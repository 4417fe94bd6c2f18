//! Objects that move from state to state: by themselves, or because an operation moves them.

use super::ValidRequest;
use super::error::ApiError;
use crate::machine::{self, Subject, Transition};
use crate::store::{CollectionKey, Store, StoredObject};
use crate::time::Moment;
use plivo_codegen::model::{Collection, Model, Move, State, States};

/// Applies all transitions whose time has come, in the order of their times, and returns them.
pub(super) fn settle(model: &Model, store: &mut Store) -> Vec<Transition> {
    let mut transitions = Vec::new();
    let now = store.clock.now();
    while let Some((at, (key, id))) = store.schedule.pop_due(now) {
        let resource = model.resources.iter().find(|resource| resource.name == key.resource);
        let collection = resource.and_then(|resource| resource.collection.as_ref());
        let Some(states) = collection.and_then(|collection| collection.states.as_ref()) else { continue };
        // An object that was deleted or changed in the meantime may have no next state.
        let next = store.get_mut(&key, &id).and_then(|object| machine::next(states, object));
        if let Some(next) = next {
            transitions.extend(transition(store, states, Place { key, id }, Entry { state: next, at, by: None }));
        }
    }
    transitions
}

/// A stored object.
struct Place {
    key: CollectionKey,
    id: String,
}

/// How an object enters a state.
struct Entry<'a> {
    state: &'a State,
    at: Moment,
    /// The operation that causes it.
    by: Option<&'a str>,
}

/// Puts a stored object into a state.
fn transition(store: &mut Store, states: &States, place: Place, entry: Entry<'_>) -> Option<Transition> {
    let Place { key, id } = place;
    let Entry { state, at, by } = entry;
    let object = store.get_mut(&key, &id)?;
    let from = machine::state_of(states, object).map(str::to_owned);
    let due = machine::enter(states, state, object, at);
    let transition = Transition::new(subject(&key, &id), from, &state.name, at, by);
    record(store, &key, &id, transition.clone(), due);
    Some(transition)
}

fn subject<'a>(key: &'a CollectionKey, id: &'a str) -> Subject<'a> {
    Subject { account: &key.account, resource: &key.resource, id }
}

fn record(store: &mut Store, key: &CollectionKey, id: &str, transition: Transition, due: Option<Moment>) {
    store.history.push(transition);
    store.schedule.set((key.clone(), id.to_owned()), due);
}

/// Puts a new object into its first state, or into the one that is given.
pub(super) fn begin(
    collection: &Collection,
    key: &CollectionKey,
    id: &str,
    by: Option<&str>,
    object: &mut StoredObject,
    store: &mut Store,
) {
    let Some(states) = &collection.states else { return };
    let given = machine::state_of(states, object).and_then(|name| states.find(name));
    let state = given.unwrap_or_else(|| states.first());
    let at = store.clock.now();
    let due = machine::enter(states, state, object, at);
    record(store, key, id, Transition::new(subject(key, id), None, &state.name, at, by), due);
}

/// Whether the operation sees an object.
pub(super) fn sees(request: &ValidRequest<'_>, collection: &Collection, object: &StoredObject) -> bool {
    let (Some(states), Some(seen)) = (&collection.states, &request.operation.sees) else { return true };
    machine::state_of(states, object).is_some_and(|state| seen.iter().any(|name| name == state))
}

/// Fails with 404 if the operation does not see the object, and with 400 if it moves objects, but not from the state
/// of this one.
pub(super) fn admit(
    request: &ValidRequest<'_>,
    collection: &Collection,
    object: &StoredObject,
) -> Result<(), ApiError> {
    let name = &request.model[collection.object].name;
    if !sees(request, collection, object) {
        return Err(ApiError::not_found(name));
    }
    let (Some(states), Some(Move { from, .. })) = (&collection.states, &request.operation.moves) else {
        return Ok(());
    };
    let state = machine::state_of(states, object).unwrap_or_default();
    if from.iter().any(|name| name == state) {
        return Ok(());
    }
    let (field, from) = (&states.field, from.join(", "));
    let message = format!("{name} has {field} \"{state}\". This operation needs one of: {from}.");
    Err(ApiError::bad_request(message))
}

/// Moves an object, if the operation does.
pub(super) fn move_object(
    request: &ValidRequest<'_>,
    collection: &Collection,
    key: &CollectionKey,
    id: &str,
    store: &mut Store,
) {
    let (Some(states), Some(moves)) = (&collection.states, &request.operation.moves) else { return };
    let Some(state) = states.find(&moves.to) else { return };
    let entry = Entry { state, at: store.clock.now(), by: Some(&request.operation.id) };
    transition(store, states, Place { key: key.clone(), id: id.to_owned() }, entry);
}
