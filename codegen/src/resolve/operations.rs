//! Operations: the passes over each, and the checks that need no pass of their own.

use std::collections::HashMap;

use super::answer_examples::check_answer_example;
use super::body::body;
use super::clears::check_clears;
use super::context::Cx;
use super::copy_budget::Fields;
use super::creates::creates;
use super::deferral::deferral_keys;
use super::entries::{Taker, entries};
use super::examples::check_examples;
use super::filters::check_filters;
use super::fixed::{check_fixed, count_fields, fixed};
use super::found_by::resolve_found_by;
use super::like::check_without;
use super::objects::{FieldAt, complete_object, reserve_object, type_name};
use super::path::path_fields;
use super::queries::names_object;
use super::references::{self, example_named, same_name, unknown};
use super::request_fields::RequestFields;
use super::request_line::request_line;
use super::response::answer;
use super::rules::{Listed, rules};
use super::transitions;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{Authorship, EntryDoc, NO_ID, OperationDoc, Spanned};
use crate::model::{
    Does, EmptyText, Example, HostId, Location, Method, ObjectId, Operation, Path, Retry, Role, Stage, States,
};
use crate::names;

/// Which parts of a file are free of problems. Further checks of other parts would only repeat a known problem.
#[derive(Clone, Copy)]
pub(super) struct Sound {
    /// The fields of the file.
    pub(super) fields: bool,
    /// The answers and the examples, including misspelt keys that could belong to them.
    pub(super) answers: bool,
}

/// Resolves the file's operations and checks their examples.
pub(super) fn operations(
    cx: &mut Cx<'_, '_>,
    fields: &mut Fields<'_>,
    examples: &[Example],
    states: Option<&States>,
    sound: Sound,
) -> Vec<Operation> {
    let mut operations: Vec<Operation> = Vec::new();
    let mut names: HashMap<String, Span> = HashMap::new();
    let mut listed = Listed::default();
    for (name, doc) in &cx.known.doc.operations {
        let Some(operation) = operation(cx, fields, &mut listed, states, name, doc) else { continue };
        if let Some(first) = names.get(&operation.ident) {
            cx.diagnostics.push(same_name("operation", &operation.ident, name, *first));
        }
        names.insert(operation.ident.clone(), name.span);
        // A problem with a field would show in the examples again.
        if sound.fields {
            check_examples(cx.known, cx.model, &operation, doc, examples, cx.diagnostics);
        }
        // An example that could not be read is not missing as well.
        if sound.answers {
            check_answer_example(cx.model, &operation, doc, examples, cx.diagnostics);
        }
        operations.push(operation);
    }
    resolve_found_by(cx, &mut operations, &names);
    operations
}

fn operation(
    cx: &mut Cx<'_, '_>,
    fields: &mut Fields<'_>,
    listed: &mut Listed,
    states: Option<&States>,
    name: &Spanned<String>,
    doc: &OperationDoc,
) -> Option<Operation> {
    let before = cx.diagnostics.errors();
    let known = cx.known;
    let ident = method_name(name, cx.diagnostics);
    let host = host(cx, doc);
    let request = doc.request.as_ref().and_then(|line| Some((line, request_line(line, cx.diagnostics)?)));
    let id = request_object(cx, fields, name, doc, request.as_ref())?;
    check_fixed(&cx.model[id], doc, cx.diagnostics);
    let parameters = RequestFields::of(&cx.model[id], doc);
    let rules = rules(cx, fields, &parameters, listed, doc);
    let at_least = doc.at_least.as_ref().map(|fact| known.constraint(fact, &Authorship::default(), cx.diagnostics));
    let object = &mut cx.model.objects[id.0];
    (object.rules, object.at_least) = (rules, at_least);
    let body = body(cx.model, doc, id, cx.diagnostics);
    let answer = doc.answer.as_ref().and_then(|it| answer(cx, doc.does, it));
    let creates = doc.creates.as_ref().and_then(|it| creates(cx, fields, &parameters, doc.does, it, answer.as_ref()));
    let deferral = request.as_ref().and_then(|(_, (method, path))| deferral_keys(cx, fields, (*method, path), doc));
    let path = request.as_ref().map(|(_, (_, path))| path);
    let (sees, moves) = (transitions::sees(cx, path, id, doc), transitions::moves(cx, states, path, id, doc));
    let contradictions = known.contradictions(&doc.contradictions, cx.diagnostics);
    let sources = known.sources(&doc.by, None, cx.diagnostics);
    let examples = doc.examples.iter().filter_map(|name| example_named(known, name, cx.diagnostics)).collect();
    let is_read = !doc.is_unread && deferral.is_some() == doc.deferred.is_some();
    let (_, (method, path)) = request.filter(|_| is_read && cx.diagnostics.errors() == before)?;
    Some(Operation {
        name: name.is.clone(),
        id: format!("{}.{}", known.doc.resource.is, name.is),
        ident: ident?,
        summary: doc.summary.clone(),
        does: doc.does,
        creates,
        sees,
        moves,
        method,
        host: host?,
        path,
        fixed: fixed(doc),
        // The list may be declared later.
        found_by: None,
        stage: doc.stage.unwrap_or(Stage::Released),
        deprecated: doc.deprecated.clone(),
        request: id,
        body,
        empty_text: doc.empty_text.unwrap_or(EmptyText::Sent),
        retry: doc.retry.unwrap_or(if method == Method::Get { Retry::Safe } else { Retry::IfNotSent }),
        answer: answer?,
        deferral,
        examples,
        sources,
        contradictions,
        position: name.span.into(),
    })
}

