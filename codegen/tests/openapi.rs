//! The description in OpenAPI: valid, complete, and of one mind with the interpreter of the model.

mod support;

#[path = "openapi/agreement.rs"]
mod agreement;
#[path = "openapi/document.rs"]
mod document;

use std::collections::BTreeSet;
use std::path::Path;

use jsonschema::Draft;
use plivo_codegen::interpret::{Parameters, refusing_sentence, validate};
use plivo_codegen::model::{Operation, Resource};
use plivo_codegen::{SpecFile, generate};
use serde_json::{Map, Value, json};

use document::{Document, each, unescaped};

const METHODS: [&str; 4] = ["get", "post", "delete", "patch"];

/// The operations of the document with their paths and methods.
fn operations(document: &Value) -> Vec<(&str, &str, &Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let operations = paths.iter().flat_map(|(path, item)| {
        METHODS.iter().filter_map(move |method| Some((path.as_str(), *method, item.get(method)?)))
    });
    operations.collect()
}

#[test]
fn the_document_is_valid_by_the_official_schema() {
    let schema: Value = serde_json::from_str(include_str!("openapi/schema-3.1.json")).expect("JSON");
    let validator = jsonschema::options().with_draft(Draft::Draft202012).build(&schema).expect("a schema");
    let document = Document::of_the_api();
    let errors: Vec<_> =
        validator.iter_errors(&document.json).map(|error| format!("{}: {error}", error.instance_path)).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let mut count = 0;
    for (name, schema) in document.json["components"]["schemas"].as_object().expect("schemas") {
        if let Err(error) = jsonschema::draft202012::meta::validate(schema) {
            panic!("{name}: {error}");
        }
        count += 1;
    }
    assert!(count > 300, "only {count} schemas");
}

#[test]
fn every_reference_leads_somewhere_and_every_schema_is_used() {
    let document = Document::of_the_api();
    let mut used = BTreeSet::new();
    each(&document.json, &mut |value| {
        if let Some(Value::String(reference)) = value.get("$ref") {
            let pointer = reference.strip_prefix('#').expect("a reference inside the document");
            assert!(document.json.pointer(pointer).is_some(), "{reference}");
            used.insert(unescaped(pointer));
        }
    });
    for name in document.json["components"]["schemas"].as_object().expect("schemas").keys() {
        assert!(used.contains(&format!("/components/schemas/{name}")), "{name} is not used");
    }
}

#[test]
fn every_operation_of_the_model_appears_once_at_its_route() {
    let document = Document::of_the_api();
    let mut listed = Vec::new();
    let mut ids = BTreeSet::new();
    for (path, method, operation) in operations(&document.json) {
        assert!(ids.insert(operation["operationId"].as_str().expect("an id")), "{path}: its id is not unique");
        for one in operation["x-plivo-operations"].as_array().expect("operations") {
            listed.push((one["id"].as_str().expect("an id").to_owned(), method.to_owned(), path.to_owned()));
        }
    }
    listed.sort();
    let shape = |path: &str| {
        let segments = path.split('/').map(|segment| if segment.starts_with('{') { "{}" } else { segment });
        segments.collect::<Vec<_>>().join("/")
    };
    let mut described: Vec<_> = document.operations().map(|(_, operation)| operation).collect();
    described.sort_by(|one, other| one.id.cmp(&other.id));
    assert_eq!(listed.len(), described.len());
    for ((id, method, path), operation) in listed.iter().zip(described) {
        assert_eq!(*id, operation.id);
        assert_eq!(*method, format!("{:?}", operation.method).to_lowercase(), "{id}");
        assert_eq!(shape(path), shape(&operation.path.template), "{id}");
    }
}

