//! The comparison of two requests under the rules of an SDK.

use plivo_codegen::model::{DiffersAt, Equal, Model};
use plivo_conformance::witnesses::{Comparison, SentBody, SentRequest, compare};
use serde_json::{Value, json};

use super::{operation, sent, spec};

/// The locations at which two bodies differ.
fn locations(model: &Model, ours: Value, theirs: Value) -> Vec<DiffersAt> {
    compared(model, &sent(ours), &sent(theirs)).differences.into_iter().map(|difference| difference.at).collect()
}

fn at(pointer: &str) -> DiffersAt {
    DiffersAt::Field(pointer.to_owned())
}

fn compared(model: &Model, ours: &SentRequest, theirs: &SentRequest) -> Comparison {
    let rules = [Equal::EmptyText, Equal::LetterCase, Equal::EmptyBody];
    compare(model, operation(model, "paint"), &rules, ours, theirs)
}

#[test]
fn identical_requests_need_no_rule() {
    let model = spec();
    let request = sent(json!({ "color": "RED", "size": { "unit": "m", "width": 3 } }));
    assert_eq!(compared(&model, &request, &request), Comparison::default());
}

#[test]
fn rules_cover_the_differences_that_they_name() {
    let model = spec();
    let ours = sent(json!({ "color": "RED", "size": { "width": 3 } }));
    let theirs = sent(json!({ "color": "red", "label": "", "size": { "unit": "", "width": 3 } }));
    let comparison = compared(&model, &ours, &theirs);
    assert_eq!(comparison.differences, []);
    assert_eq!(comparison.needed, [Equal::EmptyText, Equal::LetterCase].into());
    // Without rules they differ.
    let without_rules = compare(&model, operation(&model, "paint"), &[], &ours, &theirs);
    assert_eq!(without_rules.differences.len(), 3);
}

#[test]
fn rules_cover_no_other_differences() {
    let model = spec();
    // Letter case matters in strings that are not enumerations.
    assert_eq!(locations(&model, json!({ "label": "A" }), json!({ "label": "a" })), [at("/label")]);
    // A value that the client sends must not be empty, and null is not an empty string.
    assert_eq!(locations(&model, json!({ "label": "A" }), json!({ "label": "" })), [at("/label")]);
    assert_eq!(locations(&model, json!({}), json!({ "label": null })), [at("/label")]);
    assert_eq!(
        locations(&model, json!({ "size": { "width": 3 } }), json!({ "size": { "width": "3" } })),
        [at("/size/width")]
    );
    // An empty string is not covered in undescribed fields and in fields that are not strings.
    assert_eq!(locations(&model, json!({}), json!({ "weight": "" })), [at("/weight")]);
    assert_eq!(locations(&model, json!({}), json!({ "size": "" })), [at("/size")]);
    assert_eq!(locations(&model, json!({ "size": {} }), json!({ "size": { "width": "" } })), [at("/size/width")]);
    // Where an operation sends empty strings, they count.
    let wash = operation(&model, "wash");
    let (ours, theirs) = (sent(json!({})), sent(json!({ "label": "" })));
    assert_eq!(compare(&model, wash, &[Equal::EmptyText], &ours, &theirs).differences.len(), 1);
}

#[test]
fn no_body_equals_an_empty_object_only_under_a_rule() {
    let model = spec();
    let ours = SentRequest { body: SentBody::None, ..sent(Value::Null) };
    let comparison = compared(&model, &ours, &sent(json!({})));
    assert_eq!((comparison.differences.len(), comparison.needed), (0, [Equal::EmptyBody].into()));
    assert_eq!(compared(&model, &ours, &sent(json!({ "a": 1 }))).differences[0].at, DiffersAt::Body);
    let without_rules = compare(&model, operation(&model, "paint"), &[], &ours, &sent(json!({})));
    assert_eq!(without_rules.differences[0].at, DiffersAt::Body);
}

#[test]
fn method_path_and_query_are_compared() {
    let model = spec();
    let ours = sent(json!({}));
    let query = json!({ "times": "0" }).as_object().unwrap().clone();
    let theirs = SentRequest {
        method: "PUT".to_owned(),
        path: ours.path.trim_end_matches('/').to_owned(),
        query,
        ..ours.clone()
    };
    let differences = compared(&model, &ours, &theirs).differences;
    let locations: Vec<_> = differences.into_iter().map(|difference| difference.at).collect();
    assert_eq!(locations, [DiffersAt::Method, DiffersAt::Path, at("/times")]);
}

#[test]
fn forms_are_compared_part_by_part() {
    let model = spec();
    let form =
        |parts: Value| SentRequest { body: SentBody::Parts(parts.as_object().unwrap().clone()), ..sent(Value::Null) };
    let file = |content: &str| json!({ "logo": { "name": "a.png", "content": content } });
    assert_eq!(compared(&model, &form(file("a")), &form(file("a"))).differences, []);
    assert_eq!(compared(&model, &form(file("a")), &form(file("b"))).differences[0].at, at("/logo/content"));
    assert_eq!(compared(&model, &form(file("a")), &sent(file("a"))).differences[0].at, DiffersAt::Body);
}
