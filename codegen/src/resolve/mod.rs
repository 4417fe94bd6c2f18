//! Documents to the model: names become final, references lead somewhere, facts are checked.
//!
//! Each subject of a file has one pass. A pass takes what is known, and returns what it has found.

mod answer_examples;
mod answer_parts;
mod answers;
mod api;
mod body;
mod choices;
mod clears;
mod constraints;
mod context;
mod copy_budget;
mod creates;
mod declared;
mod defaults;
mod deferral;
mod entries;
mod enums;
mod examples;
mod fields;
mod filters;
mod fixed;
mod formats;
mod found_by;
mod groups;
mod head;
mod like;
mod misplaced;
mod objects;
mod operations;
mod paged;
mod parents;
mod path;
mod queries;
mod recursion;
mod references;
mod request_fields;
mod request_line;
mod response;
mod routes;
mod rules;
mod sdks;
mod second_forms;
mod shared;
mod sources;
mod states;
mod transitions;
mod unused;
mod uses;
mod witnesses;

use crate::diagnostic::Diagnostics;
use crate::document::{ApiDoc, ResourceDoc};
use crate::model::{Model, Module, Owner, Resource, ResourceId, Type};
use crate::names;
use crate::parse::Documents;
use context::{Cx, Known, Made};
use operations::Sound;
use shared::Shared;

/// The model of a spec. Complete only if no problem was reported.
pub(crate) fn resolve(mut documents: Documents, diagnostics: &mut Diagnostics) -> Option<Model> {
    paged::add_parameters(&mut documents, diagnostics);
    let documents = &documents;
    let api = documents.api.as_ref()?;
    let mut model = api::api(api, diagnostics);
    sources::declared(&api.sources, diagnostics);
    let shared = match &documents.shared {
        Some(doc) => shared(doc, api, &mut model, diagnostics),
        None => Shared { is_unread: documents.shared_is_unread, ..Shared::default() },
    };
    let mut docs: Vec<_> = documents.resources.iter().collect();
    docs.sort_by(|one, other| one.resource.is.cmp(&other.resource.is));
    for (index, doc) in docs.iter().enumerate() {
        let sources = sources::sources(doc, &api.sources, diagnostics);
        let known = Known::new(doc, Owner::Resource(ResourceId(index)), sources, &shared);
        let mut made = Made::default();
        let mut cx = Cx { known: &known, model: &mut model, made: &mut made, diagnostics };
        let resource = resource(&mut cx);
        model.resources.extend(resource);
    }
    parents::parents(&docs, &shared, &mut model, diagnostics);
    groups::members(api, &docs, &mut model, diagnostics);
    routes::check_routes(documents.api.as_ref(), &docs, diagnostics);
    model.sdks = sdks::sdks(documents, &model, diagnostics);
    unused::check_unused_shared(documents, diagnostics);
    answer_parts::make_answers_of_parts(&mut model);
    debug_assert!(model.objects.is_sorted_by_key(|object| object.owner), "the objects of modules are mixed");
    debug_assert!(model.enums.is_sorted_by_key(|listed| listed.owner), "the enumerations of modules are mixed");
    debug_assert!(model.choices.is_sorted_by_key(|choice| choice.owner), "the choices of modules are mixed");
    Some(model)
}

/// Resolves what resources share.
fn shared<'d>(doc: &'d ResourceDoc, api: &ApiDoc, model: &mut Model, diagnostics: &mut Diagnostics) -> Shared<'d> {
    let none = Shared::default();
    let sources = sources::sources(doc, &api.sources, diagnostics);
    let known = Known::new(doc, Owner::Shared, sources, &none);
    let mut made = Made::default();
    let mut cx = Cx { known: &known, model, made: &mut made, diagnostics };
    fields::types(&mut cx);
    let mut fields = fields::fields(&mut cx);
    answers::answers(&mut cx, &mut fields);
    witnesses::reject_examples(doc, diagnostics);
    recursion::check_recursion(model, &made.inlined, diagnostics);
    let (ident, summary) = (doc.resource.is.clone(), doc.summary.clone());
    let file = diagnostics.file(doc.file).path.clone();
    let own = known.sources.len() - sources::in_api(&api.sources);
    model.shared = Some(Module { ident, file, summary, sources: known.sources.clone() });
    let answers = made.types.iter().filter_map(|(name, ty)| match ty {
        Some(Type::Object(id)) if known.is_answer(name) => Some((name.clone(), *id)),
        _ => None,
    });
    let answers = answers.collect();
    let types = made.types.into_iter().filter_map(|(name, ty)| Some((name, ty?))).collect();
    Shared { doc: Some(doc), is_unread: false, types, answers, fields: fields.into_own(), sources: known.sources, own }
}

/// Resolves a resource: one pass after the other.
fn resource(cx: &mut Cx<'_, '_>) -> Option<Resource> {
    let doc = cx.known.doc;
    let file = cx.diagnostics.file(doc.file).clone();
    let shared_is_read = cx.known.shared.is_sound(cx.diagnostics);
    let is_read = shared_is_read && !cx.diagnostics.has_errors_in(doc.file);
    head::check_name(&doc.resource, &file, cx.diagnostics);
    let handle = head::handle(cx);
    let before = cx.diagnostics.errors();
    fields::types(cx);
    let mut fields = fields::fields(cx);
    let fields_are_sound = shared_is_read && cx.diagnostics.errors() == before && !cx.diagnostics.has_broken(doc.file);
    answers::answers(cx, &mut fields);
    let examples = examples::examples(cx.known, cx.diagnostics);
    witnesses::check_witnesses(cx.known, &examples, cx.diagnostics);
    examples::check_listed(doc, cx.diagnostics);
    let answers_are_sound = is_read && fields_are_sound && cx.diagnostics.errors() == before;
    let sound = Sound { fields: fields_are_sound, answers: answers_are_sound };
    let states = states::states(cx, &fields);
    let operations = operations::operations(cx, &mut fields, &examples, states.as_ref(), sound);
    if let Some(states) = &states {
        transitions::check_reachable(cx, states, &operations);
    }
    head::check_head(cx);
    let collection = head::collection(cx, states);
    recursion::check_recursion(cx.model, &cx.made.inlined, cx.diagnostics);
    let sources = sources::with_shared(cx.known, fields.taken_shared(), cx.diagnostics);
    unused::check_unused(cx.known, cx.diagnostics);
    let name = doc.resource.is.clone();
    let (singular, plural) = head::prose(doc);
    let method = names::method(&doc.plural.is)?;
    let (ident, summary) = (names::snake(&name)?, doc.summary.clone());
    let module = Module { ident, file: file.path, summary, sources };
    let (parent, group) = (None, None);
    Some(Resource {
        name,
        module,
        singular,
        plural,
        handle: handle?,
        method,
        parent,
        group,
        collection,
        operations,
        examples,
    })
}
