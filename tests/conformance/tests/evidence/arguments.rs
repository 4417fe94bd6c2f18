//! The routes of the SDKs, the arguments that they send, and the values that they refuse.

use plivo_codegen::model::{Body, Does, Field, Level, Location, Method, Operation, Presence, Resource, Type};
use serde_json::json;

use crate::deviations::Deviations;
use crate::spec::{field, findings, model, operation, request, resources};
use crate::table::{Row, directory, table};

fn method(operation: &Operation) -> &'static str {
    match operation.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Delete => "DELETE",
        Method::Patch => "PATCH",
    }
}

/// Where an operation sends its arguments.
fn location(operation: &Operation) -> &'static str {
    let has_query = request(operation).fields.iter().any(|field| field.location == Location::Query);
    match &operation.body {
        Body::Json => "body",
        Body::Multipart { .. } => "multipart",
        Body::None if has_query => "query",
        Body::None => "none",
    }
}

#[test]
fn hosts_are_those_of_the_sdks() {
    let rows = table(&directory("hosts.csv"));
    for host in &model().hosts {
        assert!(rows.iter().any(|row| row.get("url") == host.url), "no SDK calls {}", host.url);
    }
}

#[test]
fn operations_have_the_routes_of_the_sdks() {
    for resource in resources() {
        let rows = table(&directory(&resource.name).join("operations.csv"));
        for row in &rows {
            let operation = operation(resource, row.get("operation"));
            let url = format!("{}{}", model()[operation.host].url, operation.path.template);
            let found = [method(operation), location(operation), &url];
            assert_eq!(found, [row.get("method"), row.get("arguments"), row.get("url")], "{}", operation.id);
        }
        for operation in &resource.operations {
            assert!(rows.iter().any(|row| row.get("operation") == operation.name), "no SDK has {}", operation.id);
        }
    }
}

/// The SDKs share five verbs as names of methods, each with one meaning.
#[test]
fn operations_do_what_their_sdk_methods_are_named_for() {
    let verbs = [
        ("create", Does::Create),
        ("list", Does::List),
        ("get", Does::Read),
        ("update", Does::Update),
        ("delete", Does::Delete),
    ];
    for resource in resources() {
        for row in table(&directory(&resource.name).join("operations.csv")) {
            let does = operation(resource, row.get("operation")).does;
            let verb = verbs.iter().find(|(verb, _)| *verb == row.get("operation"));
            assert!(verb.is_none_or(|(_, meaning)| *meaning == does), "{} has the kind {does:?}", row.get("operation"));
        }
    }
}

#[test]
fn operations_take_what_the_sdks_send() {
    for resource in resources() {
        let mut deviations = Deviations::new(resource, "sdks");
        let rows = table(&directory(&resource.name).join("arguments.csv"));
        for row in &rows {
            let found = field(request(operation(resource, row.get("operation"))), row.get("key"));
            check_argument(&mut deviations, row, found);
        }
        for operation in &resource.operations {
            check_unknown_arguments(&mut deviations, &rows, operation);
        }
        deviations.assert_listed();
    }
}

fn check_argument(deviations: &mut Deviations<'_>, row: &Row, found: Option<&Field>) {
    let (operation, key) = (row.get("operation"), row.get("key"));
    let Some(found) = found else { return deviations.expect(false, operation, key, "argument", "it is missing") };
    let fits = matches!(
        (row.get("type"), &found.ty),
        ("string", Type::Text | Type::Enum(_))
            | ("int", Type::Integer)
            | ("bool", Type::Boolean)
            | ("object", Type::Object(_))
            | ("list", Type::List(_))
    );
    deviations.expect(fits, operation, key, "type", format!("{} instead of {:?}", row.get("type"), found.ty));
    if row.get("insist").is_empty() {
        let holds = found.presence == Presence::Optional;
        deviations.expect(holds, operation, key, "optional", format!("{:?}", found.presence));
    }
}

/// Records arguments that no SDK sends.
fn check_unknown_arguments(deviations: &mut Deviations<'_>, rows: &[Row], operation: &Operation) {
    for field in request(operation).fields.iter().filter(|field| field.location != Location::Path) {
        let is_known = rows.iter().any(|row| row.get("operation") == operation.name && row.get("key") == field.name);
        deviations.expect(is_known, &operation.name, &field.name, "no argument", "no SDK sends it");
    }
}

/// The level of the finding for a number as an argument, if any.
fn level(operation: &Operation, key: &str, number: i64) -> Option<Level> {
    let given = [(key.to_owned(), json!(number))].into_iter().collect();
    let found = findings(operation, &given);
    found.iter().find(|finding| finding.pointer == format!("/{key}")).map(|finding| finding.level)
}

#[test]
fn numbers_have_the_limits_of_the_sdks() {
    for resource in resources() {
        let rows = table(&directory(&resource.name).join("validators.csv"));
        for row in &rows {
            let (operation, key) = (operation(resource, row.get("operation")), row.get("key"));
            let limits = [("least", -1, i64::MIN), ("most", 1, i64::MAX)];
            for (column, step, far) in limits {
                let Ok(limit) = row.get(column).parse::<i64>() else {
                    assert_eq!(level(operation, key, far), None, "{key}: {far}");
                    continue;
                };
                assert_eq!(level(operation, key, limit), None, "{key}: {limit}");
                assert_eq!(level(operation, key, limit + step), Some(Level::Error), "{key}: {}", limit + step);
            }
        }
        assert_no_other_limits(resource, &rows);
    }
}

fn assert_no_other_limits(resource: &Resource, rows: &[Row]) {
    for operation in &resource.operations {
        for field in &request(operation).fields {
            let is_known =
                rows.iter().any(|row| row.get("operation") == operation.name && row.get("key") == field.name);
            let is_limited = field.constraints.min.is_some() || field.constraints.max.is_some();
            assert!(is_known || !is_limited, "no SDK limits {} of {}", field.name, operation.id);
        }
    }
}

#[test]
fn environment_variables_and_keys_of_deferrals_are_those_of_the_sdks() {
    let rows = table(&directory("").join("common.csv"));
    let model = model();
    let deferral = model.deferral.as_ref().expect("a deferral");
    let found = [
        ("id", &model.auth.id_variable),
        ("token", &model.auth.token_variable),
        ("url", &deferral.url),
        ("method", &deferral.method),
    ];
    for (what, name) in found {
        let row = rows.iter().find(|row| row.get("what") == what).expect(what);
        assert_eq!(row.get("name"), name);
    }
}

/// Evidence without a resource would never be checked.
#[test]
fn every_evidence_folder_belongs_to_a_resource() {
    for entry in std::fs::read_dir(directory("")).expect("the evidence") {
        let entry = entry.expect("an entry");
        if entry.path().is_dir() {
            let name = entry.file_name().to_string_lossy().into_owned();
            assert!(resources().any(|resource: &Resource| resource.name == name), "no resource `{name}`");
        }
    }
}
