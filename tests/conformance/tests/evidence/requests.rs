//! Complete requests of the SDKs, and their expected validation and encoding.

use plivo_codegen::interpret::{Parameters, Violation};
use plivo_codegen::model::{Level, Resource};
use serde_json::{Map, Value};

use crate::spec::{findings, model, operation, resources};
use crate::table::{directory, records, text};

fn requests(resource: &Resource) -> Vec<Value> {
    records(&directory(&resource.name).join("requests.json"))
}

/// The first request of an operation that is not refused.
pub(crate) fn accepted(resource: &Resource, operation: &str) -> Option<Map<String, Value>> {
    let requests = requests(resource);
    let mut of_operation = requests.iter().filter(|record| text(record, "operation") == operation);
    of_operation.find(|record| texts(record, "refused").is_empty()).map(|record| object(record, "request"))
}

fn object(record: &Value, key: &str) -> Map<String, Value> {
    record.get(key).and_then(Value::as_object).cloned().unwrap_or_else(|| panic!("no object `{key}` in {record}"))
}

fn texts(record: &Value, key: &str) -> Vec<String> {
    let items = record.get(key).and_then(Value::as_array).expect(key);
    items.iter().map(|item| item.as_str().expect("a text").to_owned()).collect()
}

/// The findings of a level, as pointers and rules.
fn of_level(findings: &[Violation], level: Level) -> Vec<String> {
    let findings = findings.iter().filter(|finding| finding.level == level);
    findings.map(|finding| format!("{} {}", finding.pointer, finding.rule)).collect()
}

#[test]
fn requests_of_sdks_have_the_expected_errors_and_warnings() {
    for resource in resources() {
        for record in requests(resource) {
            let operation = operation(resource, text(&record, "operation"));
            let found = findings(operation, &object(&record, "request"));
            let mut expected = [texts(&record, "refused"), texts(&record, "warned")];
            let mut actual = [of_level(&found, Level::Error), of_level(&found, Level::Warn)];
            expected.iter_mut().chain(&mut actual).for_each(|list| list.sort());
            assert_eq!(actual, expected, "{}: {}", operation.id, text(&record, "from"));
        }
    }
}

#[test]
fn requests_of_sdks_are_sent_as_the_sdk_sends_them() {
    for resource in resources() {
        for record in requests(resource).iter().filter(|record| record.get("sent").is_some()) {
            let operation = operation(resource, text(record, "operation"));
            let meant = Parameters::from(object(record, "request")).meant(model(), operation);
            assert_eq!(*meant.values(), object(record, "sent"), "{}: {}", operation.id, text(record, "from"));
        }
    }
}
