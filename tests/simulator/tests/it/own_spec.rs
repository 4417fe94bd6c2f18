//! The spec of the project: its documented requests are accepted, stored and returned.

use crate::client::{Client, send, start_with};
use crate::model::spec;
use plivo_codegen::model::{Does, Model, Operation, Resource, Segment};
use plivo_simulator::{Options, Parameters, Simulator, validate};
use serde_json::Value;

/// The first operation of this kind.
fn operation(resource: &Resource, does: Does) -> Option<&Operation> {
    resource.operations.iter().find(|operation| operation.does == does)
}

/// The path of an operation with this id as its only parameter.
fn path(operation: &Operation, id: &str) -> String {
    let segments = operation.path.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => text.as_str(),
        Segment::Account => "{account}",
        Segment::Parameter(_) => id,
    });
    let slash = if operation.path.trailing_slash { "/" } else { "" };
    format!("/{}{slash}", segments.collect::<Vec<_>>().join("/"))
}

/// Creates the object of an example, reads it, and deletes it.
async fn create_read_delete(client: &Client, model: &Model, resource: &Resource, create: &Operation, request: &Value) {
    let collection = resource.collection.as_ref().expect("a collection");
    let created = client.post(&path(create, ""), request.clone()).await.ok();
    let id = created[collection.id.as_ref().expect("an id")].as_str().expect("an id");
    let read = operation(resource, Does::Read).expect("a read operation");
    let shown = client.get(&path(read, id)).await.ok().to_string();
    let meant = Parameters::from(request.as_object().cloned().unwrap_or_default()).meant(model, create);
    for value in meant.values().values() {
        assert!(shown.contains(&value.to_string()), "{value} is not in {shown}");
    }
    let delete = operation(resource, Does::Delete).expect("a delete operation");
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
            for example in create.examples.iter().filter_map(|&index| resource.examples.get(index)) {
                create_read_delete(&client, &model, resource, create, &example.request).await;
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
            for example in operation.examples.iter().filter_map(|&index| resource.examples.get(index)) {
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
async fn the_default_simulator_serves_the_spec() {
    let simulator = Simulator::of_spec().await.expect("a free port");
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let index = send(http.get(simulator.url())).await.ok();
    let served: Vec<_> = index["operations"].as_array().expect("a list").iter().map(|one| one["id"].clone()).collect();
    let model = spec();
    let operations = model.resources.iter().flat_map(|resource| &resource.operations);
    assert_eq!(served, operations.map(|operation| operation.id.as_str()).collect::<Vec<_>>());
}
