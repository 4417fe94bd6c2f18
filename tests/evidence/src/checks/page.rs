//! The arguments that Plivo's pages list. Violations of what a page says are errors.

use plivo_codegen::model::{
    Authority, Consequence, Field, Format, Level, Object, Operation, Presence, SourceId, Test, Type, ValueKind,
};

use crate::evidence::{Folder, Page, PageNote, PageRow};
use crate::finding::{Finding, Findings, Source};
use crate::subject::{Subject, field, object_of};

pub(crate) fn check(subject: &Subject<'_>, folder: &Folder) -> Vec<Finding> {
    let mut findings = Findings::new(&folder.name, Source::Page);
    for page in &folder.pages {
        for operation in subject.operations(folder, &page.operation) {
            findings.about(&operation.id);
            check_page(&mut findings, subject, operation, page);
        }
    }
    for note in &folder.notes {
        for operation in subject.operations(folder, &note.operation) {
            findings.about(&operation.id);
            check_note(&mut findings, subject, operation, note);
        }
    }
    findings.found
}

fn check_page(findings: &mut Findings, subject: &Subject<'_>, operation: &Operation, page: &Page) {
    let request = subject.request(operation);
    let part = |of: &str| field(request, of).and_then(|field| object_of(subject.model, &field.ty));
    let mut owners: Vec<&str> = page.rows.iter().map(|row| row.of.as_str()).collect();
    owners.dedup();
    for of in owners {
        if let Some(object) = if of.is_empty() { Some(request) } else { part(of) } {
            check_names(findings, of, object, page);
        }
    }
    for row in &page.rows {
        let object = if row.of.is_empty() { Some(request) } else { part(&row.of) };
        match object.and_then(|object| field(object, &row.name)) {
            None => findings.expect(false, at(row), "argument", || "it is missing".to_owned()),
            Some(field) if row.of.is_empty() => check_argument(findings, subject, field, row),
            Some(field) => check_part(findings, subject, field, row),
        }
    }
}

fn at(row: &PageRow) -> (&str, &str, &str) {
    (&row.place, &row.of, &row.name)
}

/// Checks the names and the order of the arguments, and of the fields of each object. Other fields have another source.
fn check_names(findings: &mut Findings, of: &str, object: &Object, page: &Page) {
    let rows = || page.rows.iter().filter(|row| row.of == of);
    let place = rows().next().map(|row| row.place.as_str()).unwrap_or_default();
    let listed: Vec<&str> = rows().map(|row| row.name.as_str()).collect();
    let on_page = |field: &&Field| listed.contains(&field.name.as_str());
    let known: Vec<&str> = object.fields.iter().filter(on_page).map(|field| field.name.as_str()).collect();
    findings
        .expect(known == listed, (place, of, ""), "order", || format!("the order is {known:?} instead of {listed:?}"));
    for field in object.fields.iter().filter(|field| !on_page(field)) {
        let is_first = field.sources.iter().any(is_page);
        findings.expect(!is_first, (place, of, &field.name), "source", || "the page does not list it".to_owned());
    }
}

/// The page is the first source of the file.
fn is_page(source: &SourceId) -> bool {
    source.0 == 0
}

fn check_argument(findings: &mut Findings, subject: &Subject<'_>, field: &Field, row: &PageRow) {
    check_value(findings, subject, field, row);
    if row.is_required {
        if let Some(authority) = check_required(findings, field, row) {
            check_level(findings, row, "required counts", authority);
        }
    } else {
        let holds = field.presence == Presence::Optional;
        findings.expect(holds, at(row), "optional", || format!("its presence is {:?}", field.presence));
    }
}

/// The page shows the fields of objects in samples and states no rule about them: a missing one is a warning, and the
/// samples are its source.
fn check_part(findings: &mut Findings, subject: &Subject<'_>, field: &Field, row: &PageRow) {
    check_value(findings, subject, field, row);
    if let Some(authority) = check_required(findings, field, row) {
        let holds = authority.level == Level::Warn && !authority.sources.iter().any(is_page);
        findings.expect(holds, at(row), "required by samples", || format!("{authority:?}"));
    }
}

fn check_required<'f>(findings: &mut Findings, field: &'f Field, row: &PageRow) -> Option<&'f Authority> {
    match &field.presence {
        Presence::Required(authority) => Some(authority),
        presence => {
            findings.expect(false, at(row), "required", || format!("its presence is {presence:?}"));
            None
        }
    }
}

fn check_level(findings: &mut Findings, row: &PageRow, claim: &'static str, authority: &Authority) {
    let holds = authority.level == Level::Error;
    findings.expect(holds, at(row), claim, || "a violation is only a warning".to_owned());
}

fn check_value(findings: &mut Findings, subject: &Subject<'_>, field: &Field, row: &PageRow) {
    let listed: Vec<&str> = row.values.iter().map(String::as_str).collect();
    let fits = match (row.ty.as_str(), &field.ty) {
        (_, Type::Enum(id)) => {
            let values: Vec<&str> = subject.model[*id].values.iter().map(|value| value.wire.as_str()).collect();
            findings.expect(values == listed, at(row), "values", || format!("{values:?} instead of {listed:?}"));
            !listed.is_empty()
        }
        // The page shows the fields of objects only in samples, as strings.
        ("string" | "", Type::Text) => listed.is_empty(),
        ("integer", Type::Integer) | ("object", Type::Object(_)) => true,
        _ => false,
    };
    findings.expect(fits, at(row), "type", || format!("the type is {:?} instead of {}", field.ty, row.ty));
    if (row.ty.as_str(), &field.ty) == ("integer", &Type::Text) {
        let reads_numbers = field.also == Some(ValueKind::Number);
        findings.expect(reads_numbers, at(row), "also", || "the number that the page says is not read".to_owned());
    }
    if let Some(authority) = &field.constraints.values {
        check_level(findings, row, "values counts", authority);
    }
    check_form(findings, field, row);
}

fn check_form(findings: &mut Findings, field: &Field, row: &PageRow) {
    let format = match row.form.as_str() {
        "E.164" => Some(Format::E164),
        "e-mail address" => Some(Format::Email),
        "ISO country code" | "ISO alpha-2 country code" => Some(Format::Country),
        _ => None,
    };
    let found = field.constraints.format.as_ref();
    let holds = found.map(|limit| limit.is) == format;
    findings.expect(holds, at(row), "form", || {
        format!("the format is {:?} instead of {format:?}", found.map(|limit| limit.is))
    });
    if let Some(limit) = found {
        check_level(findings, row, "form counts", &limit.authority);
    }
}

/// Notes are sentences of a page about several arguments, and rules of the spec.
fn check_note(findings: &mut Findings, subject: &Subject<'_>, operation: &Operation, note: &PageNote) {
    let (name, value) = note.when.split_once('=').unwrap_or((&note.when, ""));
    let has_rule = subject.request(operation).rules.iter().any(|rule| {
        let when: Vec<_> = rule.when.iter().map(|when| (when.field.as_str(), &when.test)).collect();
        let skipped = matches!(&rule.then, Consequence::MaySkip(names) if *names == note.arguments);
        note.says == "may skip" && skipped && when == [(name, &Test::OneOf(vec![value.to_owned()]))]
    });
    findings.expect(has_rule, (&note.place, &note.operation, ""), "note", || {
        format!("no rule says that {} {}", note.when, note.says)
    });
}
