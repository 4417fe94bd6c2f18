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
            let collection = resource.collection.as_ref().filter(|collection| collection.id == *parameter)?;
            let is_home = creates(resource, &before) && has_path(resource, &path[..=place]);
            is_home.then_some((resource, collection))
        });
        if let Some((resource, collection)) = owners.next() {
            named.push(Named { parameter, resource, collection, before: before.clone() });
        }
        before.push(parameter);
    }
    named
}

/// Whether objects are created inside of those that these parameters name.
fn creates(resource: &Resource, parameters: &[&str]) -> bool {
    let mut creating = resource.operations.iter().filter(|operation| operation.does == Does::Create);
    creating.any(|operation| {
        let names = operation.path.segments.iter().filter_map(|segment| match segment {
            Segment::Parameter(name) => Some(name.as_str()),
            Segment::Literal(_) | Segment::Account => None,
        });
        names.eq(parameters.iter().copied())
    })
}

/// Whether the path of an operation begins so. Two collections may call their ids the same.
fn has_path(resource: &Resource, beginning: &[Segment]) -> bool {
    resource.operations.iter().any(|operation| operation.path.segments.starts_with(beginning))
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
