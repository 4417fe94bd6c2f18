//! Executes an operation on the store.

use super::ValidRequest;
use super::create::{create, ensure_only_object, update};
use super::error::ApiError;
use super::examples::{documented_answer, successful_answer};
use super::named_objects::{Named, collection_key, named_ids, parent_object, remove_children, require_all};
use super::page::{ListQuery, Page};
use super::room;
use super::states;
use crate::store::{CollectionKey, Store, StoredObject};
use plivo_codegen::interpret::is_deferred;
use plivo_codegen::model::{Collection, Does, Model, ResponseShape};

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

/// Executes an operation. If the request defers the result, the operation is executed at once all the same. Nothing is sent
/// to the URL of the request.
pub(super) fn execute(request: &ValidRequest<'_>, store: &mut Store) -> Result<Executed, ApiError> {
    let executed = execute_now(request, store)?;
    Ok(if is_deferred(request.operation, request.parameters) { Executed::Deferred } else { executed })
}

fn execute_now(request: &ValidRequest<'_>, store: &mut Store) -> Result<Executed, ApiError> {
    let does = request.operation.does;
    let depends_on_state = request.operation.sees.is_some() || request.operation.moves.is_some();
    if does == Does::Action && !depends_on_state && documented_answer(request).is_some() {
        // The documented answer does not depend on what is stored.
        return Ok(Executed::Example);
    }
    require_all(request, store)?;
    let Some(collection) = &request.resource.collection else {
        return Ok(Executed::Example);
    };
    room::reserve(request, store)?;
    if collection.id.is_none() {
        ensure_only_object(request, collection, store);
    }
    let key = collection_key(request, request.resource, store);
    let named = named_ids(request, collection, &key, store);
    let id = match &named {
        Named::Each(ids) => ids.first().cloned().unwrap_or_default(),
        Named::All => String::new(),
    };
    let not_found = || ApiError::not_found(&request.model[collection.object].name);
    if depends_on_state && does != Does::List {
        let object = store.get_mut(&key, &id).ok_or_else(not_found)?;
        states::admit(request, collection, object)?;
    }
    let object = match does {
        Does::Create => Some(create(request, collection, store)?),
        Does::Read => store.get_mut(&key, &id).cloned(),
        Does::Update => {
            let object = store.get_mut(&key, &id).cloned();
            let updated = object.map(|object| update(request, collection, object, &mut store.ids));
            if let (Some(updated), Some(stored)) = (updated, store.get_mut(&key, &id)) {
                *stored = updated;
            }
            states::move_object(request, collection, &key, &id, store);
            store.get_mut(&key, &id).cloned()
        }
        Does::Delete => match named {
            Named::All => Some(remove_all(request.model, &key, store)),
            Named::Each(ids) => remove(request.model, &key, &ids, store),
        },
        Does::DeleteAll => Some(remove_all(request.model, &key, store)),
        Does::List => return list(request, collection, &key, store),
        Does::Action if request.operation.moves.is_none() => return Ok(Executed::Example),
        Does::Action => {
            states::move_object(request, collection, &key, &id, store);
            if documented_answer(request).or_else(|| successful_answer(request)).is_some() {
                return Ok(Executed::Example);
            }
            store.get_mut(&key, &id).cloned()
        }
    };
    let object = object.ok_or_else(not_found)?;
    Ok(match request.operation.answer.shape {
        ResponseShape::List { .. } => Executed::Page(Page::of_one(object, container(request, store))),
        _ => Executed::Object(object),
    })
}

/// The object that contains what a request is about.
fn container(request: &ValidRequest<'_>, store: &Store) -> Option<StoredObject> {
    let parent = request.resource.parent.as_ref()?;
    parent_object(request, parent, store).cloned()
}

/// Removes objects with what is inside of them. Returns the first one, if it exists.
fn remove(model: &Model, key: &CollectionKey, ids: &[String], store: &mut Store) -> Option<StoredObject> {
    let mut removed = Vec::new();
    for id in ids {
        removed.extend(store.remove(key, id));
    }
    removed.iter().for_each(|object| remove_children(model, key, object, store));
    removed.into_iter().next()
}

/// Removes all objects of a collection with what is inside of them. No object stands for all of them.
fn remove_all(model: &Model, key: &CollectionKey, store: &mut Store) -> StoredObject {
    let objects: Vec<_> = store.objects(key).cloned().collect();
    objects.iter().for_each(|object| remove_children(model, key, object, store));
    store.remove_collection(key);
    StoredObject::new()
}

/// The page of a list that a request asks for, with the object that contains the list.
fn list(
    request: &ValidRequest<'_>,
    collection: &Collection,
    key: &CollectionKey,
    store: &Store,
) -> Result<Executed, ApiError> {
    let query = ListQuery::new(request, collection)?;
    let objects = store.objects(key).filter(|object| states::sees(request, collection, object));
    let mut page = query.page(request.path, objects);
    page.parent = container(request, store);
    Ok(Executed::Page(page))
}
