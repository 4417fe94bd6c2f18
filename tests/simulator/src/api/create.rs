//! Creates and updates objects with the fields of a request.

use super::ValidRequest;
use super::complete::{derive, insert};
use super::error::ApiError;
use super::named_objects::{collection_key, parent_named_by, parent_object};
use super::stand_in::given_by_server;
use crate::store::{IdGenerator, Store, StoredObject};
use http::StatusCode;
use plivo_codegen::interpret::text_of;
use plivo_codegen::model::{Collection, Creates, Does, Field, Location, Type};
use serde_json::Value;
use std::collections::HashSet;

/// Stores one object, or one for each item of a list. Returns the first one, with the ids of all in one list that the
/// spec names, and all of them in another.
pub(super) fn create(
    request: &ValidRequest<'_>,
    collection: &Collection,
    store: &mut Store,
) -> Result<StoredObject, ApiError> {
    let id = collection.id.as_deref().unwrap_or_default();
    let drafts = drafts(request);
    reject_existing(request, collection, id, &drafts, store)?;
    make_parents(request, store);
    let key = collection_key(request, request.resource, store);
    let insert = |draft| insert(request.model, request.resource, key.clone(), draft, by(request), store);
    let objects: Vec<_> = drafts.into_iter().map(insert).collect();
    let ids: Vec<_> = objects.iter().filter_map(|object| object.get(id).cloned()).collect();
    let mut shown = objects.first().cloned().unwrap_or_default();
    if let Some(Creates { ids: ids_list, objects: object_list, .. }) = &request.operation.creates {
        shown.extend(ids_list.iter().map(|list| (list.clone(), Value::from(ids.clone()))));
        shown.extend(object_list.iter().map(|list| (list.clone(), Value::from(objects.clone()))));
    }
    Ok(shown)
}

/// The fields that the request gives: of one object, or of one for each item.
fn drafts(request: &ValidRequest<'_>) -> Vec<StoredObject> {
    let mut draft = StoredObject::new();
    set_fields(request, &mut draft);
    for field in
        request.model[request.operation.request].fields.iter().filter(|field| field.location != Location::Query)
    {
        if let (Some(default), false) = (&field.default, draft.contains_key(&field.name)) {
            draft.insert(field.name.clone(), default.is.clone());
        }
    }
    let each = request.operation.creates.as_ref().map(|creates| &creates.each);
    match each.and_then(|each| Some((each, draft.get(each)?.as_array()?.clone()))) {
        Some((each, items)) => {
            let of_item = |item| {
                let mut draft = draft.clone();
                draft.insert(each.clone(), item);
                draft
            };
            items.into_iter().map(of_item).collect()
        }
        None => vec![draft],
    }
}

/// Fails with 409 if a caller names an object that exists already. Nothing is created then.
fn reject_existing(
    request: &ValidRequest<'_>,
    collection: &Collection,
    id: &str,
    drafts: &[StoredObject],
    store: &Store,
) -> Result<(), ApiError> {
    let key = collection_key(request, request.resource, store);
    let mut seen = HashSet::new();
    for id in drafts.iter().filter_map(|draft| draft.get(id).map(text_of)) {
        if store.contains(&key, &id) || !seen.insert(id) {
            let message = format!("{} already exists.", request.model[collection.object].name);
            return Err(ApiError::new(StatusCode::CONFLICT, message));
        }
    }
    Ok(())
}

/// Creates the parents that come into being with their first child.
fn make_parents(request: &ValidRequest<'_>, store: &mut Store) {
    for parent in request.model.parents(request.resource).into_iter().filter(|parent| parent.is_made) {
        let resource = &request.model[parent.resource];
        let Some(text) = request.parameters.get(&parent.key).map(text_of) else { continue };
        let Some((field, value)) = parent_named_by(request, parent, &text) else { continue };
        if parent_object(request, parent, store).is_none() {
            let object = StoredObject::from_iter([(field.to_owned(), Value::from(value))]);
            insert(request.model, resource, collection_key(request, resource, store), object, by(request), store);
        }
    }
}

/// The only object of a resource without ids, which exists from the start: with the examples of its fields, and with
/// the account where the spec says so.
pub(super) fn ensure_only_object(request: &ValidRequest<'_>, collection: &Collection, store: &mut Store) {
    let key = collection_key(request, request.resource, store);
    if store.contains(&key, "") {
        return;
    }
    let model = request.model;
    let value = |field: &Field| match field.ty {
        Type::Text if field.name == model.auth.account => Some(Value::from(request.account)),
        _ => given_by_server(model, field),
    };
    let fields = model[collection.object].fields.iter();
    let object = fields.filter_map(|field| Some((field.name.clone(), value(field)?))).collect();
    insert(model, request.resource, key, object, None, store);
}

/// Replaces the given fields. A nested object is replaced as a whole.
pub(super) fn update(
    request: &ValidRequest<'_>,
    collection: &Collection,
    mut object: StoredObject,
    ids: &mut IdGenerator,
) -> StoredObject {
    set_fields(request, &mut object);
    let is_cleared = |(name, _): &(String, String)| request.parameters.get(name) == Some(&Value::Null);
    for field in &request.model[collection.object].fields {
        // Without its parameter, nothing is left of a path.
        if field.holds_path.as_ref().is_some_and(|held| held.parameters.iter().any(is_cleared)) {
            object.remove(&field.name);
        }
    }
    derive(request.model, request.account, request.resource, &mut object, ids);
    object
}

/// Sets the fields that the path and the body give. The query describes the request, not the object.
fn set_fields(request: &ValidRequest<'_>, object: &mut StoredObject) {
    debug_assert!(matches!(request.operation.does, Does::Create | Does::Update));
    let fields = request.model[request.operation.request].fields.iter();
    for field in fields.filter(|field| field.location != Location::Query) {
        match request.parameters.get(&field.name) {
            Some(Value::Null) if field.clears => _ = object.remove(&field.name),
            Some(value) => _ = object.insert(field.name.clone(), value.clone()),
            None => {}
        }
    }
}

/// The operation that creates an object.
fn by<'a>(request: &ValidRequest<'a>) -> Option<&'a str> {
    Some(&request.operation.id)
}
