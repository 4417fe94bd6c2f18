//! The simulator keeps its own spec: whatever it answers is valid by the model from which it answers.

use plivo_codegen::interpret::{Parameters, answer_to, text_of, validate_answer, value_of};
use plivo_codegen::model::{Does, Example, Location, Model, Operation, Resource, Stay, Type};
use plivo_conformance::witnesses::inputs;
use plivo_simulator::{Objects, Options, Simulator};
use serde_json::{Map, Value, json};
use std::time::Duration;

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

    /// Stores the objects that the path of an operation names, and gives the request their names.
    fn prepare(&self, resource: &Resource, operation: &Operation, request: &mut Map<String, Value>) {
        let parents = self.model.parents(resource);
        let mut names: Vec<String> = Vec::new();
        let lineage = parents.iter().map(|parent| (&self.model[parent.resource], Some(&parent.key)));
        for (resource, key) in lineage.chain([(resource, None)]) {
            let Some(collection) = resource.collection.as_ref().filter(|it| it.id.is_some()) else { continue };
            if key.is_none() && operation.does == Does::Create {
                continue;
            }
            let object = self.seed(resource, &names);
            let id = collection.id.as_deref().unwrap_or_default();
            let parameter = key.map_or(id, String::as_str);
            // The object has the parameter as a field; or else the parameter is another name of its id.
            let field = if object.contains_key(parameter) { parameter } else { id };
            names.push(object.get(field).map(text_of).unwrap_or_default());
            for field in self.model[operation.request].fields.iter().filter(|field| field.location == Location::Path) {
                let choice = match field.ty {
                    Type::Choice(choice) => self.model[choice].form_of(id),
                    _ => None,
                };
                match choice {
                    Some(form) => _ = request.insert(field.name.clone(), Value::from(form.text(&text_of(&object[id])))),
                    None if field.name == parameter => {
                        let name = names.last().map(String::as_str).unwrap_or_default();
                        request.insert(field.name.clone(), value_of(&field.ty, name));
                    }
                    None => {}
                }
            }
        }
    }

    /// Stores an object inside of others, with the fields that the server sets. Returns it.
    fn seed(&self, resource: &Resource, parents: &[String]) -> Map<String, Value> {
        let objects = Objects::of(AUTH_ID, &resource.name).inside(parents).object(json!({}));
        let stored = self.simulator.seed(&objects).unwrap_or_else(|error| panic!("{}: {error}", resource.name));
        let stored = serde_json::to_value(stored).expect("JSON");
        stored["collections"][0]["objects"][0].as_object().expect("an object").clone()
    }

    /// Brings the object that a path names into a state that the operation sees and moves: lets time pass, and performs
    /// the operations that move the object on.
    async fn reach(&self, resource: &Resource, operation: &Operation, request: &Map<String, Value>) {
        let Some(states) = resource.collection.as_ref().and_then(|collection| collection.states.as_ref()) else {
            return;
        };
        let moves = operation.moves.as_ref().map(|moves| &moves.from);
        let is_admitted = |state: &str| {
            [operation.sees.as_ref(), moves].into_iter().flatten().all(|states| states.iter().any(|name| name == state))
        };
        while let Some(state) = self.simulator.transitions().last().map(|it| it.to().to_owned()) {
            if is_admitted(&state) || states.next(&state).is_none() {
                return;
            }
            let moves_on = |it: &&Operation| it.moves.as_ref().is_some_and(|moves| moves.from.contains(&state));
            match (states.next(&state), resource.operations.iter().find(moves_on)) {
                (Some((Stay::UntilMoved, _)), Some(mover)) => {
                    let known = |(name, _): &(&String, &Value)| {
                        self.model.request_fields(mover).any(|field| field.name == **name)
                    };
                    let request = request.iter().filter(known).map(|(name, value)| (name.clone(), value.clone()));
                    let (status, body) = self.send(mover, &request.collect()).await;
                    assert!((200..300).contains(&status), "{}: {status} {body}", mover.id);
                }
                (Some((Stay::UntilMoved, _)), None) => return,
                _ => while self.simulator.advance(Duration::from_secs(1)).is_empty() {},
            }
        }
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
        self.prepare(resource, operation, &mut request);
        self.reach(resource, operation, &request).await;
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