#[test]
fn every_parameter_of_a_path_is_described() {
    let document = Document::of_the_api();
    for (path, _, operation) in operations(&document.json) {
        let resolved = operation["parameters"].as_array().into_iter().flatten().map(|parameter| {
            let reference = parameter["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
            reference.map_or(parameter, |pointer| document.json.pointer(pointer).expect("a parameter"))
        });
        let resolved: Vec<_> = resolved.filter(|parameter| parameter["in"] == "path").collect();
        let described: BTreeSet<_> =
            resolved.iter().filter_map(|parameter| parameter["name"].as_str()).map(str::to_owned).collect();
        let named = path.split(['{', '}']).skip(1).step_by(2).map(str::to_owned);
        assert_eq!(described, named.collect(), "{path}");
        assert!(resolved.iter().all(|parameter| parameter["required"] == true), "{path}");
    }
}

/// The documented requests that break no rule.
fn accepted(document: &Document, resource: &Resource, operation: &Operation) -> usize {
    let examples = operation.examples.iter().filter_map(|index| resource.examples.get(*index));
    let is_accepted = |request: &Value| {
        let parameters = Parameters::from(request.as_object().cloned().unwrap_or_default());
        refusing_sentence(&validate(&document.model, operation, &parameters)).is_none()
    };
    examples.filter(|example| is_accepted(&example.request)).count()
}

#[test]
fn every_documented_request_is_there_and_valid() {
    let document = Document::of_the_api();
    let mut count = 0;
    for (path, method, operation) in operations(&document.json) {
        let Some(content) = operation["requestBody"]["content"].as_object() else { continue };
        for (media_type, media) in content {
            let escaped = [path, media_type].map(|step| step.replace('~', "~0").replace('/', "~1"));
            let pointer = format!("/paths/{}/{method}/requestBody/content/{}/schema", escaped[0], escaped[1]);
            let validator = document.validator(&pointer);
            let examples = media["examples"].as_object().into_iter().flatten();
            for (name, example) in examples {
                let errors: Vec<_> = validator.iter_errors(&example["value"]).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{method} {path}, {name}: {}", errors.join("\n"));
                count += 1;
            }
        }
    }
    let with_body = document.operations().filter(|(_, operation)| document.has_body(operation));
    let documented: usize = with_body.map(|(resource, operation)| accepted(document, resource, operation)).sum();
    assert_eq!(count, documented);
    assert!(count > 100, "only {count} requests");
}

#[test]
fn every_example_of_an_answer_is_valid() {
    let document = Document::of_the_api();
    let (mut documented, mut made) = (0, 0);
    for (path, method, operation) in operations(&document.json) {
        for (status, response) in operation["responses"].as_object().expect("responses") {
            let Some(media) = response["content"].get("application/json") else { continue };
            let path = path.replace('/', "~1");
            let pointer = format!("/paths/{path}/{method}/responses/{status}/content/application~1json/schema");
            let Some(examples) = media["examples"].as_object() else { continue };
            let validator = document.validator(&pointer);
            for (name, example) in examples {
                let errors: Vec<_> = validator.iter_errors(&example["value"]).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{method} {path} {status}, {name}: {}", errors.join("\n"));
                *(if name == "made" { &mut made } else { &mut documented }) += 1;
            }
        }
    }
    assert!(documented > 100 && made > 0, "{documented} documented, {made} made");
}

#[test]
fn every_example_of_a_field_and_every_default_is_valid() {
    let document = Document::of_the_api();
    let mut count = 0;
    document.each_schema(&mut |pointer, schema| {
        let examples = schema["examples"].as_array().into_iter().flatten();
        for value in examples.chain(schema.get("default")) {
            let errors: Vec<_> =
                document.validator(pointer).iter_errors(value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{pointer}: {}", errors.join("\n"));
            count += 1;
        }
    });
    for (path, _, operation) in operations(&document.json) {
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let Some(example) = parameter.get("example") else { continue };
            let validator = document.validator_of(&parameter["schema"]);
            let errors: Vec<_> = validator.iter_errors(example).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{path}, {}: {}", parameter["name"], errors.join("\n"));
            count += 1;
        }
    }
    assert!(count > 300, "only {count} values");
}

#[test]
fn a_shape_has_the_openapi_of_its_golden() {
    let input = support::inputs("emission", "yaml").into_iter().find(|input| input.ends_with("every_type.yaml"));
    let input = input.expect("the shape");
    let text = std::fs::read_to_string(&input).expect("the input");
    let files = [SpecFile::new("spec/plivo.yaml", support::API), SpecFile::new("spec/resources/thing.yaml", text)];
    let outputs = generate(&files).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let output = outputs.files.iter().find(|file| file.path == document::PATH).expect("the document");
    support::settle(support::compare(&input, "openapi.json", &output.text).into_iter().collect());
}

#[test]
fn warnings_are_no_keywords() {
    let document = Document::of_the_api();
    let named = |rule: &str| match rule {
        "max_length" | "max_bytes" => "maxLength",
        "min_length" => "minLength",
        "min" => "minimum",
        "max" => "maximum",
        "format" => "pattern",
        _ => "",
    };
    let mut count = 0;
    each(&document.json, &mut |value| {
        for warning in value["x-plivo-warnings"].as_array().into_iter().flatten() {
            let keyword = named(warning["rule"].as_str().expect("a rule"));
            let limit = value.get(keyword);
            assert!(limit.is_none() || limit == Some(&json!(1)), "{value}");
            count += 1;
        }
    });
    assert!(count > 100, "only {count} warnings");
}

#[test]
fn the_document_says_that_it_was_generated_in_its_first_lines() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(document::PATH);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(text.lines().take(3).any(|line| line.contains(plivo_codegen::GENERATED_MARK)));
    let empty = Map::new();
    assert_ne!(serde_json::from_str::<Value>(&text).expect("JSON").as_object().unwrap_or(&empty).len(), 0);
}
