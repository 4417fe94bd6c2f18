//! Which stored objects a path leads through: the object itself, and those that it lies in.

use crate::operate::Call;
use crate::refusal::Refusal;
use crate::state::{Place, State};
use plivo_codegen::interpret::text_of;
use plivo_codegen::model::{Collection, Does, Model, Resource, Segment};

/// A parameter of a path that names an object.
pub(crate) struct Named<'a> {
    /// Its name.
    pub(crate) parameter: &'a str,
    /// The resource of the object.
    pub(crate) resource: &'a Resource,
    /// The collection that it is in.
    pub(crate) collection: &'a Collection,
    /// The parameters before it.
    before: Vec<&'a str>,
}

/// The parameters that name objects, in their order. A resource that creates nothing there has nothing that could
/// be missing: it can be called all the same.
pub(crate) fn named<'a>(model: &'a Model, path: &'a [Segment]) -> Vec<Named<'a>> {
    let mut before = Vec::new();
    let mut named = Vec::new();
    for (place, segment) in path.iter().enumerate() {
        let Segment::Parameter(parameter) = segment else { continue };
        let mut owners = model.resources.iter().filter_map(|resource| {
            let collection =
                resource.collection.as_ref().filter(|collection| is_called(resource, place, &collection.id))?;
            let is_home = creates(resource, before.len()) && has_path(resource, &path[..=place]);
            is_home.then_some((resource, collection))
        });
        if let Some((resource, collection)) = owners.next() {
            named.push(Named { parameter, resource, collection, before: before.clone() });
        }
        before.push(parameter);
    }
    named
}

/// Whether objects are created inside of so many others.
fn creates(resource: &Resource, parents: usize) -> bool {
    let mut creating = resource.operations.iter().filter(|operation| operation.does == Does::Create);
    creating.any(|operation| {
        let is_parameter = |segment: &&Segment| matches!(segment, Segment::Parameter(_));
        operation.path.segments.iter().filter(is_parameter).count() == parents
    })
}

/// Whether the resource itself has its id at this place of a path.
fn is_called(resource: &Resource, place: usize, id: &str) -> bool {
    let has_id = |segment: &Segment| matches!(segment, Segment::Parameter(name) if name == id);
    resource.operations.iter().any(|operation| operation.path.segments.get(place).is_some_and(has_id))
}

/// Whether the path of an operation begins so. What a parameter is called does not count: a path inside of an object
/// may call its id otherwise.
fn has_path(resource: &Resource, beginning: &[Segment]) -> bool {
    let is_same = |(one, other): (&Segment, &Segment)| match (one, other) {
        (Segment::Parameter(_), Segment::Parameter(_)) => true,
        (one, other) => one == other,
    };
    resource.operations.iter().any(|operation| {
        let path = &operation.path.segments;
        path.len() >= beginning.len() && path.iter().zip(beginning).all(is_same)
    })
}

/// Takes away what lies in an object that is gone.
pub(crate) fn forget_inside(call: &Call<'_>, gone: &Place, id: &str, state: &mut State) {
    let path = &call.operation.path.segments;
    let inside = call.model.resources.iter().filter(|resource| has_path(resource, path));
    for resource in inside {
        let parents = gone.parents.iter().cloned().chain([id.to_owned()]).collect();
        let place = Place { account: gone.account.clone(), resource: resource.name.clone(), parents };
        state.remove_all(&place);
    }
}

/// Refuses a call whose path leads through an object that is not there.
pub(crate) fn check(call: &Call<'_>, state: &State) -> Result<(), Refusal> {
    let text = |name: &str| call.parameters.get(name).map(text_of);
    for named in named(call.model, &call.operation.path.segments) {
        let place = Place {
            account: call.account.to_owned(),
            resource: named.resource.name.clone(),
            parents: named.before.iter().filter_map(|name| text(name)).collect(),
        };
        if !text(named.parameter).is_some_and(|id| state.has(&place, &id)) {
            return Err(Refusal::not_found(&call.model[named.collection.object].name));
        }
    }
    Ok(())
}
