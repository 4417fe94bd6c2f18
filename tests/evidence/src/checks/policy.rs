//! Decisions of this project for all resources, where sources say nothing.

use plivo_codegen::Model;
use plivo_codegen::model::{
    Authority, Consequence, Constraints, Does, EmptyText, Level, Location, Method, Object, ObjectId, Operation,
    Presence, Resource, Retry, Role, Type,
};

use crate::answers::Seen;
use crate::checks::stored;
use crate::finding::{Finding, Findings, Source};
use crate::subject::{Match, Subject, field, object_of};

/// How deep objects are followed. Some contain themselves.
const DEPTH: usize = 6;

pub(crate) fn check(subject: &Subject<'_>, recorded: &[Seen]) -> Vec<Finding> {
    let mut all = Vec::new();
    for found in &subject.matches {
        let mut findings = Findings::new(&found.folder.name, Source::Policy);
        for operation in &found.operations {
            findings.about(&operation.id);
            check_retry(&mut findings, found, operation);
            check_empty_text(&mut findings, found, operation);
            check_filters(&mut findings, subject, found, operation);
            stored::check_creates(&mut findings, subject, found, operation);
        }
        all.extend(findings.found);
    }
    for resource in &subject.model.resources {
        let mut findings = Findings::new(folder(subject, resource), Source::Policy);
        check_levels(&mut findings, subject.model, resource);
        stored::check(&mut findings, subject, resource);
        check_always(&mut findings, subject, resource, recorded);
        all.extend(findings.found);
    }
    all
}

/// The folder where the exceptions of a resource are.
fn folder<'s>(subject: &'s Subject<'_>, resource: &'s Resource) -> &'s str {
    let is_of = |operation: &&Operation| resource.operations.iter().any(|other| other.id == operation.id);
    let of_resource = |found: &&Match<'_>| found.operations.iter().any(is_of);
    subject.matches.iter().find(of_resource).map_or(&resource.name, |found| found.folder.name.as_str())
}

/// A GET is safe to retry, unless it costs money. Any other request is retried only if it cannot have been executed. An operation with
/// another retry class is an exception, and needs a reason.
fn check_retry(findings: &mut Findings, found: &Match<'_>, operation: &Operation) {
    let expected = if operation.method == Method::Get { Retry::Safe } else { Retry::IfNotSent };
    let claim = match operation.retry {
        Retry::Safe => "always retried",
        Retry::IfNotSent => "retried if not sent",
        Retry::Never => "never retried",
    };
    findings.expect(operation.retry == expected, (found.place(), found.name, ""), claim, || {
        format!("its retry class is {:?}", operation.retry)
    });
}

/// An empty text is sent, unless a reason is given.
fn check_empty_text(findings: &mut Findings, found: &Match<'_>, operation: &Operation) {
    let holds = operation.empty_text == EmptyText::Sent;
    findings.expect(holds, (found.place(), found.name, ""), "empty text", || "an empty text is left out".to_owned());
}

/// A filter of a list compares a field of what is listed.
fn check_filters(findings: &mut Findings, subject: &Subject<'_>, found: &Match<'_>, operation: &Operation) {
    let Some(listed) = object_of(subject.model, &operation.answer.ty).filter(|_| operation.does == Does::List) else {
        return;
    };
    let pages = &subject.model.pages;
    let of_pages = [&pages.limit, &pages.offset].into_iter().chain(&pages.cursor);
    let deferral = operation.deferral.iter().flat_map(|keys| keys.fields()).map(|key| &key.name);
    let others: Vec<&String> = of_pages.chain(deferral).collect();
    let fields = &subject.request(operation).fields;
    for filter in fields.iter().filter(|field| field.location == Location::Query && !others.contains(&&field.name)) {
        let compared = filter.filters.as_ref().unwrap_or(&filter.name);
        let is_listed = field(listed, compared).is_some();
        findings.expect(is_listed, (found.place(), found.name, &filter.name), "filter", || {
            format!("{} has no field {compared}", listed.name)
        });
    }
}

