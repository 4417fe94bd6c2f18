//! The arguments that Plivo's pages list. Violations of what a page says are errors.

use std::fs;

use plivo_codegen::model::{
    Authority, Consequence, Field, Format, Level, Object, Operation, Presence, Resource, SourceId, Test, Type,
    ValueKind,
};

use crate::deviations::Deviations;
use crate::spec::{field, model, object_of, operation, request, resources};
use crate::table::{Row, directory, table};

/// The operations that have a page, with the rows of its list.
fn pages(resource: &Resource) -> Vec<(&Operation, Vec<Row>)> {
    let entries = fs::read_dir(directory(&resource.name)).expect("the evidence");
    let pages = entries.filter_map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path.file_name()?.to_str()?.strip_prefix("page.")?.strip_suffix(".csv")?.to_owned();
        Some((operation(resource, &name), table(&path)))
    });
    pages.collect()
}

/// Whether a page says that an argument of this name is an integer.
pub(crate) fn says_integer(resource: &Resource, name: &str) -> bool {
    let mut rows = pages(resource).into_iter().flat_map(|(_, rows)| rows);
    rows.any(|row| row.get("of").is_empty() && row.get("name") == name && row.get("type") == "integer")
}

#[test]
fn arguments_match_the_list_on_the_page() {
    for resource in resources() {
        let mut deviations = Deviations::new(resource, "page");
        for (operation, rows) in pages(resource) {
            check_names(&mut deviations, operation, &rows);
            for row in rows.iter().filter(|row| row.get("of").is_empty()) {
                check_argument(&mut deviations, field(request(operation), row.get("name")), row);
            }
            for row in rows.iter().filter(|row| !row.get("of").is_empty()) {
                let part = field(request(operation), row.get("of")).and_then(|field| object_of(&field.ty));
                check_part(&mut deviations, part.and_then(|part| field(part, row.get("name"))), row);
            }
        }
        deviations.assert_listed();
    }
}

/// Checks the names and the order of the arguments, and of the fields of each object.
fn check_names(deviations: &mut Deviations<'_>, operation: &Operation, rows: &[Row]) {
    let mut owners: Vec<&str> = rows.iter().map(|row| row.get("of")).collect();
    owners.dedup();
    for of in owners {
        let object = match of {
            "" => Some(request(operation)),
            of => field(request(operation), of).and_then(|field| object_of(&field.ty)),
        };
        let Some(object) = object else { continue };
        let listed: Vec<&str> = rows.iter().filter(|row| row.get("of") == of).map(|row| row.get("name")).collect();
        let on_page = |field: &&Field| listed.contains(&field.name.as_str());
        let known: Vec<&str> = object.fields.iter().filter(on_page).map(|field| field.name.as_str()).collect();
        deviations.expect(known == listed, of, "", "order", format!("{listed:?} instead of {known:?}"));
        check_other_sources(deviations, of, object, &listed);
    }
}

/// Checks that fields which the page does not list have another source.
fn check_other_sources(deviations: &mut Deviations<'_>, of: &str, object: &Object, listed: &[&str]) {
    for field in object.fields.iter().filter(|field| !listed.contains(&field.name.as_str())) {
        let is_first = field.sources.iter().any(is_page);
        deviations.expect(!is_first, of, &field.name, "source", "the page does not list it");
    }
}

/// The page is the first source of the file.
fn is_page(source: &SourceId) -> bool {
    source.0 == 0
}

fn check_argument(deviations: &mut Deviations<'_>, field: Option<&Field>, row: &Row) {
    let name = row.get("name");
    let Some(field) = field else { return deviations.expect(false, "", name, "argument", "it is missing") };
    check_value(deviations, field, row);
    if row.get("required") == "required" {
        check_required(deviations, field, row);
    } else {
        let holds = field.presence == Presence::Optional;
        deviations.expect(holds, "", name, "optional", format!("{:?}", field.presence));
    }
}

