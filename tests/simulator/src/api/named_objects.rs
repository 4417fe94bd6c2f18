//! The stored objects that the path of a request names: its parents, and the object itself.

use super::ValidRequest;
use super::error::ApiError;
use crate::store::{CollectionKey, Store, StoredObject};
use plivo_codegen::interpret::{Parameters, text_of};
use plivo_codegen::model::{Collection, Does, Field, Location, Model, Operation, Parent, Resource, Type};
use serde_json::Value;

/// A path parameter that names a stored object.
pub(super) struct NamedObject<'a> {
    /// The parameter.
    pub(super) parameter: &'a str,
    /// The field of the object that has its value.
    field: &'a str,
    /// The resource of the object.
    resource: &'a Resource,
    /// The collection that contains the object.
    pub(super) collection: &'a Collection,
}

/// The objects that must exist, outermost first.
///
/// A parent that the operation makes need not exist, and neither does a parent whose resource stores nothing. An action
/// needs its object only if some operation creates objects; otherwise every request would fail with 404.
pub(super) fn named_objects<'a>(
    model: &'a Model,
    resource: &'a Resource,
    operation: &'a Operation,
) -> Vec<NamedObject<'a>> {
    let is_needed = |parent: &&Parent| !(parent.is_made && operation.does == Does::Create);
    let parents = model.parents(resource).into_iter().filter(is_needed).filter_map(|parent| {
        let resource = &model[parent.resource];
        let collection = resource.collection.as_ref()?;
        Some(NamedObject { parameter: &parent.key, field: key_field(model, parent)?, resource, collection })
    });
    let needs_object = match operation.does {
        Does::Read | Does::Update | Does::Delete => true,
        Does::Action => is_created(model, resource),
        Does::Create | Does::List | Does::DeleteAll => false,
    };
    let own = resource.collection.as_ref().filter(|_| needs_object).and_then(|collection| {
        let parameter = own_parameter(model, operation, collection)?;
        Some(NamedObject { parameter, field: collection.id.as_ref()?, resource, collection })
    });
    parents.chain(own).collect()
}

/// Whether some operation creates objects of a resource: its own, or one that makes it as a parent.
fn is_created(model: &Model, resource: &Resource) -> bool {
    let creates = |resource: &Resource| resource.operations.iter().any(|operation| operation.does == Does::Create);
    let is_made_by = |child: &&Resource| {
        child.parent.as_ref().is_some_and(|parent| parent.is_made && model[parent.resource].name == resource.name)
    };
    creates(resource) || model.resources.iter().filter(is_made_by).any(creates)
}

/// Fails with 404 if an object that the path names does not exist.
pub(super) fn require_all(request: &ValidRequest<'_>, store: &Store) -> Result<(), ApiError> {
    for object in named_objects(request.model, request.resource, request.operation) {
        let key = collection_key(request, object.resource, store);
        let exists = |text: &String| {
            let (field, value) = name_in(request, object.parameter, object.field, text);
            has_object(store, &key, object.collection, field, value)
        };
        let exist = match named(request, object.parameter) {
            Named::All => true,
            Named::Each(texts) => texts.iter().all(exists),
        };
        if !exist {
            return Err(ApiError::not_found(&request.model[object.collection.object].name));
        }
    }
    Ok(())
}

/// Which objects a path parameter names.
pub(super) enum Named {
    /// All of the collection, by the word that the spec has for them.
    All,
    /// Those with these names: ids, or texts with a form.
    Each(Vec<String>),
}

/// The objects that a path parameter names: one, several, or all.
fn named(request: &ValidRequest<'_>, parameter: &str) -> Named {
    let ids: Vec<_> = match request.parameters.get(parameter) {
        Some(Value::Array(ids)) => ids.iter().map(text_of).collect(),
        value => vec![value.map(text_of).unwrap_or_default()],
    };
    let mut fields = request.model[request.operation.request].fields.iter();
    let all = fields
        .find(|field| field.name == parameter)
        .and_then(|field| field.constraints.delimiter.as_ref()?.all.clone());
    if all.is_some_and(|all| ids == [all.as_str()]) { Named::All } else { Named::Each(ids) }
}

/// The stored objects that the path of a request names, by their ids. A name that no object has is its own id.
pub(super) fn named_ids(
    request: &ValidRequest<'_>,
    collection: &Collection,
    key: &CollectionKey,
    store: &Store,
) -> Named {
    let (Some(id), Some(parameter)) = (&collection.id, own_parameter(request.model, request.operation, collection))
    else {
        return Named::Each(vec![String::new()]);
    };
    let stored_id = |text: String| {
        let (field, value) = name_in(request, parameter, id, &text);
        if field == id {
            return value.to_owned();
        }
        let named = store.objects(key).find(|object| object.get(field).is_some_and(|stored| text_of(stored) == value));
        named.and_then(|object| object.get(id)).map_or_else(|| text.clone(), text_of)
    };
    match named(request, parameter) {
        Named::All => Named::All,
        Named::Each(texts) => Named::Each(texts.into_iter().map(stored_id).collect()),
    }
}

