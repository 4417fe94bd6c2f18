//! The spec agrees with its sources.

use std::path::Path;

use plivo_evidence::{Evidence, Source, check};

fn evidence() -> Evidence {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("sources");
    Evidence::read(&sources).unwrap_or_else(|error| panic!("{error}"))
}

fn model() -> plivo_codegen::Model {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let sources = plivo_codegen::read_dir(&spec).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    plivo_codegen::model(&sources).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

#[test]
fn the_spec_follows_its_sources_or_an_exception_says_why_not() {
    let report = check(&model(), &evidence());
    assert!(report.is_clean(), "\n{report}");
}

#[test]
fn every_exception_about_a_field_of_the_spec_has_a_contradiction_there() {
    let (model, evidence) = (model(), evidence());
    let report = check(&model, &evidence);
    let mut lacking = Vec::new();
    for finding in report.excepted.iter().filter(|finding| matches!(finding.source, Source::Page | Source::Go)) {
        let Some(resource) =
            model.resources.iter().find(|resource| finding.id.starts_with(&format!("{}.", resource.name)))
        else {
            continue;
        };
        let operation = resource.operations.iter().find(|operation| operation.id == finding.id);
        let objects = operation.iter().flat_map(|operation| {
            let request = &model[operation.request];
            let parts = request.fields.iter().filter_map(|field| match field.ty {
                plivo_codegen::model::Type::Object(id) => Some(&model[id]),
                _ => None,
            });
            [request].into_iter().chain(parts)
        });
        let mut fields = objects.flat_map(|object| &object.fields).filter(|field| field.name == finding.name);
        let of_operation = operation.is_some_and(|operation| !operation.contradictions.is_empty());
        if !of_operation && !fields.any(|field| !field.contradictions.is_empty()) {
            lacking.push(finding.to_string());
        }
    }
    assert!(lacking.is_empty(), "the spec has no contradiction for\n{}", lacking.join("\n"));
}

/// The texts in the recorded answers and requests.
fn recorded_texts() -> Vec<(String, String)> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("sources");
    let mut texts = Vec::new();
    for folder in std::fs::read_dir(&sources).expect("the sources") {
        let folder = folder.expect("a folder").path();
        for file in ["answers.json", "requests.json"] {
            let path = folder.join(file);
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            collect(&value, &path.display().to_string(), &mut texts);
        }
    }
    texts
}

fn collect(value: &serde_json::Value, file: &str, texts: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::String(text) => texts.push((file.to_owned(), text.clone())),
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, file, texts)),
        serde_json::Value::Object(entries) => entries.values().for_each(|value| collect(value, file, texts)),
        _ => {}
    }
}

/// Telephone numbers are in the fictional range 555 01xx, and some have a digit too many. Hosts and addresses are at
/// example.com, or at Plivo.
#[test]
fn recorded_telephone_numbers_and_addresses_are_invented() {
    let mut violations = Vec::new();
    for (file, text) in recorded_texts() {
        let numbers = text.split(|letter: char| !letter.is_ascii_digit() && letter != '+');
        for number in numbers.filter_map(|number| number.strip_prefix('+')).filter(|number| number.len() >= 7) {
            if !number.starts_with('1') || number.get(4..8) != Some("5550") {
                violations.push(format!("{file}: +{number}"));
            }
        }
        let words = text.split(|letter: char| !letter.is_alphanumeric() && !".@-".contains(letter));
        for word in words.filter(|word| word.contains('@') || word.ends_with(".com") || word.ends_with(".net")) {
            let host = word.rsplit('@').next().unwrap_or(word);
            let is_invented = ["example.com", "plivo.com", "192.0.2.10"].iter().any(|known| host.ends_with(known));
            if !is_invented {
                violations.push(format!("{file}: {word}"));
            }
        }
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}
