//! The simulator reads the path, query and body that the client writes. Requests are sent without validation; the
//! simulator refuses a request if and only if the client finds an error in it, or its path names a missing object.

use plivo::{Client, Validation};
use plivo_codegen::Model;
use plivo_codegen::interpret::{Parameters, answer_to};
use plivo_codegen::model::Operation;
use plivo_conformance::path_objects::{create_path_objects, has_path_objects};
use plivo_conformance::requests::{send, validate};
use plivo_simulator::{Options, Simulator};
use serde_json::{Map, Value};

use super::number;
use super::requests::Requests;
use crate::support::{AUTH_ID, AUTH_TOKEN, model};

/// A simulator, and a client of it that does not validate.
struct Pair {
    simulator: Simulator,
    client: Client,
}

impl Pair {
    async fn new(model: &Model) -> Self {
        let options = Options::new().credentials(AUTH_ID, AUTH_TOKEN).no_limit();
        let simulator = Simulator::start(model.clone(), options).await.expect("a free port");
        let client = Client::builder().credentials(AUTH_ID, AUTH_TOKEN).base_url(simulator.url());
        let client = client.max_retries(0).without_limits().validation(Validation::Off).build().expect("a client");
        Self { simulator, client }
    }

    /// The status of the response; `None` if the client does not send the request.
    async fn status(&self, operation: &Operation, request: &Map<String, Value>) -> Option<u16> {
        self.simulator.clear_requests();
        // Other tests cover the result of the call.
        let _ = send(&self.client, &operation.id, Value::Object(request.clone())).await;
        self.simulator.requests().first().and_then(plivo_simulator::RecordedRequest::status)
    }

    /// Compares the client's validation of a request with the status from the simulator. `exists` says whether the path
    /// names an existing object. Returns whether the request succeeded, or a description of the disagreement.
    async fn agree(
        &self,
        model: &Model,
        operation: &Operation,
        request: &Map<String, Value>,
        exists: bool,
    ) -> Result<bool, String> {
        // A request that the client cannot deserialize is not sent.
        let Ok(report) = validate(&operation.id, Value::Object(request.clone())) else { return Ok(false) };
        let status = self.status(operation, request).await;
        let parameters = Parameters::from(request.clone());
        let statuses = &answer_to(model, operation, &parameters).statuses;
        let agrees = match status {
            Some(400) => !report.errors().is_empty(),
            // An empty id would change the path, so the client does not send it either.
            Some(404) | None => !report.errors().is_empty() || !exists,
            Some(status) => report.errors().is_empty() && exists && statuses.contains(&status),
        };
        let disagreement = format!("the simulator responds with {status:?}, but the client reports {report}");
        if agrees { Ok(status.is_some_and(|status| status < 300)) } else { Err(disagreement) }
    }
}

/// A documented request with one field of a random one. Many of these are valid.
fn with_one_field_of(example: &Value, request: Map<String, Value>, turn: u64) -> Map<String, Value> {
    let fields = request.len().max(1) as u64;
    let one = request.into_iter().zip(0..).filter(|(_, index)| *index == turn / 2 % fields).map(|(field, _)| field);
    example.as_object().cloned().into_iter().flatten().chain(one).collect()
}

#[tokio::test]
async fn client_and_simulator_agree_on_random_requests() {
    let model = model();
    let seed = number("PLIVO_AGREEMENT_SEED", 1);
    let pair = Pair::new(&model).await;
    for resource in &model.resources {
        for (index, operation) in (0..).zip(&resource.operations) {
            let mut requests = Requests::new(&model, operation, seed.wrapping_add(index));
            let mut accepted = 0;
            let count = number("PLIVO_AGREEMENT_REQUESTS", 600);
            for turn in 0..count {
                let mut request = match operation.examples.first().filter(|_| turn % 2 == 0) {
                    Some(index) => with_one_field_of(&resource.examples[*index].request, requests.next(), turn),
                    None => requests.next(),
                };
                // One request in four has a random id in its path.
                let exists = turn % 4 > 0 || !has_path_objects(&model, resource, operation);
                if exists {
                    let ids = create_path_objects(&model, resource, operation, async |create: &Operation, request| {
                        send(&pair.client, &create.id, Value::Object(request)).await
                    })
                    .await;
                    request.extend(ids.unwrap_or_else(|error| panic!("{error}")));
                }
                match pair.agree(&model, operation, &request, exists).await {
                    Ok(is_accepted) => accepted += u64::from(is_accepted),
                    Err(disagreement) => {
                        panic!(
                            "PLIVO_AGREEMENT_SEED={seed}\n{} {}\n{disagreement}",
                            operation.id,
                            Value::Object(request)
                        )
                    }
                }
            }
            assert!(accepted > 0 && accepted < count, "{}: {accepted} of {count} are accepted", operation.id);
        }
    }
}
