//! Decisions of this project about stored objects: what they contain, how they begin, and who sees them.

use plivo_codegen::model::{Does, Field, Location, Operation, Presence, Resource, Segment, Type};

use crate::finding::Findings;
use crate::subject::{Match, Subject, field};

pub(crate) fn check(findings: &mut Findings, subject: &Subject<'_>, resource: &Resource) {
    check_given_by_server(findings, subject, resource);
    check_states(findings, resource);
    check_parent(findings, resource);
}

/// If all paths of a resource have a parameter that is not its id, another resource contains its objects.
fn check_parent(findings: &mut Findings, resource: &Resource) {
    let id = resource.collection.as_ref().and_then(|collection| collection.id.as_ref());
    let has =
        |operation: &Operation, name: &String| operation.path.segments.contains(&Segment::Parameter(name.clone()));
    let [first, others @ ..] = resource.operations.as_slice() else { return };
    for segment in &first.path.segments {
        let Segment::Parameter(name) = segment else { continue };
        let is_common = !others.is_empty() && others.iter().all(|operation| has(operation, name));
        let is_parent = resource.parent.as_ref().is_some_and(|parent| parent.key == *name);
        findings.expect(!is_common || Some(name) == id || is_parent, ("", "", name), "parent", || {
            format!("all paths of {} have {name}, and no resource contains its objects", resource.name)
        });
    }
}

/// A request with a list, of which the answer has a list as well, creates an object for each item.
pub(crate) fn check_creates(findings: &mut Findings, subject: &Subject<'_>, found: &Match<'_>, operation: &Operation) {
    let is_list = |ty: &Type| matches!(ty, Type::List(_));
    let required = |presence: &Presence| matches!(presence, Presence::Required(_));
    let mut sent = subject.request(operation).fields.iter();
    let sends_list =
        sent.any(|field| field.location == Location::Body && required(&field.presence) && is_list(&field.ty));
    let mut answered = operation.answer.object().into_iter().flat_map(|id| &subject.model[id].fields);
    let answers_list = operation.does == Does::Create && answered.any(|field| is_list(&field.ty));
    let is_several = operation.creates.as_ref().is_some_and(|made| made.ids.is_some() || made.objects.is_some());
    findings.expect(!sends_list || !answers_list || is_several, (found.place(), found.name, ""), "creates", || {
        "it answers a list with a list, and creates one object".to_owned()
    });
}

/// The operations that read one object see each of its states, and so do those that list objects.
fn check_states(findings: &mut Findings, resource: &Resource) {
    let states = resource.collection.as_ref().and_then(|collection| collection.states.as_ref());
    for state in states.iter().flat_map(|states| states.all()).map(|state| &state.name) {
        for does in [Does::Read, Does::List] {
            let mut operations = resource.operations.iter().filter(|operation| operation.does == does).peekable();
            let is_read = operations.peek().is_some();
            let sees = |operation: &Operation| {
                operation.sees.as_ref().is_none_or(|seen| seen.iter().any(|seen| seen == state))
            };
            let is_seen = operations.any(sees);
            findings.expect(is_seen || !is_read, ("", "", state), "seen", || {
                format!("no operation of {} that does {does:?} sees the state {state}", resource.name)
            });
        }
    }
}

/// What no request sends is given by the server. An exception says which fields a new object does not have.
fn check_given_by_server(findings: &mut Findings, subject: &Subject<'_>, resource: &Resource) {
    let Some(collection) = &resource.collection else { return };
    let is_created = resource.operations.iter().any(|operation| operation.does == Does::Create);
    // Without an id, there is one object from the start. An object with states begins in the first of them.
    let only_id = !is_created && collection.id.is_some() && collection.states.is_none();
    let sends = |operation: &Operation, name: &str| {
        let found = field(subject.request(operation), name).map(|field| field.location);
        found == Some(Location::Body) || (found == Some(Location::Path) && operation.does == Does::Create)
    };
    let is_id = |field: &&Field| Some(&field.name) == collection.id.as_ref();
    for field in subject.model[collection.object].fields.iter().filter(|field| !only_id || is_id(field)) {
        let is_sent = resource.operations.iter().any(|operation| sends(operation, &field.name));
        let is_set =
            collection.states.as_ref().is_some_and(|states| states.set(&field.name) || states.field == field.name);
        let is_made = field.holds.is_some() || field.holds_path.is_some() || field.default.is_some() || is_set;
        let holds = field.given_by_server || is_sent || is_made;
        findings.expect(holds, ("", "", &field.name), "given by the server", || {
            format!("no request sends {} of {}, and nothing else sets it", field.name, resource.name)
        });
    }
}
