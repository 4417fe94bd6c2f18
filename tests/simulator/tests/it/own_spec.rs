//! The spec of the project: its documented requests are accepted, stored and returned.

use crate::client::{Client, send, start_with};
use crate::model::spec;
use plivo_codegen::model::{Body, Does, Model, Operation, Resource, Segment};
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

/// The operations that read and delete what this operation creates, if its id alone names the object.
fn read_and_delete<'a>(resource: &'a Resource, create: &Operation) -> Option<(&'a Operation, &'a Operation)> {
    let parameters = |operation: &Operation| {
        operation.path.segments.iter().filter(|segment| matches!(segment, Segment::Parameter(_))).count()
    };
    let (read, delete) = (operation(resource, Does::Read)?, operation(resource, Does::Delete)?);
    (parameters(create) == 0 && parameters(read) == 1 && parameters(delete) == 1).then_some((read, delete))
}

/// Creates the object of an example, reads it, and deletes it. `false` if the answer does not name one object.
async fn create_read_delete(
    client: &Client,
    model: &Model,
    resource: &Resource,
    create: &Operation,
    request: &Value,
) -> bool {
    let Some((read, delete)) = read_and_delete(resource, create) else { return false };
    let created = client.post(&path(create, ""), request.clone()).await.ok();
    let id = resource.collection.as_ref().and_then(|collection| created[collection.id.as_ref()?].as_str());
    let Some(id) = id else { return false };
    let shown = client.get(&path(read, id)).await.ok().to_string();
    let meant = Parameters::from(request.as_object().cloned().unwrap_or_default()).meant(model, create);
    let fields = read.answer.object().map(|object| model[object].fields.as_slice()).unwrap_or_default();
    for (key, value) in meant.values().iter().filter(|(key, _)| fields.iter().any(|field| field.name == **key)) {
        // A list is also shown as one text, with a delimiter between its items.
        let whole = std::slice::from_ref(value);
        for item in value.as_array().map_or(whole, Vec::as_slice) {
            let text = item.as_str().map_or_else(|| item.to_string(), str::to_owned);
            assert!(shown.contains(&text), "{key}: {value} is not in {shown}");
        }
    }
    client.delete(&path(delete, id)).await.ok();
    client.get(&path(read, id)).await.error(404);
    true
}

#[tokio::test]
async fn documented_requests_create_objects_that_can_be_read_and_deleted() {
    let model = spec();
    let client = start_with(model.clone(), Options::new()).await;
    let mut checked = 0;
    for resource in &model.resources {
        for create in resource.operations.iter().filter(|one| one.does == Does::Create && one.body == Body::Json) {
            for example in create.examples.iter().filter_map(|&index| resource.examples.get(index)) {
                checked += usize::from(create_read_delete(&client, &model, resource, create, &example.request).await);
            }
        }
    }
    assert!(checked >= 20, "{checked} objects were created");
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
