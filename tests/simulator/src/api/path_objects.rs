//! The stored objects that the path of a request names: its parents, and the object itself.

use super::ValidRequest;
use super::error::ApiError;
use crate::store::{CollectionKey, Store};
use plivo_codegen::interpret::text_of;
use plivo_codegen::model::{Collection, Does, Model, Operation, Resource, Segment};

/// A path parameter that is the id of a stored object.
pub(super) struct PathObject<'a> {
    /// The name of the parameter.
    pub(super) parameter: &'a str,
    /// The resource of the object.
    resource: &'a Resource,
    /// The collection that contains the object.
    pub(super) collection: &'a Collection,
    /// The names of the parameters before it: the ids of its parents.
    parents: Vec<&'a str>,
}

/// The objects that a path names, outermost first.
///
/// A parameter counts only if some operation creates objects at its position. Otherwise no object could be stored
/// there, and every request would fail with 404.
pub(super) fn path_objects<'a>(model: &'a Model, path: &'a [Segment]) -> Vec<PathObject<'a>> {
    let mut parents = Vec::new();
    let mut objects = Vec::new();
    for (index, segment) in path.iter().enumerate() {
        let Segment::Parameter(parameter) = segment else { continue };
        let mut owners = model.resources.iter().filter_map(|resource| {
            let collection = resource.collection.as_ref()?;
            let is_owner = has_id_at(resource, index, &collection.id)
                && creates_below(resource, parents.len())
                && has_path_prefix(resource, &path[..=index]);
            is_owner.then_some((resource, collection))
        });
        if let Some((resource, collection)) = owners.next() {
            objects.push(PathObject { parameter, resource, collection, parents: parents.clone() });
        }
        parents.push(parameter);
    }
    objects
}

/// A path parameter before the id of an object: what the path names a parent by.
pub(super) struct ParentParameter<'a> {
    /// The name of the parameter.
    pub(super) name: &'a str,
    /// The resource of the parent, if some operation creates it.
    pub(super) resource: Option<&'a Resource>,
}

/// The parameters that name the parents of a resource's objects, outermost first.
pub(super) fn parents<'a>(
    model: &'a Model,
    resource: &'a Resource,
    collection: &Collection,
) -> Vec<ParentParameter<'a>> {
    let rank = |operation: &&Operation| match operation.does {
        Does::Create => 0,
        Does::List => 1,
        Does::Read | Does::Update | Does::Delete | Does::Action => 2,
    };
    let Some(operation) = resource.operations.iter().min_by_key(rank) else { return Vec::new() };
    let objects = path_objects(model, &operation.path.segments);
    let parameters = operation.path.segments.iter().filter_map(|segment| match segment {
        Segment::Parameter(name) if *name != collection.id => Some(name.as_str()),
        Segment::Parameter(_) | Segment::Literal(_) | Segment::Account => None,
    });
    let resource = |name: &str| objects.iter().find(|object| object.parameter == name).map(|object| object.resource);
    parameters.map(|name| ParentParameter { name, resource: resource(name) }).collect()
}

/// Whether the resource creates objects below this number of parents.
fn creates_below(resource: &Resource, parents: usize) -> bool {
    let mut creating = resource.operations.iter().filter(|operation| operation.does == Does::Create);
    creating.any(|operation| {
        let is_parameter = |segment: &&Segment| matches!(segment, Segment::Parameter(_));
        operation.path.segments.iter().filter(is_parameter).count() == parents
    })
}

/// Whether an operation of the resource has the id of its objects at this segment of the path.
fn has_id_at(resource: &Resource, index: usize, id: &str) -> bool {
    let is_id = |segment: &Segment| matches!(segment, Segment::Parameter(name) if name == id);
    resource.operations.iter().any(|operation| operation.path.segments.get(index).is_some_and(is_id))
}

/// Whether the path of an operation of the resource starts with these segments. The names of parameters may
/// differ: paths inside an object may use another name for its id.
fn has_path_prefix(resource: &Resource, prefix: &[Segment]) -> bool {
    let matches = |(one, other): (&Segment, &Segment)| match (one, other) {
        (Segment::Parameter(_), Segment::Parameter(_)) => true,
        (one, other) => one == other,
    };
    resource.operations.iter().any(|operation| {
        let path = &operation.path.segments;
        path.len() >= prefix.len() && path.iter().zip(prefix).all(matches)
    })
}

/// Removes the objects that are stored inside a deleted object. `path` is the one of the object.
pub(super) fn remove_children(model: &Model, path: &[Segment], key: &CollectionKey, id: &str, store: &mut Store) {
    let children = model.resources.iter().filter(|resource| has_path_prefix(resource, path));
    for resource in children {
        let parents = key.parents.iter().cloned().chain([id.to_owned()]).collect();
        store.remove_collection(&CollectionKey {
            account: key.account.clone(),
            resource: resource.name.clone(),
            parents,
        });
    }
}

/// Fails with 404 if an object that the path names does not exist.
pub(super) fn require_all(request: &ValidRequest<'_>, store: &Store) -> Result<(), ApiError> {
    let value = |name: &str| request.parameters.get(name).map(text_of);
    for object in path_objects(request.model, &request.operation.path.segments) {
        let key = CollectionKey {
            account: request.account.to_owned(),
            resource: object.resource.name.clone(),
            parents: object.parents.iter().filter_map(|name| value(name)).collect(),
        };
        if !value(object.parameter).is_some_and(|id| store.contains(&key, &id)) {
            return Err(ApiError::not_found(&request.model[object.collection.object].name));
        }
    }
    Ok(())
}