/// An answer that lacks an `always` field fails to decode, so only the id of the stored object is `always` there, if
/// every recorded answer has it. The other fields can be requested by the id.
fn check_always(findings: &mut Findings, subject: &Subject<'_>, resource: &Resource, recorded: &[Seen]) {
    let id_name = resource.collection.as_ref().and_then(|collection| collection.id.as_ref());
    let mut ids = Vec::new();
    resource.operations.iter().for_each(|operation| collect(subject.model, &operation.answer.ty, &mut ids));
    for id in ids {
        let count = |name: &str| {
            let of_field = |seen: &&Seen| seen.0 == id && seen.1 == name && (name.is_empty() || !seen.2.is_null());
            recorded.iter().filter(of_field).count()
        };
        for field in &subject.model[id].fields {
            // A field of a part of requests is required there.
            let is_always = match field.presence {
                Presence::Always(_) => true,
                Presence::Required(_) => subject.model[id].role == Role::Answer,
                Presence::Optional | Presence::AnswerOnly => false,
            };
            let is_id = Some(&field.name) == id_name;
            let has_all = count("") > 0 && count("") == count(&field.name);
            let name = field.name.as_str();
            findings.expect(!is_always || is_id, ("", "", name), "always", || {
                format!("{}.{name} is always there", subject.model[id].name)
            });
            findings.expect(is_always || !is_id || !has_all, ("", "", name), "id", || {
                format!("{}.{name} is in every recorded answer, and not always there", subject.model[id].name)
            });
        }
    }
}

/// The objects in a type of answers.
fn collect(model: &Model, ty: &Type, found: &mut Vec<ObjectId>) {
    match ty {
        Type::Object(id) if !found.contains(id) => {
            found.push(*id);
            model[*id].fields.iter().for_each(|field| collect(model, &field.ty, found));
        }
        Type::List(item) | Type::Map(item) => collect(model, item, found),
        _ => {}
    }
}

/// A violation of what documentation says is an error, and a violation of what another source says is a warning.
fn check_levels(findings: &mut Findings, model: &Model, resource: &Resource) {
    for source in &resource.module.sources {
        let is_documentation = source.says.contains("documentation");
        let is_error = source.enforce == Level::Error;
        findings.expect(is_error == is_documentation, ("", &source.name, ""), "level", || {
            format!("{}: {} counts as {:?}", resource.module.file, source.says, source.enforce)
        });
    }
    let mut authorities = Vec::new();
    for operation in &resource.operations {
        of_object(model, &mut authorities, &model[operation.request], DEPTH);
        operation.answer.object().into_iter().for_each(|id| of_object(model, &mut authorities, &model[id], DEPTH));
    }
    for (name, owner, authority) in authorities {
        let Some(module) = model.module(owner) else { continue };
        let is_error = authority.sources.iter().any(|id| module[*id].enforce == Level::Error);
        let holds = is_error == (authority.level == Level::Error);
        let claim = if is_error { "error" } else { "warning" };
        let is_new = !findings.found.iter().any(|found| found.name == name && found.claim == claim);
        findings.expect(holds || !is_new, ("", "", &name), claim, || format!("{name} counts as {:?}", authority.level));
    }
}

type Named<'m> = (String, plivo_codegen::model::Owner, &'m Authority);

fn of_object<'m>(model: &'m Model, all: &mut Vec<Named<'m>>, object: &'m Object, depth: usize) {
    let mut add = |name: &str, authority| all.push((name.to_owned(), object.owner, authority));
    for field in &object.fields {
        if let Presence::Required(authority) = &field.presence {
            // Path parameters need no source: without them there is no request.
            if field.location != Location::Path {
                add(&field.name, authority);
            }
        }
        of_checks(&field.constraints).for_each(|authority| add(&field.name, authority));
    }
    object.at_least.iter().for_each(|limit| add("at_least", &limit.authority));
    for rule in &object.rules {
        if let Consequence::Needs(_, authority) | Consequence::Count { authority, .. } = &rule.then {
            add(&rule.name, authority);
        }
    }
    for part in object.fields.iter().filter_map(|field| part_of(model, &field.ty)).filter(|_| depth > 0) {
        of_object(model, all, part, depth - 1);
    }
}

fn part_of<'m>(model: &'m Model, ty: &Type) -> Option<&'m Object> {
    crate::subject::object_of(model, ty)
}

fn of_checks(checks: &Constraints) -> impl Iterator<Item = &Authority> {
    let lengths = [&checks.min_length, &checks.max_length].into_iter().flatten().map(|limit| &limit.authority);
    let numbers = [&checks.min, &checks.max].into_iter().flatten().map(|limit| &limit.authority);
    let format = checks.format.iter().map(|limit| &limit.authority);
    lengths.chain(numbers).chain(format).chain(&checks.values)
}
