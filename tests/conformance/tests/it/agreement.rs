//! Two readings of the rules, the client's tables and the interpreter of the model, find the same.

use plivo::profile::{CreateProfile, UpdateProfile};
use plivo_codegen::interpret::{self, Parameters};
use plivo_codegen::model::{Format, Level, Model, Object, Operation, Type};
use serde_json::{Map, Value, json};

use crate::support::model;

type Findings = Vec<(String, String)>;

fn by_the_model(model: &Model, operation: &Operation, request: &Map<String, Value>) -> (Findings, Findings) {
    let findings = interpret::validate(model, operation, &Parameters::from(request.clone()));
    let of = |level| {
        let of_level = findings.iter().filter(|finding| finding.level == level);
        of_level.map(|finding| (finding.pointer.clone(), finding.rule.clone())).collect()
    };
    (of(Level::Error), of(Level::Warn))
}

fn by_the_client(report: &plivo::Report) -> (Findings, Findings) {
    let of = |violations: &[plivo::Violation]| {
        violations.iter().map(|violation| (violation.pointer().to_owned(), violation.rule().to_owned())).collect()
    };
    (of(report.errors()), of(report.warnings()))
}

/// Texts at and beyond the limits of a field, in characters of one byte and of three.
fn texts(limit: Option<u64>, format: Option<Format>) -> Vec<Value> {
    let mut texts: Vec<String> = ["", " ", "a", "NASDAQ", "nasdaq", "none", "é", "\u{0}"].map(str::to_owned).to_vec();
    if let Some(limit) = limit.and_then(|limit| usize::try_from(limit).ok()) {
        for length in [limit - 1, limit, limit + 1] {
            texts.extend([("a").repeat(length), "€".repeat(length)]);
        }
    }
    if format.is_some() {
        let tricky = [
            "US",
            "us",
            "USA",
            "Ü1",
            "+12175550123",
            "12175550123",
            "+02175550123",
            "+1234567",
            "+123456",
            "+1234567890123456",
            "ada@example.com",
            "ada@example",
            "@example.com",
            "ada@.com",
            "ada@example.com.",
            "a b@example.com",
            "a@b@example.com",
            "ada@exa\u{a0}mple.com",
            "201faedc-7df9-4840-9ab1-3997ce3f7cf4",
            "201FAEDC-7df9-4840-9ab1-3997ce3f7cf4",
            "201faedc",
        ];
        texts.extend(tricky.map(str::to_owned));
    }
    texts.into_iter().map(Value::from).collect()
}

/// Every request that differs from a base in one field, at any depth.
fn variants(model: &Model, object: &Object, base: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let mut variants = vec![base.clone()];
    for field in &object.fields {
        let mut with = |value: Option<Value>| {
            let mut variant = base.clone();
            match value {
                Some(value) => drop(variant.insert(field.name.clone(), value)),
                None => drop(variant.remove(&field.name)),
            }
            variants.push(variant);
        };
        with(None);
        match &field.ty {
            Type::Object(id) => {
                let empty = Map::new();
                let inner = base.get(&field.name).and_then(Value::as_object).unwrap_or(&empty);
                for inner in variants_of(model, &model[*id], inner) {
                    with(Some(Value::Object(inner)));
                }
            }
            Type::Enum(id) => {
                for value in &model[*id].values {
                    with(Some(json!(value.wire)));
                    with(Some(json!(value.wire.to_lowercase())));
                }
                texts(None, None).into_iter().for_each(|text| with(Some(text)));
            }
            _ => {
                let limit = field.checks.max_length.map(|limit| limit.is);
                let format = field.checks.format.map(|limit| limit.is);
                texts(limit, format).into_iter().for_each(|text| with(Some(text)));
            }
        }
    }
    variants
}

fn variants_of(model: &Model, object: &Object, base: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let mut all = variants(model, object, base);
    all.push(Map::new());
    all
}

fn operation<'m>(model: &'m Model, id: &str) -> &'m Operation {
    model.resources.iter().flat_map(|resource| &resource.operations).find(|operation| operation.id == id).expect(id)
}

fn bases(model: &Model) -> Vec<Map<String, Value>> {
    let examples = model.resources.iter().flat_map(|resource| &resource.examples);
    let mut bases: Vec<_> = examples.filter_map(|example| example.request.as_object().cloned()).collect();
    bases.push(Map::new());
    bases
}

#[test]
fn on_creates() {
    let model = model();
    let create = operation(&model, "profile.create");
    let mut compared = 0;
    for base in bases(&model) {
        for variant in variants(&model, &model[create.request], &base) {
            let request: CreateProfile = serde_json::from_value(Value::Object(variant.clone())).expect("a request");
            assert_eq!(by_the_client(&request.validate()), by_the_model(&model, create, &variant), "{variant:?}");
            compared += 1;
        }
    }
    assert!(compared > 2000, "only {compared}");
}

#[test]
fn on_updates() {
    let model = model();
    let update = operation(&model, "profile.update");
    let fields: Vec<_> = model[update.request].fields.iter().map(|field| field.name.clone()).collect();
    for mut base in bases(&model) {
        base.retain(|name, _| fields.contains(name));
        base.insert("profile_uuid".to_owned(), json!("201faedc-7df9-4840-9ab1-3997ce3f7cf4"));
        for variant in variants(&model, &model[update.request], &base) {
            let request: UpdateProfile = serde_json::from_value(Value::Object(variant.clone())).expect("a request");
            assert_eq!(by_the_client(&request.validate()), by_the_model(&model, update, &variant), "{variant:?}");
        }
    }
}
