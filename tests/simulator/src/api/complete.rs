//! Completes objects with the fields that the server sets.

use super::fit::fit;
use super::shown::shown_fields;
use super::stand_in::given_by_server;
use super::states;
use crate::store::{CollectionKey, IdGenerator, Store, StoredObject};
use plivo_codegen::interpret::{assume_defaults, text_of};
use plivo_codegen::model::{
    Collection, Constraints, Does, Field, Format, HeldPath, Location, Model, Resource, Segment, Type,
};
use serde_json::Value;

/// Completes an object with the fields that the server sets, among them its id, and stores it. `by` is the operation
/// that creates it, if one does.
pub(super) fn insert(
    model: &Model,
    resource: &Resource,
    key: CollectionKey,
    mut object: StoredObject,
    by: Option<&str>,
    store: &mut Store,
) -> StoredObject {
    let Some(collection) = &resource.collection else { return object };
    let id = collection.id.as_deref().unwrap_or_default();
    // All times of one creation are equal.
    let mut now = None;
    let is_of_state = |name| collection.states.as_ref().is_some_and(|states| states.set(name));
    for field in shown_fields(model, resource, collection) {
        let value = match &field.ty {
            _ if object.contains_key(&field.name) => None,
            // Set when the object enters a state.
            _ if is_of_state(&field.name) => None,
            _ if field.name == id => Some(new_id(model, field, &mut store.ids)),
            Type::Timestamp if field.given_by_server => {
                let now = now.get_or_insert_with(|| store.clock.timestamp().to_string());
                Some(Value::from(in_form_of(field.example.as_deref(), now)))
            }
            _ if field.given_by_server => given_by_server(model, field),
            _ => None,
        };
        object.extend(value.map(|value| (field.name.clone(), value)));
    }
    assume_defaults(model, collection.object, &mut object);
    derive(model, &key.account, resource, &mut object, &mut store.ids);
    let id = object.get(id).map(text_of).unwrap_or_default();
    states::begin(collection, &key, &id, by, &mut object, store);
    store.insert(key, id, object.clone());
    object
}

/// Sets the fields that follow from others: those that hold the value of another field, and paths.
pub(super) fn derive(
    model: &Model,
    account: &str,
    resource: &Resource,
    object: &mut StoredObject,
    ids: &mut IdGenerator,
) {
    let Some(collection) = &resource.collection else { return };
    for field in &model[collection.object].fields {
        let held = field.holds.as_ref().and_then(|source| object.get(source));
        let mut value = held.and_then(|held| fit(model, &field.ty, held));
        if let Some(held) = &field.holds_path {
            read_path(model, collection, field, held, object);
            make_ids(model, resource, held, object, ids);
            value = held_path(account, held, object).map(Value::from);
        }
        object.extend(value.map(|value| (field.name.clone(), value)));
    }
}

/// Sets the parameters that the object has only in its path. A seeded object can have the path alone.
fn read_path(model: &Model, collection: &Collection, field: &Field, held: &HeldPath, object: &mut StoredObject) {
    let Some(path) = object.get(&field.name).and_then(Value::as_str).map(str::to_owned) else { return };
    for (name, text) in held.path.read(&path).unwrap_or_default() {
        let text = Value::from(text);
        let stored = model[collection.object].fields.iter().find(|field| field.name == name);
        let value = stored.map_or(Some(text.clone()), |field| fit(model, &field.ty, &text));
        object.entry(name).or_insert(value.unwrap_or(text));
    }
}

/// Makes the ids in a path that the object does not have, and keeps them with the object. An id that requests give is
/// not made: an object without it has no such path.
fn make_ids(model: &Model, resource: &Resource, held: &HeldPath, object: &mut StoredObject, ids: &mut IdGenerator) {
    for (name, _) in &held.parameters {
        if !object.contains_key(name) && !is_given_by_callers(model, resource, name) {
            object.insert(name.clone(), Value::from(ids.uuid()));
        }
    }
}

fn is_given_by_callers(model: &Model, resource: &Resource, name: &str) -> bool {
    let storing = resource.operations.iter().filter(|operation| matches!(operation.does, Does::Create | Does::Update));
    let mut sent = storing.flat_map(|operation| &model[operation.request].fields);
    sent.any(|field| field.location == Location::Body && field.name == name)
}

/// The path with the values of the object. `None`: the object does not have all of them.
fn held_path(account: &str, held: &HeldPath, object: &StoredObject) -> Option<String> {
    let mut text = String::new();
    for segment in &held.path.segments {
        text.push('/');
        match segment {
            Segment::Literal(literal) => text.push_str(literal),
            Segment::Account => text.push_str(account),
            Segment::Parameter(name) => text.push_str(&text_of(object.get(name)?)),
        }
    }
    Some(text + if held.path.trailing_slash { "/" } else { "" })
}

/// A time in the form of an example: only the date, if the example is a date.
fn in_form_of<'t>(example: Option<&str>, time: &'t str) -> &'t str {
    match example {
        Some(example) if example.len() == DATE.len() => time.get(..DATE.len()).unwrap_or(time),
        _ => time,
    }
}

/// The form of a date.
const DATE: &str = "YYYY-MM-DD";

fn new_id(model: &Model, field: &Field, ids: &mut IdGenerator) -> Value {
    let Constraints { format, max_length, .. } = &field.constraints;
    let digits = |ids: &mut IdGenerator| ids.number().unsigned_abs();
    let id = match format.as_ref().map(|limit| limit.is) {
        _ if matches!(field.ty, Type::Integer | Type::Number) => return Value::from(ids.number()),
        Some(Format::Uuid) => ids.uuid(),
        // The last four digits of an invented number: 555 0100 to 555 0199.
        Some(Format::E164) => format!("+1{}55501{:02}", 200 + digits(ids) % 700, digits(ids) % 100),
        Some(Format::Email) => format!("{}@example.com", ids.hex()),
        Some(Format::Url) => format!("https://example.com/{}", ids.hex()),
        Some(Format::Declared(format)) => return Value::from(ids.formatted(&model[format])),
        Some(Format::Country | Format::Date | Format::DateTime) | None => ids.hex(),
    };
    let length = max_length.as_ref().map_or(usize::MAX, |limit| usize::try_from(limit.is).unwrap_or(usize::MAX));
    Value::from(id.chars().take(length).collect::<String>())
}
