//! The comparison of two requests under the rules of an SDK.

use plivo_codegen::model::{Argument, DiffersAt, FieldPart, Model, SdkMethod, SdkRule};
use plivo_conformance::witnesses::{Comparison, SentBody, SentRequest, compare};
use serde_json::{Map, Value, json};

use super::{method, operation, sent, spec};

/// The locations at which two bodies differ.
fn locations(model: &Model, ours: Value, theirs: Value) -> Vec<DiffersAt> {
    compared(model, &sent(ours), &sent(theirs)).differences.into_iter().map(|difference| difference.at).collect()
}

fn at(pointer: &str) -> DiffersAt {
    DiffersAt::Field(pointer.to_owned())
}

fn compared(model: &Model, ours: &SentRequest, theirs: &SentRequest) -> Comparison {
    let rules = [SdkRule::EmptyText, SdkRule::LetterCase, SdkRule::EmptyBody];
    compare(model, operation(model, "paint"), (&rules, method(model)), ours, theirs)
}

/// The rules that a comparison applied, each with its locations.
fn applied(comparison: &Comparison) -> Vec<(SdkRule, Vec<&str>)> {
    let rules = comparison.needed.iter();
    rules.map(|(rule, fields)| (*rule, fields.iter().map(String::as_str).collect())).collect()
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
    let needed = [(SdkRule::EmptyText, vec!["/label", "/size/unit"]), (SdkRule::LetterCase, vec!["/color"])];
    assert_eq!(applied(&comparison), needed);
    // Without rules they differ.
    let without_rules = compare(&model, operation(&model, "paint"), (&[], method(&model)), &ours, &theirs);
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
    assert_eq!(compare(&model, wash, (&[SdkRule::EmptyText], method(&model)), &ours, &theirs).differences.len(), 1);
}

#[test]
fn no_body_equals_an_empty_object_only_under_a_rule() {
    let model = spec();
    let ours = SentRequest { body: SentBody::None, ..sent(Value::Null) };
    let comparison = compared(&model, &ours, &sent(json!({})));
    assert_eq!(comparison.differences, []);
    assert_eq!(applied(&comparison), [(SdkRule::EmptyBody, vec![""])]);
    assert_eq!(compared(&model, &ours, &sent(json!({ "a": 1 }))).differences[0].at, at("/a"));
    let without_rules = compare(&model, operation(&model, "paint"), (&[], method(&model)), &ours, &sent(json!({})));
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

fn color() -> FieldPart {
    FieldPart { field: "color".to_owned(), inside: Vec::new() }
}

#[test]
fn values_of_the_path_that_are_sent_again_are_covered_only_under_a_rule() {
    let model = spec();
    let differences = |rules: &[SdkRule], theirs: Value| {
        let ours = SentRequest { body: SentBody::None, ..sent(Value::Null) };
        compare(&model, operation(&model, "paint"), (rules, method(&model)), &ours, &sent(theirs)).differences.len()
    };
    for again in [json!({ "name": "a" }), json!({ "id": ["a"] })] {
        assert_eq!(differences(&[SdkRule::PathAgain], again.clone()), 0, "{again}");
        assert_eq!(differences(&[], again.clone()), 1, "{again}");
    }
    for other in [json!({ "name": "b" }), json!({ "name": "" }), json!({ "name": ["a", "a"] })] {
        assert_eq!(differences(&[SdkRule::PathAgain], other.clone()), 1, "{other}");
    }
}

#[test]
fn a_field_of_the_query_in_the_body_is_covered_only_under_a_rule() {
    let model = spec();
    let ours = SentRequest { query: Map::from_iter([("times".to_owned(), json!("2"))]), ..sent(json!({})) };
    let differences = |rules: &[SdkRule], theirs: Value| {
        compare(&model, operation(&model, "paint"), (rules, method(&model)), &ours, &sent(theirs)).differences.len()
    };
    assert_eq!(differences(&[SdkRule::InBody], json!({ "times": "2" })), 0);
    assert_eq!(differences(&[SdkRule::InBody], json!({ "times": "3" })), 2);
    assert_eq!(differences(&[], json!({ "times": "2" })), 2);
}

#[test]
fn null_is_covered_only_under_a_rule() {
    let model = spec();
    let covers = |rules: &[SdkRule]| {
        let (ours, theirs) = (sent(json!({})), sent(json!({ "label": null })));
        compare(&model, operation(&model, "paint"), (rules, method(&model)), &ours, &theirs).differences.is_empty()
    };
    assert!(covers(&[SdkRule::NullValue]));
    assert!(!covers(&[SdkRule::EmptyText]));
}

#[test]
fn equal_numbers_are_equal_in_any_spelling() {
    let model = spec();
    assert_eq!(locations(&model, json!({ "size": { "width": 1 } }), json!({ "size": { "width": 1.0 } })), []);
}

#[test]
fn a_field_without_an_argument_is_covered_only_under_a_rule() {
    let model = spec();
    let fixed = SdkMethod { takes: vec![Argument::Field(color())], ..method(&model).clone() };
    let (ours, theirs) = (sent(json!({ "color": "RED", "label": "A" })), sent(json!({ "color": "RED" })));
    let compared =
        |rules: &[SdkRule], method| compare(&model, operation(&model, "paint"), (rules, method), &ours, &theirs);
    let covered = compared(&[SdkRule::MissingArgument], &fixed);
    assert_eq!(covered.differences, []);
    assert_eq!(applied(&covered), [(SdkRule::MissingArgument, vec!["/label"])]);
    assert_eq!(compared(&[], &fixed).differences[0].at, at("/label"));
    // A method that takes an object with all other fields has an argument for each.
    assert_eq!(compared(&[SdkRule::MissingArgument], method(&model)).differences[0].at, at("/label"));
    // A method without an argument sends no other value.
    let other = sent(json!({ "color": "RED", "label": "B" }));
    let rules: &[SdkRule] = &[SdkRule::MissingArgument];
    let changed = compare(&model, operation(&model, "paint"), (rules, &fixed), &ours, &other);
    assert_eq!(changed.differences[0].at, at("/label"));
}

#[test]
fn an_omitted_falsy_argument_is_covered_only_under_a_rule() {
    let model = spec();
    let covers = |rules: &[SdkRule], value: Value| {
        let (ours, theirs) = (sent(json!({ "label": value })), sent(json!({})));
        compare(&model, operation(&model, "paint"), (rules, method(&model)), &ours, &theirs).differences.is_empty()
    };
    for falsy in [json!(0), json!(false), json!("0"), json!("false"), json!([]), json!({})] {
        assert!(covers(&[SdkRule::Falsy], falsy.clone()), "{falsy}");
        assert!(!covers(&[], falsy.clone()), "{falsy}");
    }
    for truthy in [json!(1), json!(true), json!("A"), json!([0]), json!({ "a": 0 })] {
        assert!(!covers(&[SdkRule::Falsy], truthy.clone()), "{truthy}");
    }
}