/// The path parameter that names the object of an operation: its id, or a text with a form that has the id.
fn own_parameter<'a>(model: &'a Model, operation: &'a Operation, collection: &'a Collection) -> Option<&'a str> {
    let id = collection.id.as_ref()?;
    let fields = model[operation.request].fields.iter().filter(|field| field.location == Location::Path);
    let names_it = |field: &&Field| match field.ty {
        Type::Choice(choice) => model[choice].form_of(id).is_some(),
        _ => field.name == *id,
    };
    fields.into_iter().find(names_it).map(|field| field.name.as_str())
}

/// The field of the stored object, and its value, by which a text names the object.
fn name_in<'t>(request: &ValidRequest<'t>, parameter: &str, field: &'t str, text: &'t str) -> (&'t str, &'t str) {
    let mut fields = request.model[request.operation.request].fields.iter();
    let choice = fields.find(|field| field.name == parameter).and_then(|field| match field.ty {
        Type::Choice(choice) => Some(&request.model[choice]),
        _ => None,
    });
    let form = choice.and_then(|choice| choice.read(text));
    form.map_or((field, text), |(form, value)| (form.field.as_str(), value))
}

/// Whether the collection has an object with this value in the field.
pub(super) fn has_object(
    store: &Store,
    key: &CollectionKey,
    collection: &Collection,
    field: &str,
    value: &str,
) -> bool {
    if collection.id.as_deref() == Some(field) {
        return store.contains(key, value);
    }
    store.objects(key).any(|object| object.get(field).is_some_and(|stored| text_of(stored) == value))
}

/// The field of a containing object that the key of its children names: the one of that name, also within a path that
/// the object holds; or else the id, which children may call by another name.
pub(super) fn key_field<'a>(model: &'a Model, parent: &'a Parent) -> Option<&'a str> {
    let collection = model[parent.resource].collection.as_ref()?;
    let is_in_path = |(name, _): &(String, String)| *name == parent.key;
    let mut fields = model[collection.object].fields.iter();
    let is_named = fields.any(|field| {
        field.name == parent.key || field.holds_path.as_ref().is_some_and(|held| held.parameters.iter().any(is_in_path))
    });
    if is_named { Some(&parent.key) } else { collection.id.as_deref() }
}

/// The collection of a resource that a request names: the own one, or that of a parent.
pub(super) fn collection_key(request: &ValidRequest<'_>, resource: &Resource, store: &Store) -> CollectionKey {
    let parents = request.model.parents(resource).into_iter();
    CollectionKey {
        account: request.account.to_owned(),
        resource: resource.name.clone(),
        parents: parents.map(|parent| parent_name(request, parent, store)).collect(),
    }
}

/// What a stored object is called as a parent. A path can name it in several forms; without an object, the text of the
/// path remains.
fn parent_name(request: &ValidRequest<'_>, parent: &Parent, store: &Store) -> String {
    let text = value_of(request.parameters, &parent.key);
    let Some(field) = key_field(request.model, parent) else { return text };
    let (named_by, value) = name_in(request, &parent.key, field, &text);
    if named_by == field {
        return value.to_owned();
    }
    parent_object(request, parent, store).and_then(|object| object.get(field).map(text_of)).unwrap_or(text)
}

/// The stored object that contains what a request is about.
pub(super) fn parent_object<'s>(
    request: &ValidRequest<'_>,
    parent: &Parent,
    store: &'s Store,
) -> Option<&'s StoredObject> {
    let text = value_of(request.parameters, &parent.key);
    let (field, value) = name_in(request, &parent.key, key_field(request.model, parent)?, &text);
    let key = collection_key(request, &request.model[parent.resource], store);
    store.objects(&key).find(|object| object.get(field).is_some_and(|stored| text_of(stored) == value))
}

/// The field of the parent, and its value, by which a request names it.
pub(super) fn parent_named_by<'t>(
    request: &ValidRequest<'t>,
    parent: &'t Parent,
    text: &'t str,
) -> Option<(&'t str, &'t str)> {
    Some(name_in(request, &parent.key, key_field(request.model, parent)?, text))
}

fn value_of(parameters: &Parameters, name: &str) -> String {
    parameters.get(name).map(text_of).unwrap_or_default()
}

/// Removes the objects that are stored inside a deleted object.
pub(super) fn remove_children(model: &Model, key: &CollectionKey, object: &StoredObject, store: &mut Store) {
    for resource in &model.resources {
        let parents = model.parents(resource);
        let inside = parents.iter().find(|parent| model[parent.resource].name == key.resource);
        let Some(name) = inside.and_then(|parent| object.get(key_field(model, parent)?)) else { continue };
        store.remove_collection(&CollectionKey {
            account: key.account.clone(),
            resource: resource.name.clone(),
            parents: key.parents.iter().cloned().chain([text_of(name)]).collect(),
        });
    }
}
