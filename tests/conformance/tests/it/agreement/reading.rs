//! What the client writes, the simulator reads: path, query and body. Requests go out unchecked, and are refused if
//! and only if the client finds an error in them, or they name an object that is not there.

use plivo::{Client, Validation};
use plivo_codegen::Model;
use plivo_codegen::model::Operation;
use plivo_conformance::requests::{send, validate};
use plivo_conformance::stored::{names_stored, stored};
use plivo_simulator::{Options, Simulator};
use serde_json::{Map, Value};

use super::number;
use super::requests::Requests;
use crate::support::{AUTH_ID, AUTH_TOKEN, model};

/// A simulator, and a client of it that checks nothing.
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

    /// The status with which a request is answered; `None` if the client does not send it.
    async fn status(&self, operation: &Operation, request: &Map<String, Value>) -> Option<u16> {
        self.simulator.clear_requests();
        // What the client makes of the answer is for other tests.
        let _ = send(&self.client, &operation.id, Value::Object(request.clone())).await;
        self.simulator.requests().first().and_then(plivo_simulator::RecordedRequest::status)
    }

    /// Whether both take a request for what it is: the client, which finds errors in it or none, and the simulator,
    /// which answers with a status. `is_there`: what the path names exists.
    async fn agree(&self, operation: &Operation, request: &Map<String, Value>, is_there: bool) -> Result<bool, String> {
        // Who cannot read a request has none to send.
        let Ok(report) = validate(&operation.id, Value::Object(request.clone())) else { return Ok(false) };
        let status = self.status(operation, request).await;
        let is_right = match status {
            Some(400) => !report.errors().is_empty(),
            // An empty text in a path would make it another path, which the client does not send either.
            Some(404) | None => !report.errors().is_empty() || !is_there,
            Some(status) => report.errors().is_empty() && is_there && operation.answer.statuses.contains(&status),
        };
        let said = format!("the simulator answers with {status:?}, and the client finds {report}");
        if is_right { Ok(status.is_some_and(|status| status < 300)) } else { Err(said) }
    }
}

/// A documented request with one field of a random one: of these, many are right.
fn with_one_of(example: &Value, request: Map<String, Value>, turn: u64) -> Map<String, Value> {
    let fields = request.len().max(1) as u64;
    let one = request.into_iter().zip(0..).filter(|(_, index)| *index == turn / 2 % fields).map(|(field, _)| field);
    example.as_object().cloned().into_iter().flatten().chain(one).collect()
}

#[tokio::test]
async fn the_simulator_reads_what_the_client_writes() {
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
                    Some(index) => with_one_of(&resource.examples[*index].request, requests.next(), turn),
                    None => requests.next(),
                };
                // One in four names whatever was made up.
                let is_there = turn % 4 > 0 || !names_stored(&model, resource, operation);
                if is_there {
                    let stored = stored(&model, &pair.client, resource, operation).await;
                    request.extend(stored.unwrap_or_else(|failure| panic!("{failure}")));
                }
                match pair.agree(operation, &request, is_there).await {
                    Ok(is_accepted) => accepted += u64::from(is_accepted),
                    Err(said) => {
                        panic!("PLIVO_AGREEMENT_SEED={seed}\n{} {}\n{said}", operation.id, Value::Object(request))
                    }
                }
            }
            assert!(accepted > 0 && accepted < count, "{}: {accepted} of {count} are accepted", operation.id);
        }
    }
}