/// The page shows the fields of objects in samples and states no rule about them: a missing one is a warning, and the
/// samples are its source.
fn check_part(deviations: &mut Deviations<'_>, field: Option<&Field>, row: &Row) {
    let (of, name) = (row.get("of"), row.get("name"));
    let Some(field) = field else { return deviations.expect(false, of, name, "argument", "it is missing") };
    check_value(deviations, field, row);
    let holds =
        matches!(&field.presence, Presence::Required(by) if by.level == Level::Warn && !by.sources.iter().any(is_page));
    deviations.expect(holds, of, name, "required by samples", format!("{:?}", field.presence));
}

fn check_required(deviations: &mut Deviations<'_>, field: &Field, row: &Row) {
    let (of, name) = (row.get("of"), row.get("name"));
    match &field.presence {
        Presence::Required(authority) => check_level(deviations, row, "required counts", authority),
        presence => deviations.expect(false, of, name, "required", format!("{presence:?}")),
    }
}

fn check_level(deviations: &mut Deviations<'_>, row: &Row, claim: &'static str, authority: &Authority) {
    let holds = authority.level == Level::Error;
    deviations.expect(holds, row.get("of"), row.get("name"), claim, "a violation is only a warning");
}

fn check_value(deviations: &mut Deviations<'_>, field: &Field, row: &Row) {
    let (of, name) = (row.get("of"), row.get("name"));
    let listed = row.list("values");
    let fits = match (row.get("type"), &field.ty) {
        (_, Type::Enum(id)) => {
            let values: Vec<&str> = model()[*id].values.iter().map(|value| value.wire.as_str()).collect();
            deviations.expect(values == listed, of, name, "values", format!("{listed:?} instead of {values:?}"));
            !listed.is_empty()
        }
        // The page shows the fields of objects only in samples, as strings.
        ("string" | "", Type::Text) => listed.is_empty(),
        ("integer", Type::Integer) | ("object", Type::Object(_)) => true,
        _ => false,
    };
    deviations.expect(fits, of, name, "type", format!("{} instead of {:?}", row.get("type"), field.ty));
    if (row.get("type"), &field.ty) == ("integer", &Type::Text) {
        let reads_numbers = field.also == Some(ValueKind::Number);
        deviations.expect(reads_numbers, of, name, "also", "the number that the page says is not read");
    }
    if let Some(authority) = &field.constraints.values {
        check_level(deviations, row, "values counts", authority);
    }
    check_form(deviations, field, row);
}

fn check_form(deviations: &mut Deviations<'_>, field: &Field, row: &Row) {
    let (of, name, words) = (row.get("of"), row.get("name"), row.get("form"));
    let format = match words {
        "" => None,
        "E.164" => Some(Format::E164),
        "e-mail address" => Some(Format::Email),
        "ISO country code" | "ISO alpha-2 country code" => Some(Format::Country),
        _ => panic!("unsupported form `{words}`"),
    };
    let limit = field.constraints.format.as_ref();
    let found = limit.map(|limit| limit.is);
    deviations.expect(found == format, of, name, "form", format!("{format:?} instead of {found:?}"));
    if let Some(limit) = limit {
        check_level(deviations, row, "form counts", &limit.authority);
    }
}

/// Notes are sentences of a page about several arguments.
#[test]
fn notes_of_the_page_are_rules() {
    for resource in resources() {
        for row in table(&directory(&resource.name).join("page-notes.csv")) {
            let (name, value) = row.get("when").split_once('=').expect("an argument and its value");
            let rules = &request(operation(resource, row.get("operation"))).rules;
            let has_rule = rules.iter().any(|rule| {
                let when: Vec<_> = rule.when.iter().map(|when| (when.field.as_str(), &when.test)).collect();
                let skipped = matches!(&rule.then, Consequence::MaySkip(names) if *names == row.list("arguments"));
                row.get("says") == "may skip" && skipped && when == [(name, &Test::OneOf(vec![value.to_owned()]))]
            });
            assert!(has_rule, "{}: no rule says that {} {}", resource.name, row.get("when"), row.get("says"));
        }
    }
}
