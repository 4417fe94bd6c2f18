//! The documented requests of the spec: they are valid, and warn and are sent as the spec says.

use plivo::profile::CreateProfile;
use plivo_codegen::model::{Example, Model};
use serde_json::Value;

use crate::support::{model_of_profile, pair};

fn examples(model: &Model) -> Vec<Example> {
    let resource = model.resources.iter().find(|resource| resource.name == "profile").expect("profile");
    let create = resource.operations.iter().find(|operation| operation.name == "create").expect("create");
    create.examples.iter().map(|index| resource.examples[*index].clone()).collect()
}

/// The expected body: the request with the changes that the example lists under `sends`.
fn expected_body(example: &Example) -> Value {
    let mut body = example.request.clone();
    let fields = body.as_object_mut().expect("an object");
    for (name, value) in &example.sends {
        match value {
            Value::Null => drop(fields.remove(name)),
            value => drop(fields.insert(name.clone(), value.clone())),
        }
    }
    body
}

#[test]
fn the_spec_has_all_eight_examples() {
    let names: Vec<_> = examples(&model_of_profile()).into_iter().map(|example| example.name).collect();
    assert_eq!(names, ["python", "ruby", "node", "php", "java", "dotnet", "curl", "go"]);
}

#[tokio::test]
async fn documented_requests_warn_and_are_sent_as_the_spec_says() {
    let (simulator, client) = pair().await;
    for example in examples(&model_of_profile()) {
        let name = &example.name;
        let request: CreateProfile = serde_json::from_value(example.request.clone()).expect(name);
        let report = request.validate();
        assert!(report.errors().is_empty(), "{name}: {report}");
        let warnings: Vec<_> =
            report.warnings().iter().map(|warning| (warning.pointer().to_owned(), warning.rule().to_owned())).collect();
        assert_eq!(warnings, example.warns, "{name}");
        let created = client.send(request).await.expect(name);
        assert_eq!(created.report().warnings().len(), example.warns.len(), "{name}");
        let received = simulator.requests().pop().and_then(|request| request.json()).expect("a JSON body");
        assert_eq!(received, expected_body(&example), "{name}");
    }
}
