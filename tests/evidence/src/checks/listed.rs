//! The values of enumerations: an SDK checks or sends each by itself, or it is in a tag of Go, on a page, in a recorded
//! answer, in a recorded request or in a request to a URL.

use std::collections::{BTreeMap, BTreeSet};

use plivo_codegen::Model;
use plivo_codegen::model::{EnumId, Field, Object, ObjectId, Operation, ResponseShape, Type};
use serde_json::Value;

use crate::authority::stated;
use crate::evidence::{Evidence, Fixed, Folder};
use crate::finding::{Finding, Findings, Source};
use crate::subject::Subject;

/// The known texts of each key, in lower case.
pub(crate) type Texts<'e> = BTreeMap<&'e str, BTreeSet<String>>;

/// A field whose values are those of an enumeration.
struct Use<'s> {
    folder: &'s Folder,
    operation: &'s Operation,
    object: &'s Object,
    field: &'s Field,
}

/// A value is known if any field of the enumeration has it. The first of them names it in exceptions.
pub(crate) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let folders = &subject.evidence.folders;
    let texts: BTreeMap<&str, Texts<'_>> =
        folders.iter().map(|folder| (folder.name.as_str(), texts(subject.evidence, folder))).collect();
    let mut all = Vec::new();
    for (id, uses) in uses(subject) {
        let [first, ..] = uses.as_slice() else { continue };
        let of_use = |found: &Use<'_>| texts.get(found.folder.name.as_str())?.get(found.field.name.as_str());
        let known: BTreeSet<&String> = uses.iter().filter_map(of_use).flatten().collect();
        let mut findings = Findings::new(&first.folder.name, Source::Sdks);
        findings.about(&first.operation.id);
        for value in &subject.model[EnumId(id)].values {
            let is_known = known.contains(&value.wire.to_lowercase());
            let name = format!("{}/{}", first.field.name, value.wire.replace(' ', "_"));
            let authority = first.field.constraints.values.as_ref();
            let sources = authority.map_or(&first.field.sources, |authority| &authority.sources);
            findings.expect_stated(is_known, ("", "", &name), "value", || {
                let stated = stated(subject.model, first.object.owner, sources);
                ("no SDK and no test has it".to_owned(), stated)
            });
        }
        all.extend(findings.found);
    }
    all.extend(check_callbacks(subject));
    all
}

/// The values in requests to URLs are listed by an enumeration of a field of the name.
fn check_callbacks(subject: &Subject<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for row in &subject.evidence.callbacks {
        let of_folder = subject.matches.iter().filter(|found| found.folder.name == row.folder);
        let operations: Vec<&Operation> = of_folder.flat_map(|found| found.operations.iter().copied()).collect();
        let fields = operations.iter().flat_map(|operation| fields(subject.model, operation));
        let ids = fields.filter(|(_, field)| field.name == row.key).filter_map(|(_, field)| listing(&field.ty));
        let listed: BTreeSet<String> =
            ids.flat_map(|id| &subject.model[id].values).map(|value| value.wire.to_lowercase()).collect();
        let mut findings = Findings::new(&row.folder, Source::Sdks);
        for value in row.values.iter().filter(|_| !operations.is_empty()) {
            findings.expect(
                listed.contains(&value.to_lowercase()),
                ("", "", &row.key),
                format!("value {value}"),
                || format!("requests to URLs have {value}"),
            );
        }
        all.extend(findings.found);
    }
    all
}

/// The fields of each enumeration, in the order of the folders.
fn uses<'s>(subject: &'s Subject<'_>) -> BTreeMap<usize, Vec<Use<'s>>> {
    let mut uses: BTreeMap<usize, Vec<Use<'_>>> = BTreeMap::new();
    for found in &subject.matches {
        for operation in found.operations.iter().copied() {
            for (object, field) in fields(subject.model, operation) {
                if let Some(id) = listing(&field.ty) {
                    uses.entry(id.0).or_default().push(Use { folder: found.folder, operation, object, field });
                }
            }
        }
    }
    uses
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

/// The texts that a folder knows.
fn texts<'e>(evidence: &'e Evidence, folder: &'e Folder) -> Texts<'e> {
    let mut texts = Texts::new();
    let is_own = |row: &&Fixed| row.operation.split('.').next() == Some(&folder.name);
    for row in evidence.fixed.iter().chain(&evidence.defaults).filter(is_own) {
        texts.entry(&row.key).or_default().insert(row.value.to_lowercase());
    }
    for row in evidence.callbacks.iter().filter(|row| row.folder == folder.name) {
        texts.entry(&row.key).or_default().extend(row.values.iter().map(|value| value.to_lowercase()));
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
    texts
}

pub(crate) fn of_value<'e>(key: &'e str, value: &'e Value, texts: &mut Texts<'e>) {
    match value {
        Value::String(text) => {
            texts.entry(key).or_default().insert(text.to_lowercase());
        }
        Value::Array(items) => items.iter().for_each(|item| of_value(key, item, texts)),
        Value::Object(entries) => entries.iter().for_each(|(key, value)| of_value(key, value, texts)),
        _ => {}
    }
}
