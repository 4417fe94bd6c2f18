//! The values of enumerations: an SDK checks or sends each by itself, or it is in a tag of Go, on a page, in a recorded
//! answer or in a recorded request.

use std::collections::{BTreeMap, BTreeSet};

use plivo_codegen::Model;
use plivo_codegen::model::{EnumId, Field, Object, ObjectId, Operation, Owner, ResponseShape, Type};
use serde_json::Value;

use crate::authority::stated;
use crate::evidence::{Evidence, Fixed, Folder};
use crate::finding::{Finding, Findings, Source};
use crate::subject::Subject;

/// The known texts of each key, in lower case.
type Texts<'e> = BTreeMap<&'e str, BTreeSet<String>>;

pub(crate) fn check(subject: &Subject<'_>, folder: &Folder) -> Vec<Finding> {
    let mut findings = Findings::new(&folder.name, Source::Sdks);
    let own = texts(subject.evidence, [folder]);
    let all = texts(subject.evidence, &subject.evidence.folders);
    let mut reported = BTreeSet::new();
    for operation in subject.of_folder(folder).flat_map(|found| found.operations.iter().copied()) {
        findings.about(&operation.id);
        for (object, field) in fields(subject.model, operation) {
            let Some(id) = listing(&field.ty) else { continue };
            let listed = &subject.model[id];
            // Several resources share the values of a shared enumeration.
            let known = if listed.owner == Owner::Shared { &all } else { &own };
            let known = known.get(field.name.as_str());
            for value in &listed.values {
                let is_known = known.is_some_and(|texts| texts.contains(&value.wire.to_lowercase()));
                let name = format!("{}/{}", field.name, value.wire.replace(' ', "_"));
                if !is_known && reported.insert(name.clone()) {
                    let authority = field.constraints.values.as_ref();
                    let sources = authority.map_or(&field.sources, |authority| &authority.sources);
                    findings.expect_stated(false, ("", "", &name), "value", || {
                        let stated = stated(subject.model, object.owner, sources);
                        ("no SDK and no test has it".to_owned(), stated)
                    });
                }
            }
        }
    }
    findings.found
}

fn listing(ty: &Type) -> Option<EnumId> {
    match ty {
        Type::Enum(id) => Some(*id),
        Type::List(item) | Type::Map(item) => listing(item),
        _ => None,
    }
}

/// The fields of an operation's request and answer, at any depth.
fn fields<'m>(model: &'m Model, operation: &'m Operation) -> Vec<(&'m Object, &'m Field)> {
    let mut objects = Vec::new();
    collect(model, &Type::Object(operation.request), &mut objects);
    collect(model, &operation.answer.ty, &mut objects);
    if let ResponseShape::List { beside: Some(id), .. } = &operation.answer.shape {
        collect(model, &Type::Object(*id), &mut objects);
    }
    let of_object = |object: &'m Object| object.fields.iter().map(move |field| (object, field));
    objects.into_iter().flat_map(|id| of_object(&model[id])).collect()
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

/// The texts that some folders know.
fn texts<'e>(evidence: &'e Evidence, folders: impl IntoIterator<Item = &'e Folder>) -> Texts<'e> {
    let mut texts = Texts::new();
    for folder in folders {
        let is_own = |row: &&Fixed| row.operation.split('.').next() == Some(&folder.name);
        for row in evidence.fixed.iter().chain(&evidence.defaults).filter(is_own) {
            texts.entry(&row.key).or_default().insert(row.value.to_lowercase());
        }
        for row in &folder.limits {
            texts.entry(&row.key).or_default().extend(row.values.iter().map(|value| value.to_lowercase()));
        }
        for row in &folder.structs {
            let listed = row.tag.split(',').filter_map(|tag| tag.strip_prefix("oneof="));
            let words = listed.flat_map(str::split_whitespace).map(str::to_lowercase);
            texts.entry(&row.key).or_default().extend(words);
        }
        for row in folder.pages.iter().flat_map(|page| &page.rows) {
            texts.entry(&row.name).or_default().extend(row.values.iter().map(|value| value.to_lowercase()));
        }
        folder.answers.iter().for_each(|row| of_value("", &row.body, &mut texts));
        for row in &folder.requests {
            row.query.iter().chain(&row.body).for_each(|(key, value)| of_value(key, value, &mut texts));
        }
    }
    texts
}

fn of_value<'e>(key: &'e str, value: &'e Value, texts: &mut Texts<'e>) {
    match value {
        Value::String(text) => {
            texts.entry(key).or_default().insert(text.to_lowercase());
        }
        Value::Array(items) => items.iter().for_each(|item| of_value(key, item, texts)),
        Value::Object(entries) => entries.iter().for_each(|(key, value)| of_value(key, value, texts)),
        _ => {}
    }
}