/// The object of the request, with its fields.
fn request_object(
    cx: &mut Cx<'_, '_>,
    fields: &mut Fields<'_>,
    name: &Spanned<String>,
    doc: &OperationDoc,
    request: Option<&(&Spanned<String>, (Method, Path))>,
) -> Option<ObjectId> {
    let mut taken = match request {
        Some((line, (_, path))) => path_fields(cx, fields, line, path, doc),
        None => Vec::new(),
    };
    let mut query = entries(cx, fields, &doc.query, Taker::Request(Location::Query));
    check_filters(&mut query, doc.answer.as_ref().is_none_or(|answer| answer.list.is_some()), cx.diagnostics);
    taken.extend(query);
    taken.extend(entries(cx, fields, &doc.body, Taker::Request(Location::Body)));
    if let Some((line, (method, path))) = request {
        check_body(*method, doc, cx.diagnostics);
        check_verb(line, *method, doc.does, cx.diagnostics);
        check_collection(cx, line, path, doc, &taken);
    }
    check_compare(doc, cx.diagnostics);
    check_clears(doc, &taken, cx.diagnostics);
    check_at_least(doc, cx.diagnostics);
    check_without(cx.known, doc, cx.diagnostics);
    let type_name = request_name(cx, name, doc)?;
    let id = reserve_object(cx, type_name, name.span, Role::Request, &doc.summary);
    complete_object(cx, id, taken);
    Some(id)
}

fn method_name(name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<String> {
    let ident = names::method(&name.is);
    if ident.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::MalformedName, format!("`{}` cannot be turned into the name of a method", name.is))
                .at(name.span, "invalid name")
                .help(names::SNAKE_CASE),
        );
    }
    ident
}

fn request_name(cx: &mut Cx<'_, '_>, name: &Spanned<String>, doc: &OperationDoc) -> Option<String> {
    if let Some(given) = &doc.name {
        return type_name(cx, given, Some(given.is.clone()));
    }
    let subject =
        if matches!(doc.does, Does::List | Does::DeleteAll) { &cx.known.doc.plural } else { &cx.known.doc.resource };
    type_name(cx, name, names::pascal(&format!("{}_{}", name.is, subject.is)))
}

fn host(cx: &mut Cx<'_, '_>, doc: &OperationDoc) -> Option<HostId> {
    let hosts = &cx.model.hosts;
    let Some(name) = &doc.host else { return (!hosts.is_empty()).then_some(HostId(0)) };
    let found = hosts.iter().position(|host| host.name == name.is);
    if found.is_none() {
        unknown(cx.diagnostics, &references::HOST, name, || hosts.iter().map(|host| host.name.as_str()));
    }
    found.map(HostId)
}

