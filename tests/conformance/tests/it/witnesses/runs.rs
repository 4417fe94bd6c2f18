//! Whole runs with the client itself in place of an SDK: one method per operation, each with one object as argument.

use std::collections::BTreeSet;

use plivo_codegen::Model;
use plivo_codegen::model::{Argument, Differs, DiffersAt, Otherwise, Registry, Sdk, SdkMethod};
use plivo_conformance::witnesses::{Run, Witness, run};
use plivo_conformance::{BoxError, requests};
use serde_json::{Map, Value};

use crate::support::{AUTH_TOKEN, client, model_of_profile};

/// A witness that sends requests with the client. The closure can change the request and the result.
struct StandIn<F>(F);

/// The result of a call.
type CallResult = Result<(), String>;

impl<F: FnMut(&str, &mut Value, CallResult) -> CallResult + Send> Witness for StandIn<F> {
    async fn perform(&mut self, call: &Value) -> Result<CallResult, BoxError> {
        let operation = call["calls"].as_str().expect("a method");
        let mut request = call["arguments"][0]["others"].clone();
        // The first call is for the request only.
        let _ = (self.0)(operation, &mut request, Ok(()));
        let client = client(call["url"].as_str().expect("an address"), AUTH_TOKEN);
        let sent = requests::send(&client, operation, request.clone()).await;
        let result = sent.map(drop).map_err(|error| error.to_string());
        Ok((self.0)(operation, &mut request, result))
    }
}

/// The spec of one resource, with the stand-in as its only SDK.
fn spec() -> Model {
    let mut model = model_of_profile();
    let operations = model.resources.iter().flat_map(|resource| &resource.operations);
    let methods = operations.map(|operation| SdkMethod {
        operation: operation.id.clone(),
        calls: operation.id.clone(),
        takes: vec![Argument::Others],
        keys: Vec::new(),
        fails: Vec::new(),
        differs: Vec::new(),
    });
    let sdk = Sdk {
        name: "stand_in".to_owned(),
        summary: "The client itself.".to_owned(),
        registry: Registry::PyPi,
        package: "stand-in".to_owned(),
        version: "1.2.3".to_owned(),
        rules: Vec::new(),
        methods: methods.collect(),
        lacks: Vec::new(),
    };
    model.sdks = vec![sdk];
    model
}

async fn run_with(model: Model, change: impl FnMut(&str, &mut Value, CallResult) -> CallResult + Send) -> Run {
    run(&model, &mut [StandIn(change)]).await.expect("a run")
}

/// The distinct problems of a run, without the names of inputs.
fn sentences(run: &Run) -> BTreeSet<String> {
    let sentence = |line: &String| line.rsplit_once("`: ").map_or(line.as_str(), |(_, sentence)| sentence).to_owned();
    run.problems.iter().map(sentence).collect()
}

fn unchanged(_: &str, _: &mut Value, result: CallResult) -> CallResult {
    result
}

#[tokio::test]
async fn the_client_equals_itself() {
    let found = run_with(spec(), unchanged).await;
    assert_eq!(found.problems, Vec::<String>::new());
    let verdicts = found.operations.iter().map(|(id, verdicts)| (id, verdicts[0].as_ref().expect(id)));
    assert!(verdicts.map(|(_, verdict)| verdict.requests).all(|requests| requests > 0));
}

#[tokio::test]
async fn an_unlisted_difference_is_reported() {
    let found = run_with(spec(), |operation, request, result| {
        if operation == "profile.list" && request.get("limit").is_some() {
            request["limit"] = Value::from(7);
        }
        result
    });
    let found = found.await;
    assert!(!found.problems.is_empty());
    let is_expected =
        |line: &String| line.starts_with("stand_in, profile.list, ") && line.contains("the SDK sends \"7\"");
    assert!(found.problems.iter().all(is_expected), "{:?}", found.problems);
}

#[tokio::test]
async fn an_error_of_the_sdk_is_reported() {
    let found = run_with(spec(), |operation, _, result| match operation {
        "profile.get" => Err("it cannot read the answer".to_owned()),
        _ => result,
    });
    assert_eq!(found.await.problems, ["stand_in, profile.get, every field: the SDK fails: it cannot read the answer"]);
}

/// The method of an operation.
fn method_of<'m>(model: &'m mut Model, operation: &str) -> &'m mut SdkMethod {
    model.sdks[0].methods.iter_mut().find(|method| method.operation == operation).expect(operation)
}

/// The SDK sends this limit in place of the caller's.
fn other_limit(limit: &str) -> Differs {
    let (at, sdk) = (DiffersAt::Field("/limit".to_owned()), Otherwise::Sends(Value::from(limit)));
    Differs { at, sdk, when: None, why: "It is older.".to_owned() }
}

/// With another limit, the stand-in cannot read the answer.
fn cannot_read(operation: &str, request: &mut Value, result: CallResult) -> CallResult {
    match operation {
        "profile.list" if request.get("limit").is_some() => request["limit"] = Value::from(7),
        _ => return result,
    }
    Err("it cannot read the answer".to_owned())
}

