//! The whole run, with the client itself in place of an SDK: it has a method for each operation, and takes one object.

use std::collections::BTreeSet;

use plivo_codegen::Model;
use plivo_codegen::model::{Argument, Registry, Sdk, SdkMethod};
use plivo_conformance::witnesses::{Run, Witness, run};
use plivo_conformance::{Failure, requests};
use serde_json::Value;

use crate::support::{AUTH_TOKEN, client, model};

/// Does as it is told with each request, which it then sends.
struct StandIn<F>(F);

/// How a call ends that a stand-in has thought about.
type Outcome = Result<(), String>;

impl<F: FnMut(&str, &mut Value, Outcome) -> Outcome + Send> Witness for StandIn<F> {
    async fn call(&mut self, step: &Value) -> Result<Outcome, Failure> {
        let operation = step["calls"].as_str().expect("a method");
        let mut request = step["arguments"][0]["is"].clone();
        // Before the call there is no outcome that it could change.
        let _ = (self.0)(operation, &mut request, Ok(()));
        let client = client(step["url"].as_str().expect("an address"), AUTH_TOKEN);
        let sent = requests::send(&client, operation, request.clone()).await;
        let outcome = sent.map(drop).map_err(|error| error.to_string());
        Ok((self.0)(operation, &mut request, outcome))
    }
}

/// The spec, with the stand-in as its only SDK.
fn spec() -> Model {
    let mut model = model();
    let operations = model.resources.iter().flat_map(|resource| &resource.operations);
    let methods = operations.map(|operation| SdkMethod {
        operation: operation.id.clone(),
        calls: operation.id.clone(),
        takes: vec![Argument::Others],
        differs: Vec::new(),
    });
    let sdk = Sdk {
        name: "stand_in".to_owned(),
        summary: "The client itself.".to_owned(),
        registry: Registry::PyPi,
        package: "stand-in".to_owned(),
        version: "1.2.3".to_owned(),
        equal: Vec::new(),
        methods: methods.collect(),
        lacks: Vec::new(),
    };
    model.sdks = vec![sdk];
    model
}

async fn found(model: Model, does: impl FnMut(&str, &mut Value, Outcome) -> Outcome + Send) -> Run {
    run(&model, &mut [StandIn(does)]).await.expect("a run")
}

/// What is wrong with the operations, without the names of their inputs.
fn sentences(run: &Run) -> BTreeSet<String> {
    let sentence = |line: &String| line.rsplit_once("`: ").map_or(line.as_str(), |(_, sentence)| sentence).to_owned();
    run.complaints.iter().map(sentence).collect()
}

fn as_it_was(_: &str, _: &mut Value, outcome: Outcome) -> Outcome {
    outcome
}

#[tokio::test]
async fn the_client_does_what_it_does() {
    let found = found(spec(), as_it_was).await;
    assert_eq!(found.complaints, Vec::<String>::new());
    let verdicts = found.operations.iter().map(|(id, verdicts)| (id, verdicts[0].as_ref().expect(id)));
    assert!(verdicts.map(|(_, verdict)| verdict.requests).all(|requests| requests > 0));
}

#[tokio::test]
async fn what_an_sdk_does_otherwise_is_said() {
    let found = found(spec(), |operation, request, outcome| {
        if operation == "profile.list" && request.get("limit").is_some() {
            request["limit"] = Value::from(7);
        }
        outcome
    });
    let found = found.await;
    assert!(!found.complaints.is_empty());
    let is_expected = |line: &String| line.starts_with("stand_in, profile.list, ") && line.contains("the SDK \"7\"");
    assert!(found.complaints.iter().all(is_expected), "{:?}", found.complaints);
}

#[tokio::test]
async fn an_sdk_that_fails_is_said() {
    let found = found(spec(), |operation, _, outcome| match operation {
        "profile.get" => Err("it cannot read the answer".to_owned()),
        _ => outcome,
    });
    assert_eq!(
        found.await.complaints,
        ["stand_in, profile.get, every field: the SDK fails: it cannot read the answer"]
    );
}

/// A client that fails is no excuse for an SDK that does.
#[tokio::test]
async fn both_must_succeed() {
    let mut model = spec();
    let operations = model.resources.iter_mut().flat_map(|resource| &mut resource.operations);
    let delete = operations.into_iter().find(|operation| operation.name == "delete").expect("delete");
    delete.answer.statuses = vec![400];
    let complaints = found(model, as_it_was).await.complaints;
    assert_eq!(complaints.len(), 1, "{complaints:?}");
    assert!(complaints[0].starts_with("stand_in, profile.delete, every field: this client fails: "), "{complaints:?}");
}

/// An SDK that hides an error is found out by the status.
#[tokio::test]
async fn a_refusal_is_no_success() {
    let found = found(spec(), |operation, request, _| {
        if operation == "profile.get" {
            request["profile_uuid"] = Value::from("201faedc-7df9-4840-9ab1-3997ce3f7cf4");
        }
        Ok(())
    });
    assert_eq!(
        found.await.complaints,
        ["stand_in, profile.get, every field: the SDK fails: it takes status 404 for a success"]
    );
}

#[tokio::test]
async fn silence_about_an_operation_is_said() {
    let mut model = spec();
    model.sdks[0].methods.retain(|method| method.operation != "profile.get");
    let words = "stand_in, profile.get: spec/sdks/stand_in.yaml names no method for it; if there is none, say so under \
        `lacks`";
    assert_eq!(sentences(&found(model.clone(), as_it_was).await), [words.to_owned()].into());
    model.sdks[0].lacks.push(("profile.get".to_owned(), "It is older.".to_owned()));
    assert_eq!(found(model, as_it_was).await.complaints, Vec::<String>::new());
}

#[tokio::test]
async fn a_field_that_no_request_has_is_said() {
    let mut model = spec();
    let list = model.objects.iter_mut().find(|object| object.name == "ListProfiles").expect("its request");
    let limit = list.fields.iter_mut().find(|field| field.name == "limit").expect("limit");
    // No number is at least 21 and at most 20.
    limit.constraints.min.as_mut().expect("a least").is = 21;
    let complaints = found(model, as_it_was).await.complaints;
    assert_eq!(complaints, ["profile.list: no request with `limit` can be made; give an example of one"]);
}
