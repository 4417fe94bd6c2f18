//! The objects inside of requests and answers: what Go's tags, or a page, say about the presence of their fields, and
//! whether a field of any value is known to have several types.

use std::collections::BTreeSet;

use plivo_codegen::Model;
use plivo_codegen::model::{Object, ObjectId, Operation, Presence, Role, Type};

use crate::authority::stated;
use crate::evidence::Folder;
use crate::finding::{Finding, Findings, Source};
use crate::subject::Subject;

pub(crate) fn check(subject: &Subject<'_>, folder: &Folder) -> Vec<Finding> {
    let mut findings = Findings::new(&folder.name, Source::Sdks);
    let mut reported = BTreeSet::new();
    for operation in subject.of_folder(folder).flat_map(|found| found.operations.iter().copied()) {
        findings.about(&operation.id);
        for object in objects(subject.model, operation) {
            check_required(&mut findings, subject, folder, object, &mut reported);
            check_any(&mut findings, folder, object, &mut reported);
        }
    }
    findings.found
}

/// A field of an object in a request is required only if a tag or a page says so.
fn check_required(
    findings: &mut Findings,
    subject: &Subject<'_>,
    folder: &Folder,
    object: &Object,
    reported: &mut BTreeSet<(String, &'static str)>,
) {
    if object.role != Role::Part {
        return;
    }
    for field in &object.fields {
        let Presence::Required(authority) = &field.presence else { continue };
        let mut tags = folder.structs.iter().filter(|row| row.key == field.name && row.role == "request part");
        let mut rows = folder.pages.iter().flat_map(|page| &page.rows);
        let mut classes = folder.classes.iter().filter(|row| row.key == field.name);
        let is_known = tags.any(|row| row.tag.split(',').any(|tag| tag == "required"))
            || rows.any(|row| !row.of.is_empty() && row.name == field.name)
            || classes.any(|row| !row.insist.is_empty());
        if !is_known && reported.insert((field.name.clone(), "required")) {
            findings.expect_stated(false, ("", "", &field.name), "required in an object", || {
                let stated = stated(subject.model, object.owner, &authority.sources);
                (format!("{}.{} is required", object.name, field.name), stated)
            });
        }
    }
}

/// A field of any value is one that no SDK states the type of, or that has several types.
fn check_any(
    findings: &mut Findings,
    folder: &Folder,
    object: &Object,
    reported: &mut BTreeSet<(String, &'static str)>,
) {
    for field in object.fields.iter().filter(|field| is_any(&field.ty)) {
        let mut rows = folder.structs.iter().filter(|row| row.key == field.name);
        let is_known = rows.any(|row| row.ty.contains("interface{}"));
        if !is_known && reported.insert((field.name.clone(), "any")) {
            findings.expect(false, ("", "", &field.name), "any", || {
                format!("{}.{} has any value", object.name, field.name)
            });
        }
    }
}

fn is_any(ty: &Type) -> bool {
    match ty {
        Type::Any => true,
        Type::List(item) | Type::Map(item) => is_any(item),
        _ => false,
    }
}

pub(crate) fn objects<'m>(model: &'m Model, operation: &'m Operation) -> Vec<&'m Object> {
    let mut found = Vec::new();
    collect(model, &Type::Object(operation.request), &mut found);
    collect(model, &operation.answer.ty, &mut found);
    found.into_iter().map(|id| &model[id]).collect()
}

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