#[tokio::test]
async fn an_error_is_explained_by_a_listed_failure() {
    let mut model = spec();
    method_of(&mut model, "profile.list").fails.push(("cannot read".to_owned(), "It is older.".to_owned()));
    assert_eq!(run_with(model.clone(), cannot_read).await.problems, Vec::<String>::new());
    method_of(&mut model, "profile.list").differs.push(other_limit("7"));
    assert_eq!(run_with(model, cannot_read).await.problems, Vec::<String>::new());
}

#[tokio::test]
async fn a_listed_difference_does_not_hide_another_error() {
    let mut model = spec();
    method_of(&mut model, "profile.list").differs.push(other_limit("7"));
    let problems = run_with(model, cannot_read).await.problems;
    assert!(!problems.is_empty());
    let is_expected = |line: &String| line.ends_with(": the SDK fails: it cannot read the answer");
    assert!(problems.iter().all(is_expected), "{problems:?}");
}

#[tokio::test]
async fn a_listed_difference_explains_that_the_server_refuses_the_request() {
    let mut model = spec();
    method_of(&mut model, "profile.get").differs.push(Differs {
        at: DiffersAt::Path,
        sdk: Otherwise::Sends(Value::from("/v1/Account/{account}/Profile/201faedc-7df9-4840-9ab1-3997ce3f7cf4/")),
        when: None,
        why: "It is older.".to_owned(),
    });
    let other_id = |hides_it: bool| {
        move |operation: &str, request: &mut Value, result: CallResult| {
            if operation == "profile.get" {
                request["profile_uuid"] = Value::from("201faedc-7df9-4840-9ab1-3997ce3f7cf4");
                return if hides_it { Ok(()) } else { result };
            }
            result
        }
    };
    assert_eq!(run_with(model.clone(), other_id(false)).await.problems, Vec::<String>::new());
    let problems = run_with(model, other_id(true)).await.problems;
    assert_eq!(
        problems,
        ["stand_in, profile.get, every field: the SDK fails: it reports success for status 404"],
        "{problems:?}"
    );
}

/// Another operation refuses an equal request: this one is performed all the same.
#[tokio::test]
async fn a_documented_error_is_one_of_the_operation() {
    let mut model = spec();
    let requests = |run: &Run, id: &str| {
        let (_, verdicts) = run.operations.iter().find(|(operation, _)| operation == id).expect(id);
        verdicts[0].as_ref().expect("a verdict").requests
    };
    let before = run_with(model.clone(), unchanged).await;
    let resource = &mut model.resources[0];
    let index = resource.examples.len();
    let mut refused = resource.examples[0].clone();
    (refused.request, refused.status) = (Value::Object(Map::new()), Some(404));
    resource.examples.push(refused);
    let get = resource.operations.iter_mut().find(|operation| operation.name == "get").expect("get");
    get.examples.push(index);
    let after = run_with(model, unchanged).await;
    assert_eq!(requests(&after, "profile.list"), requests(&before, "profile.list"));
}

#[tokio::test]
async fn a_failure_of_the_client_is_reported_too() {
    let mut model = spec();
    let operations = model.resources.iter_mut().flat_map(|resource| &mut resource.operations);
    let delete = operations.into_iter().find(|operation| operation.name == "delete").expect("delete");
    delete.answer.statuses = vec![400];
    let problems = run_with(model, unchanged).await.problems;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].starts_with("stand_in, profile.delete, every field: this client fails: "), "{problems:?}");
}

/// The status reveals an SDK that hides an error.
#[tokio::test]
async fn an_error_status_is_not_a_success() {
    let found = run_with(spec(), |operation, request, _| {
        if operation == "profile.get" {
            request["profile_uuid"] = Value::from("201faedc-7df9-4840-9ab1-3997ce3f7cf4");
        }
        Ok(())
    });
    let expected = "stand_in, profile.get, every field: the SDK fails: it reports success for status 404; at `path`";
    let problems = found.await.problems;
    assert!(problems.len() == 1 && problems[0].starts_with(expected), "{problems:?}");
}

#[tokio::test]
async fn an_operation_that_the_sdk_file_does_not_mention_is_reported() {
    let mut model = spec();
    model.sdks[0].methods.retain(|method| method.operation != "profile.get");
    let expected = "stand_in, profile.get: spec/sdks/stand_in.yaml has no method for it; if the SDK has none, list the \
        operation under `lacks`";
    assert_eq!(sentences(&run_with(model.clone(), unchanged).await), [expected.to_owned()].into());
    model.sdks[0].lacks.push(("profile.get".to_owned(), "It is older.".to_owned()));
    assert_eq!(run_with(model, unchanged).await.problems, Vec::<String>::new());
}

#[tokio::test]
async fn a_field_that_no_input_has_is_reported() {
    let mut model = spec();
    let list = model.objects.iter_mut().find(|object| object.name == "ListProfiles").expect("its request");
    let limit = list.fields.iter_mut().find(|field| field.name == "limit").expect("limit");
    // No number is at least 21 and at most 20.
    limit.constraints.min.as_mut().expect("a minimum").is = 21;
    let problems = run_with(model, unchanged).await.problems;
    assert_eq!(problems, ["profile.list: no valid request with `limit` can be generated; add an example to the spec"]);
}
