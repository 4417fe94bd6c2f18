//! Validation without a server.

use crate::model::model;
use plivo_codegen::model::{Level, Model, Operation};
use plivo_simulator::{Parameters, validate};
use serde_json::{Value, json};

fn operation<'a>(model: &'a Model, id: &str) -> &'a Operation {
    model
        .resources
        .iter()
        .flat_map(|resource| &resource.operations)
        .find(|operation| operation.id == id)
        .expect("an operation")
}

/// Asserts the findings of a request.
fn check(id: &str, request: Value, expected: &[&str]) {
    let model = model();
    let Value::Object(values) = request else { panic!("an object") };
    let findings = validate(&model, operation(&model, id), &Parameters::from(values));
    let found: Vec<String> = findings
        .iter()
        .map(|finding| {
            let level = if finding.level == Level::Error { "error" } else { "warning" };
            format!("{} {} {level}", finding.pointer, finding.rule)
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn findings_are_in_the_order_of_the_spec() {
    check("gadget.create", json!({"name": "one"}), &[]);
    check(
        "gadget.create",
        json!({"size": 10, "trim": "x", "colour": "Red", "owner": {"mail": ""}}),
        &[
            "/name required error",
            "/trim values warning",
            "/size max warning",
            "/owner/mail required error",
            "/owner/title required warning",
        ],
    );
    check(
        "gadget.create",
        json!({"name": "one", "colour": "RED"}),
        &["/owner red_needs_owner error", "/size red_needs_owner error"],
    );
    check(
        "gadget.create",
        json!({"name": 1, "labels": {"a~/b": 1}}),
        &["/name type error", "/labels/a~0~1b type error"],
    );
    check("gadget.update", json!({"gadget_uuid": "x"}), &["/gadget_uuid format error", " at_least error"]);
    check(
        "gadget.update",
        json!({"gadget_uuid": "201faedc-7df9-4840-9ab1-3997ce3f7cf4", "name": ""}),
        &["/name min_length error"],
    );
    check("gadget.create", json!({"name": "one", "weight": 1e300}), &[]);
    // An empty text may clear a field, even if the field has a list of values.
    let id = "201faedc-7df9-4840-9ab1-3997ce3f7cf4";
    check("gadget.update", json!({"gadget_uuid": id, "colour": ""}), &["/colour values warning"]);
}
