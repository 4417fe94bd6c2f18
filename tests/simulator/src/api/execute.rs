//! Executes an operation on the store.

use super::ValidRequest;
use super::error::ApiError;
use super::examples::documented_answer;
use super::page::{ListQuery, Page};
use super::path_objects;
use super::room;
use crate::store::{CollectionKey, IdGenerator, Store, StoredObject};
use plivo_codegen::interpret::{assume_defaults, example_of, stored_form, text_of};
use plivo_codegen::model::{Collection, Does, Field, Format, Location, Model, Resource, Type};
use serde_json::Value;

/// The result of an operation.
#[derive(Debug)]
pub(super) enum Executed {
    /// The operation concerned one object: its fields after the operation, or before it was deleted.
    Object(StoredObject),
    /// The operation listed a page of objects.
    Page(Page),
    /// The operation concerned no stored object. The answer is an example.
    Example,
    /// The request deferred the result. The answer only confirms the request.
    Deferred,
}

/// Executes an operation. If the request defers the result, the operation is executed at once all the same.
pub(super) fn execute(request: &ValidRequest<'_>, store: &mut Store) -> Result<Executed, ApiError> {
    let executed = execute_now(request, store)?;
    let is_given = |name: &String| request.parameters.get(name).is_some();
    let is_deferred = request.operation.answer.deferred_by.as_ref().is_some_and(is_given);
    Ok(if is_deferred { Executed::Deferred } else { executed })
}

fn execute_now(request: &ValidRequest<'_>, store: &mut Store) -> Result<Executed, ApiError> {
    let does = request.operation.does;
    if does == Does::Action && documented_answer(request).is_some() {
        // The documented answer does not depend on what is stored.
        return Ok(Executed::Example);
    }
    path_objects::require_all(request, store)?;
    let Some(collection) = &request.resource.collection else {
        return Ok(Executed::Example);
    };
    room::reserve(request, store)?;
    let key = collection_key(request, collection);
    let id = request.parameters.get(&collection.id).map(text_of).unwrap_or_default();
    let object = match does {
        Does::Create => Some(create(request, key, store)),
        Does::Read => {
            let key = store.locate(key, &id);
            store.get_mut(&key, &id).cloned()
        }
        Does::Update => {
            let key = store.locate(key, &id);
            store.get_mut(&key, &id).map(|object| update(request, object))
        }
        Does::Delete => {
            let key = store.locate(key, &id);
            path_objects::remove_children(request.model, &request.operation.path.segments, &key, &id, store);
            store.remove(&key, &id)
        }
        Does::List => {
            let query = ListQuery::new(request, collection)?;
            return Ok(Executed::Page(query.page(request.path, store.objects(&key))));
        }
        Does::Action => return Ok(Executed::Example),
    };
    object.map(Executed::Object).ok_or_else(|| ApiError::not_found(&request.model[collection.object].name))
}

/// The collection that the path of a request names.
fn collection_key(request: &ValidRequest<'_>, collection: &Collection) -> CollectionKey {
    let fields = request.model[request.operation.request].fields.iter();
    let parents = fields
        .filter(|field| field.location == Location::Path && field.name != collection.id)
        .filter_map(|field| request.parameters.get(&field.name).map(text_of))
        .collect();
    CollectionKey { account: request.account.to_owned(), resource: request.resource.name.clone(), parents }
}

/// Stores a new object with the fields of the request, and those that the server sets.
fn create(request: &ValidRequest<'_>, key: CollectionKey, store: &mut Store) -> StoredObject {
    let mut object = StoredObject::new();
    set_fields(request, &mut object);
    insert(request.model, request.resource, key, object, store)
}

/// Completes an object with the fields that the server sets, among them its id, and stores it.
pub(super) fn insert(
    model: &Model,
    resource: &Resource,
    key: CollectionKey,
    mut object: StoredObject,
    store: &mut Store,
) -> StoredObject {
    let Some(collection) = &resource.collection else { return object };
    for field in &model[collection.object].fields {
        let value = if object.contains_key(&field.name) {
            None
        } else if field.name == collection.id {
            Some(new_id(model, field, &mut store.ids))
        } else if field.given_by_server {
            match field.ty {
                Type::Timestamp => Some(Value::from(store.clock.timestamp())),
                _ => example_of(model, field),
            }
        } else {
            None
        };
        if let Some(value) = value {
            object.insert(field.name.clone(), value);
        }
    }
    assume_defaults(model, collection.object, &mut object);
    let id = object.get(&collection.id).map(text_of).unwrap_or_default();
    store.insert(key, id, object.clone());
    object
}

/// Replaces the given fields. A nested object is replaced as a whole.
fn update(request: &ValidRequest<'_>, object: &mut StoredObject) -> StoredObject {
    set_fields(request, object);
    object.clone()
}

/// Sets the fields that the path and the body give. The query describes the request, not the object.
fn set_fields(request: &ValidRequest<'_>, object: &mut StoredObject) {
    let fields = request.model[request.operation.request].fields.iter();
    for field in fields.filter(|field| field.location != Location::Query) {
        if let Some(value) = request.parameters.get(&field.name) {
            object.insert(field.name.clone(), stored_form(request.model, field, value));
        }
    }
}

fn new_id(model: &Model, field: &Field, ids: &mut IdGenerator) -> Value {
    match (&field.ty, field.constraints.format.map(|limit| limit.is)) {
        (Type::Integer | Type::Number, _) => Value::from(ids.number()),
        (_, Some(Format::Uuid)) => Value::from(ids.uuid()),
        (_, Some(Format::Declared(format))) => Value::from(ids.formatted(&model[format])),
        _ => Value::from(ids.hex()),
    }
}
