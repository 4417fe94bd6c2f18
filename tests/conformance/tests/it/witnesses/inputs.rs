//! The inputs of operations, and the arguments that SDKs get.

use std::path::Path;

use plivo_codegen::model::{Argument, FieldPart, SdkMethod};
use plivo_codegen::{SpecFile, model};
use plivo_conformance::witnesses::{arguments, inputs, uncovered_fields};
use serde_json::{Value, json};

use super::{THING, method, operation, spec};
use crate::api::API;

#[test]
fn inputs_are_generated_where_none_are_documented() {
    let model = spec();
    let generated = inputs(&model, &model.resources[0], operation(&model, "paint"));
    let generated: Vec<_> = generated.into_iter().map(|input| (input.name, Value::Object(input.request))).collect();
    let size = |width: i64| json!({ "unit": "unit", "width": width });
    assert_eq!(
        generated,
        [
            (
                "every field".to_owned(),
                json!({ "name": "name", "times": 9, "color": "GREEN", "label": "label", "size": size(1) })
            ),
            (
                "every field, least values".to_owned(),
                json!({ "name": "name", "times": 0, "color": "RED", "label": "label", "size": size(0) })
            ),
            ("required fields".to_owned(), json!({ "name": "name", "color": "RED" })),
            (
                "with `title`".to_owned(),
                json!({ "name": "name", "times": 9, "color": "GREEN", "title": "title", "size": size(1) })
            ),
        ]
    );
}

/// The problems of the inputs of `paint` in a spec with one more field.
fn problems_with(mail: &str) -> Vec<String> {
    let label = "      - label: ";
    assert_eq!(THING.matches(label).count(), 1);
    let mail = format!("      - mail: {{ type: string, summary: Who is told., {mail} }}\n");
    let thing = THING.replace(label, &(mail + label));
    let model = model(&[SpecFile::new("spec/plivo.yaml", API), SpecFile::new("spec/resources/thing.yaml", thing)]);
    let model = model.unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let paint = operation(&model, "paint");
    uncovered_fields(&model, paint, &inputs(&model, &model.resources[0], paint))
}

#[test]
fn a_field_without_an_input_is_a_problem() {
    assert_eq!(problems_with("format: email"), Vec::<String>::new());
    assert_eq!(
        problems_with("format: email, max_length: 8"),
        ["thing.paint: no valid request with `mail` can be generated; add an example to the spec"]
    );
    assert_eq!(
        problems_with("format: email, max_length: 8, required: { source: page }"),
        ["thing.paint: no valid request can be generated; add an example to the spec"]
    );
}

#[test]
fn arguments_have_the_order_of_the_method() {
    let model = spec();
    let request = json!({ "name": "a", "label": "hello", "times": 2 });
    let paint = operation(&model, "paint");
    let given = arguments(&model, paint, method(&model), request.as_object().unwrap(), Path::new("nowhere")).unwrap();
    assert_eq!(given, [json!({}), json!({ "is": "a" }), json!({ "others": { "label": "hello", "times": 2 } })]);
}

#[test]
fn arguments_can_be_parts_of_fields_or_none_and_have_other_keys() {
    let model = spec();
    let part = |field: &str, inside: &[&str]| FieldPart {
        field: field.to_owned(),
        inside: inside.iter().map(|&name| name.to_owned()).collect(),
    };
    let takes = vec![Argument::Field(part("size", &["width"])), Argument::Unused, Argument::Others];
    let keys = vec![(part("label", &[]), "theLabel".to_owned()), (part("size", &["unit"]), "theUnit".to_owned())];
    let method = SdkMethod { takes, keys, ..method(&model).clone() };
    let paint = operation(&model, "paint");
    let given =
        |request: Value| arguments(&model, paint, &method, request.as_object().unwrap(), Path::new("nowhere")).unwrap();
    assert_eq!(
        given(json!({ "name": "a", "label": "hello", "size": { "width": 2, "unit": "m" } })),
        [json!({ "is": 2 }), json!({}), json!({ "others": { "name": "a", "theLabel": "hello", "theUnit": "m" } })]
    );
    assert_eq!(given(json!({ "name": "a" })), [json!({}), json!({}), json!({ "others": { "name": "a" } })]);
}

#[test]
fn files_are_passed_as_paths() {
    let model = spec();
    let directory = tempfile::tempdir().unwrap();
    let file = json!({ "name": "a.txt", "content_type": "text/plain", "base64": "aGVsbG8=" });
    let request = json!({ "name": [file] });
    let paint = operation(&model, "paint");
    let given = arguments(&model, paint, method(&model), request.as_object().unwrap(), directory.path()).unwrap();
    let path = directory.path().join("a.txt");
    assert_eq!(given[1], json!({ "is": [path.display().to_string()] }));
    assert_eq!(std::fs::read(path).unwrap(), b"hello");
}
