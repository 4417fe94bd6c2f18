//! The simulator keeps its own spec: whatever it answers is valid by the model from which it answers.

use plivo_codegen::interpret::{Parameters, answer_to, validate_answer};
use plivo_codegen::model::{Example, Model, Operation, Resource};
use plivo_conformance::seeding::{reach_state, seed_path_objects};
use plivo_conformance::witnesses::inputs;
use plivo_simulator::{Options, Simulator};
use serde_json::{Map, Value};

use crate::http::{Answered, send};
use crate::shapes::model_of_shapes;
use crate::support::{AUTH_ID, model};

/// A simulator of a model, which starts anew for each request.
struct Session<'m> {
    model: &'m Model,
    simulator: Simulator,
    http: reqwest::Client,
}

impl<'m> Session<'m> {
    async fn start(model: &'m Model) -> Self {
        let simulator = Simulator::start(model.clone(), Options::new().no_limit()).await.expect("a free port");
        Self { model, simulator, http: reqwest::Client::builder().no_proxy().build().expect("a client") }
    }

    async fn send(&self, operation: &Operation, request: &Map<String, Value>) -> Answered {
        send(&self.http, &self.simulator.url(), self.model, operation, request).await
    }

    /// What is wrong with the answer to a request.
    async fn wrong_answer(
        &self,
        resource: &'m Resource,
        operation: &'m Operation,
        name: &str,
        mut request: Map<String, Value>,
    ) -> Option<String> {
        self.simulator.reset();
        let of = (resource, operation);
        let seeded = seed_path_objects(&self.simulator, AUTH_ID, self.model, of, &mut request);
        seeded.unwrap_or_else(|error| panic!("{}: {error}", operation.id));
        let mover = async |mover: &Operation, request| {
            let (status, body) = self.send(mover, &request).await;
            assert!((200..300).contains(&status), "{}: {status} {body}", mover.id);
            Ok(())
        };
        let reached = reach_state(&self.simulator, self.model, of, &request, mover).await;
        reached.unwrap_or_else(|error| panic!("{}: {error}", operation.id));
        let (status, body) = self.send(operation, &request).await;
        let documented = self.documented(resource, operation, &request).and_then(|example| example.status);
        let meant = Parameters::from(request.clone()).meant(self.model, operation);
        let answer = answer_to(self.model, operation, &meant);
        let is_listed = answer.statuses.contains(&status) || documented == Some(status);
        let problem = |problem: String| Some(format!("{}, {name}: {problem}\n  {status} {body}", operation.id));
        if !is_listed {
            return problem(format!("the status is not {:?}", answer.statuses));
        }
        if !(200..300).contains(&status) || status == 204 {
            return None;
        }
        let violations = validate_answer(self.model, answer, &body);
        let sentences: Vec<_> = violations.iter().map(|it| format!("{} {}", it.pointer, it.demand)).collect();
        if sentences.is_empty() { None } else { problem(sentences.join("; ")) }
    }

    /// The example with exactly this request.
    fn documented(
        &self,
        resource: &'m Resource,
        operation: &Operation,
        request: &Map<String, Value>,
    ) -> Option<&'m Example> {
        let meant = |request: &Map<String, Value>| Parameters::from(request.clone()).meant(self.model, operation);
        let mut examples = operation.examples.iter().map(|index| &resource.examples[*index]);
        examples.find(|example| example.request.as_object().is_some_and(|it| meant(it) == meant(request)))
    }
}

async fn assert_keeps(model: &Model) {
    let session = Session::start(model).await;
    let (mut checked, mut wrong) = (0, Vec::new());
    for resource in &model.resources {
        for operation in &resource.operations {
            for input in inputs(model, resource, operation) {
                wrong.extend(session.wrong_answer(resource, operation, &input.name, input.request).await);
                checked += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > model.resources.len() * 2, "only {checked} requests");
}

#[tokio::test]
async fn every_answer_of_every_shape_is_valid() {
    assert_keeps(&model_of_shapes()).await;
}

#[tokio::test]
async fn every_answer_of_the_spec_is_valid() {
    assert_keeps(&model()).await;
}

#[tokio::test]
async fn every_answer_of_the_acceptance_spec_is_valid() {
    assert_keeps(&crate::acceptance::model()).await;
}
