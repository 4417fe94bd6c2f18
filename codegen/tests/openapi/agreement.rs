//! The schemas of bodies refuse what the interpreter refuses, and nothing else but what each of them lists.

use jsonschema::Validator;
use plivo_codegen::interpret::{Parameters, Violation, validate};
use plivo_codegen::model::{Body, Field, Level, Location, One, Operation, Presence};
use serde_json::{Map, Value, json};

use crate::document::Document;

/// Values of every kind. Some are invalid for most fields.
fn values() -> Vec<Value> {
    let mut values = vec![json!("no such value"), json!("5"), json!(""), json!(0), json!(-1), json!(1.5)];
    values.extend([json!(4_000_000_000_u64), json!(true), json!([]), json!({}), json!({ "some": "thing" })]);
    values.extend([json!("long ".repeat(2000)), json!(["no such value"]), json!([5]), json!("+12125550123")]);
    values.extend([json!("https://example.com/a"), json!("2026-01-31"), json!("2026-01-31 12:30:00")]);
    values
}

/// Rules that are violated by what only the client sees, or that no keyword expresses.
fn has_no_keyword(rule: &str) -> bool {
    matches!(rule, "delimiter" | "taken" | "content_types")
}

/// Whether the interpreter takes a value that no client sends: it is converted to what the schema describes.
fn is_converted(field: &Field, value: &Value) -> bool {
    let is_list = value.is_array() || value.is_object();
    field.also.is_some()
        || field.items_also.is_some()
        || *value == json!("")
        || *value == json!([])
        || *value == json!({})
        || (field.constraints.delimiter.is_some() && is_list)
        || field.one != One::Listed
}

struct Case<'d> {
    document: &'d Document,
    operation: &'d Operation,
    validator: Validator,
    request: Map<String, Value>,
    compared: usize,
    disagreements: Vec<String>,
}

impl Case<'_> {
    /// The errors in the body of a request.
    fn errors(&self, request: &Map<String, Value>) -> Vec<Violation> {
        let parameters = Parameters::from(request.clone());
        let violations = validate(&self.document.model, self.operation, &parameters);
        let in_body = |violation: &Violation| {
            let name = violation.pointer.split('/').nth(1);
            let mut others = self.document.model.request_fields(self.operation);
            !others.any(|field| field.location != Location::Body && Some(field.name.as_str()) == name)
        };
        violations.into_iter().filter(|violation| violation.level == Level::Error && in_body(violation)).collect()
    }

    fn body(&self, request: &Map<String, Value>) -> Value {
        let fields = self.document.model.request_fields(self.operation);
        let fields = fields.filter(|field| field.location == Location::Body);
        let given = fields.filter_map(|field| Some((field.name.clone(), request.get(&field.name)?.clone())));
        Value::Object(given.collect())
    }

    fn check(&mut self, field: &Field, value: Option<Value>) {
        let mut request = self.request.clone();
        match &value {
            Some(value) => _ = request.insert(field.name.clone(), value.clone()),
            None => _ = request.remove(&field.name),
        }
        let errors = self.errors(&request);
        let refused: Vec<_> = self.validator.iter_errors(&self.body(&request)).map(|error| error.to_string()).collect();
        let what = format!("{}, {} as {value:?}", self.operation.id, field.name);
        let with_keyword: Vec<_> = errors.iter().filter(|error| !has_no_keyword(&error.rule)).collect();
        if refused.is_empty() && !with_keyword.is_empty() {
            self.disagreements.push(format!("{what}: only the interpreter refuses it: {with_keyword:?}"));
        }
        let is_stricter = !refused.is_empty() && errors.is_empty();
        if is_stricter && !value.as_ref().is_some_and(|value| is_converted(field, value)) {
            self.disagreements.push(format!("{what}: only the schema refuses it: {refused:?}"));
        }
        self.compared += 1;
    }
}

#[test]
fn bodies_are_refused_by_the_schema_where_the_interpreter_refuses_them() {
    let document = Document::of_the_api();
    let values = values();
    let (mut compared, mut disagreements) = (0, Vec::<String>::new());
    for (resource, operation) in document.operations() {
        if operation.body != Body::Json || !operation.fixed.is_empty() {
            continue;
        }
        let request = &document.model[operation.request];
        let name = format!("/components/schemas/{}.{}", resource.name, request.name);
        if document.json.pointer(&name).is_none() {
            continue;
        }
        let examples = operation.examples.iter().filter_map(|index| resource.examples.get(*index));
        let example = examples.map(|example| example.request.as_object().cloned().unwrap_or_default());
        let example = example.max_by_key(Map::len).unwrap_or_default();
        let sent = Parameters::from(example).sent(&document.model, operation).values().clone();
        let validator = document.validator(&name);
        let mut case = Case { document, operation, validator, request: sent, compared: 0, disagreements: Vec::new() };
        let fields = request.fields.iter().filter(|field| field.location == Location::Body && !field.flatten);
        for field in fields.filter(|field| field.presence != Presence::AnswerOnly) {
            case.check(field, None);
            values.iter().for_each(|value| case.check(field, Some(value.clone())));
        }
        compared += case.compared;
        disagreements.extend(case.disagreements);
    }
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
    assert!(compared > 5000, "only {compared} requests");
}
