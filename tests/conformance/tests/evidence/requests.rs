//! Requests of the SDKs, whole, and what has to become of them.

use plivo_codegen::interpret::{Parameters, Violation};
use plivo_codegen::model::{Level, Resource};
use serde_json::{Map, Value};

use crate::spec::{findings, model, operation, resources};
use crate::table::{directory, records, said};

fn requests(resource: &Resource) -> Vec<Value> {
    records(&directory(&resource.name).join("requests.json"))
}

/// The first request of an operation that nobody refuses.
pub(crate) fn accepted(resource: &Resource, operation: &str) -> Option<Map<String, Value>> {
    let requests = requests(resource);
    let mut of_operation = requests.iter().filter(|record| said(record, "operation") == operation);
    of_operation.find(|record| texts(record, "refused").is_empty()).map(|record| object(record, "request"))
}

fn object(record: &Value, key: &str) -> Map<String, Value> {
    record.get(key).and_then(Value::as_object).cloned().unwrap_or_else(|| panic!("no object `{key}` in {record}"))
}

fn texts(record: &Value, key: &str) -> Vec<String> {
    let items = record.get(key).and_then(Value::as_array).expect(key);
    items.iter().map(|item| item.as_str().expect("a text").to_owned()).collect()
}

/// Findings of a level, as a pointer and a rule.
fn of_level(findings: &[Violation], level: Level) -> Vec<String> {
    let findings = findings.iter().filter(|finding| finding.level == level);
    findings.map(|finding| format!("{} {}", finding.pointer, finding.rule)).collect()
}

#[test]
fn they_are_refused_and_warned_about_as_their_makers_do() {
    for resource in resources() {
        for record in requests(resource) {
            let operation = operation(resource, said(&record, "operation"));
            let found = findings(operation, &object(&record, "request"));
            let mut expected = [texts(&record, "refused"), texts(&record, "warned")];
            let mut actual = [of_level(&found, Level::Error), of_level(&found, Level::Warn)];
            expected.iter_mut().chain(&mut actual).for_each(|list| list.sort());
            assert_eq!(actual, expected, "{}: {}", operation.id, said(&record, "from"));
        }
    }
}

#[test]
fn they_are_sent_as_their_makers_send_them() {
    for resource in resources() {
        for record in requests(resource).iter().filter(|record| record.get("sent").is_some()) {
            let operation = operation(resource, said(record, "operation"));
            let meant = Parameters::from(object(record, "request")).meant(model(), operation);
            assert_eq!(*meant.values(), object(record, "sent"), "{}: {}", operation.id, said(record, "from"));
        }
    }
}
