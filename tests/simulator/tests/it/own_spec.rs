//! The project's own spec. Names and rules come out of the model here too: what is checked is that
//! the documented requests are accepted, stored and shown.

use crate::client::{Client, send, start_with};
use crate::model::spec;
use plivo_codegen::model::{Does, Model, Operation, Resource, Segment};
use plivo_simulator::{Options, Parameters, Simulator, validate};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn one(resource: &Resource, does: Does) -> Option<&Operation> {
    resource.operations.iter().find(|operation| operation.does == does)
}

/// The path of an operation, with the id in place of its only parameter.
fn path(operation: &Operation, id: &str) -> String {
    let segments = operation.path.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => text.as_str(),
        Segment::Account => "{account}",
        Segment::Parameter(_) => id,
    });
    let slash = if operation.path.trailing_slash { "/" } else { "" };
    format!("/{}{slash}", segments.collect::<Vec<_>>().join("/"))
}

/// Creates what an example describes, reads it, and removes it.
async fn live(client: &Client, model: &Model, resource: &Resource, create: &Operation, request: &Value) {
    let collection = resource.collection.as_ref().expect("what is created is kept");
    let created = client.post(&path(create, ""), request.clone()).await.ok();
    let id = created[&collection.id].as_str().expect("an id");
    let read = one(resource, Does::Read).expect("a way to read");
    let shown = client.get(&path(read, id)).await.ok().to_string();
    let meant = Parameters::from(request.as_object().cloned().unwrap_or_default()).meant(model, create);
    for value in meant.values().values() {
        assert!(shown.contains(&value.to_string()), "{value} is not in {shown}");
    }
    let delete = one(resource, Does::Delete).expect("a way to delete");
    client.delete(&path(delete, id)).await.ok();
    client.get(&path(read, id)).await.error(404);
}

#[tokio::test]
async fn documented_requests_are_accepted() {
    let model = spec();
    let client = start_with(model.clone(), Options::new()).await;
    let mut checked = 0;
    for resource in &model.resources {
        for create in resource.operations.iter().filter(|operation| operation.does == Does::Create) {
            for example in create.examples.iter().filter_map(|&place| resource.examples.get(place)) {
                live(&client, &model, resource, create, &example.request).await;
                checked += 1;
            }
        }
    }
    assert!(checked >= 8, "{checked}");
}

#[test]
fn documented_requests_cause_the_documented_warnings() {
    let model = spec();
    for resource in &model.resources {
        for operation in &resource.operations {
            for example in operation.examples.iter().filter_map(|&place| resource.examples.get(place)) {
                let request = example.request.as_object().cloned().unwrap_or_default();
                let findings = validate(&model, operation, &Parameters::from(request));
                let found: Vec<_> = findings.into_iter().map(|finding| (finding.pointer, finding.rule)).collect();
                let mut expected = example.warns.clone();
                expected.sort();
                let mut sorted = found.clone();
                sorted.sort();
                assert_eq!(sorted, expected, "{}", example.name);
            }
        }
    }
}

#[tokio::test]
async fn it_is_served_without_further_ado() {
    let simulator = Simulator::of_spec().await.expect("a free port");
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let index = send(http.get(simulator.url())).await.ok();
    let served: Vec<_> = index["operations"].as_array().expect("a list").iter().map(|one| one["id"].clone()).collect();
    let model = spec();
    let operations = model.resources.iter().flat_map(|resource| &resource.operations);
    assert_eq!(served, operations.map(|operation| operation.id.as_str()).collect::<Vec<_>>());
}

/// A special case is a key in the spec, never a name in Rust.
#[test]
fn no_source_names_an_operation_or_a_path() {
    let model = spec();
    let operations = model.resources.iter().flat_map(|resource| &resource.operations);
    let names: Vec<&str> =
        operations.flat_map(|operation| [operation.id.as_str(), operation.path.template.as_str()]).collect();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = 0;
    for directory in [source.clone(), source.join("fault")] {
        let entries = fs::read_dir(directory).expect("a directory").map(|entry| entry.expect("an entry").path());
        for path in entries.filter(|path| path.is_file()) {
            let text = fs::read_to_string(&path).expect("a file");
            for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
                let named = names.iter().find(|name| line.contains(&format!("\"{name}")));
                assert_eq!(named, None, "{}: {line}", path.display());
            }
            files += 1;
        }
    }
    assert!(files > 30, "only {files} files");
}