fn check_body(method: Method, doc: &OperationDoc, diagnostics: &mut Diagnostics) {
    if let Some((first, _)) = doc.body.first().filter(|_| method == Method::Get) {
        diagnostics.push(
            Diagnostic::new(Code::BodyOnGet, "a GET request cannot have a body")
                .at(first.span, "a field of the body")
                .help("move the fields to `query`, or correct the method"),
        );
    }
}

/// The method fits the operation. With the wrong one, a request might be sent again.
fn check_verb(line: &Spanned<String>, method: Method, does: Does, diagnostics: &mut Diagnostics) {
    let (does, allowed, expected): (_, &[Method], _) = match does {
        Does::Read => ("read", &[Method::Get], "`GET`"),
        Does::List => ("list", &[Method::Get], "`GET`"),
        Does::Create => ("create", &[Method::Post, Method::Patch], "`POST` or `PATCH`"),
        Does::Update => ("update", &[Method::Post, Method::Patch], "`POST` or `PATCH`"),
        Does::Delete => ("delete", &[Method::Delete], "`DELETE`"),
        Does::DeleteAll => ("delete_all", &[Method::Delete], "`DELETE`"),
        Does::Action => return,
    };
    if !allowed.contains(&method) {
        diagnostics.push(
            Diagnostic::new(Code::WrongVerb, format!("the method does not fit `does: {does}`"))
                .at(line.span, format!("expected {expected}"))
                .help("correct the method or `does`, or write `does: action`"),
        );
    }
}

/// Only lists can be filtered.
fn check_compare(doc: &OperationDoc, diagnostics: &mut Diagnostics) {
    let is_list = doc.answer.as_ref().is_none_or(|answer| answer.list.is_some());
    let compares = |entry: &EntryDoc| match entry {
        EntryDoc::Own(field) => !field.compare.is_empty(),
        EntryDoc::Named(entry) => !entry.compare.is_empty(),
        EntryDoc::Fixed(_) => false,
    };
    for (name, _) in doc.query.iter().filter(|(_, entry)| !is_list && compares(entry)) {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, format!("`compare` is not allowed on the field `{}`", name.is))
                .at(name.span, "the answer of this operation is not a list")
                .help("remove `compare`, or add `list: <key>` to the answer"),
        );
    }
}

fn check_at_least(doc: &OperationDoc, diagnostics: &mut Diagnostics) {
    let fields = u64::try_from(count_fields(&doc.body)).unwrap_or(u64::MAX);
    if let Some(fact) = doc.at_least.as_ref().filter(|fact| !doc.is_unread && fact.is.is > fields) {
        diagnostics.push(
            Diagnostic::new(Code::ImpossibleLimit, "`at_least` is greater than the number of fields in the body")
                .at(fact.is.span, format!("the body has {fields} {}", if fields == 1 { "field" } else { "fields" }))
                .help("write a smaller number, or remove `at_least`"),
        );
    }
}

/// An operation on one object of the collection names it in its path. The only object of a resource has no id.
fn check_collection(cx: &mut Cx<'_, '_>, line: &Spanned<String>, path: &Path, doc: &OperationDoc, taken: &[FieldAt]) {
    let Some(id) = &cx.known.doc.id else { return };
    if id.is == NO_ID {
        if !matches!(doc.does, Does::Read | Does::Update | Does::Action) {
            cx.diagnostics.push(
                Diagnostic::new(Code::NoCollection, "a resource with `id: none` has one object")
                    .at(line.span, "this operation creates, lists or deletes objects")
                    .with(id.span, "the only object exists from the start")
                    .help("write the field that identifies an object in `id`, or correct `does`"),
            );
        }
        return;
    }
    let named = names_object(cx.model, &id.is, path, taken.iter().map(|(field, _)| field));
    if matches!(doc.does, Does::Read | Does::Update | Does::Delete) && !named {
        cx.diagnostics.push(
            Diagnostic::new(Code::IdNotInPath, format!("the path does not contain `{{{}}}`", id.is))
                .at(line.span, "which object does this request act on?")
                .with(id.span, "this field identifies an object")
                .help(format!("add `{{{}}}` to the path, or write `does: action`", id.is)),
        );
    }
}
