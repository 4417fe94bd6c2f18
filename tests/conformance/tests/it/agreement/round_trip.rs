//! The simulator reads the path, query and body that the client writes. Requests are sent without validation; the
//! simulator refuses a request if and only if the client finds an error in it, or its path names a missing object.

use plivo::{Client, Validation};
use plivo_codegen::Model;
use plivo_codegen::interpret::{Parameters, answer_to};
use plivo_codegen::model::{Does, Location, Operation, Resource};
use plivo_conformance::path_objects::{PathObjects, has_path_objects};
use plivo_conformance::requests::{send, validate};
use plivo_conformance::witnesses::inputs;
use plivo_simulator::{Options, Simulator};
use serde_json::{Map, Value};

use super::requests::Requests;
use super::{number, share};
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
        (model, resource, operation): (&Model, &Resource, &Operation),
        request: &Map<String, Value>,
        exists: bool,
    ) -> Result<bool, String> {
        // A request that the client cannot deserialize is not sent.
        let Ok(report) = validate(&operation.id, Value::Object(request.clone())) else { return Ok(false) };
        let status = self.status(operation, request).await;
        let parameters = Parameters::from(request.clone());
        let statuses = &answer_to(model, operation, &parameters).statuses;
        // What goes out has one value under each key, so it does not show that two were given. It does not show either
        // whether a delimiter separates two items or is a part of one.
        let is_unseen = |rule: &str| matches!(rule, "taken" | "delimiter");
        let is_hidden = !report.errors().is_empty() && report.errors().iter().all(|error| is_unseen(error.rule()));
        let agrees = match status {
            Some(status) if is_hidden => matches!(status, 400 | 404) || statuses.contains(&status),
            Some(400) => !report.errors().is_empty(),
            Some(404) => !report.errors().is_empty() || !exists,
            None => !report.errors().is_empty() || changes_path(model, operation, request),
            Some(status) => {
                report.errors().is_empty()
                    && (exists || ignores_objects(resource, operation))
                    && statuses.contains(&status)
            }
        };
        let disagreement = format!("the simulator responds with {status:?}, but the client reports {report}");
        if agrees { Ok(status.is_some_and(|status| status < 300)) } else { Err(disagreement) }
    }
}

/// Whether an id would change the path, or an id of several is empty, so that the client does not send the request.
fn changes_path(model: &Model, operation: &Operation, request: &Map<String, Value>) -> bool {
    let mut ids = model[operation.request].fields.iter().filter(|field| field.location == Location::Path);
    let changing = ["", ".", ".."].map(Value::from);
    let changes = |id: &Value| match id.as_array().map(Vec::as_slice) {
        None => changing.contains(id),
        Some(ids) => ids.is_empty() || ids.contains(&changing[0]) || matches!(ids, [id] if changing.contains(id)),
    };
    ids.any(|field| request.get(&field.name).is_some_and(changes))
}

/// Whether the simulator may respond whatever is stored: to an action that depends on no state, and to a create that makes
/// the object around it as well.
fn ignores_objects(resource: &Resource, operation: &Operation) -> bool {
    match operation.does {
        Does::Action => operation.sees.is_none() && operation.moves.is_none(),
        Does::Create => resource.parent.as_ref().is_some_and(|parent| parent.is_made),
        _ => false,
    }
}

/// The number of requests of the whole spec, which the operations share evenly.
const REQUESTS: u64 = 3_000;

/// The maximum number of requests of one operation until one is accepted and one is not.
const MAX_REQUESTS: u64 = 600;

/// A valid request with one field of a random one. Many of these are valid.
fn with_one_field_of(valid: Map<String, Value>, request: Map<String, Value>, turn: u64) -> Map<String, Value> {
    let fields = request.len().max(1) as u64;
    let one = request.into_iter().zip(0..).filter(|(_, index)| *index == turn / 2 % fields).map(|(field, _)| field);
    valid.into_iter().chain(one).collect()
}

/// Whether an example says that Plivo refuses the request, although the client finds no error in it.
fn is_refused(resource: &Resource, operation: &Operation, request: &Map<String, Value>) -> bool {
    let mut examples = operation.examples.iter().map(|index| &resource.examples[*index]);
    examples.any(|it| it.status.is_some_and(|status| status >= 400) && it.request.as_object() == Some(request))
}

/// One operation, with what its requests are made of.
struct Case<'m> {
    model: &'m Model,
    resource: &'m Resource,
    operation: &'m Operation,
    pair: &'m Pair,
}

impl Case<'_> {
    /// Stores the objects that the path names. Returns their ids.
    async fn store_path_objects(&self) -> Map<String, Value> {
        let objects = PathObjects { model: self.model, simulator: &self.pair.simulator, account: AUTH_ID };
        let send = async |operation: &Operation, request| {
            send(&self.pair.client, &operation.id, Value::Object(request)).await.map(drop)
        };
        let ids = objects.store(self.resource, self.operation, send).await;
        ids.unwrap_or_else(|error| panic!("{}: {error}", self.operation.id))
    }

    /// Sends random requests, at least `count`, until one is accepted and one is not. An operation without parameters and
    /// body has one request only, which is accepted.
    async fn check(&self, seed: u64, count: u64) {
        let Self { model, resource, operation, pair } = *self;
        let mut requests = Requests::new(model, operation, seed);
        let inputs = inputs(model, resource, operation).into_iter().map(|input| input.request);
        let valid: Vec<_> = inputs.filter(|request| !is_refused(resource, operation, request)).collect();
        let names_objects = has_path_objects(model, resource, operation);
        let can_fail = model.request_fields(operation).next().is_some();
        let (mut turn, mut accepted) = (0, 0);
        while turn < count || (turn < MAX_REQUESTS && (accepted == 0 || (accepted == turn && can_fail))) {
            let mut request = requests.next();
            if turn % 2 == 0 && !valid.is_empty() {
                let index = usize::try_from(turn / 2).expect("few turns") % valid.len();
                request = with_one_field_of(valid[index].clone(), request, turn);
            }
            // One request in four has a random id in its path.
            let exists = turn % 4 > 0 || !names_objects;
            let ids = self.store_path_objects().await;
            request.extend(ids.into_iter().filter(|_| exists));
            match pair.agree((model, resource, operation), &request, exists).await {
                Ok(is_accepted) => accepted += u64::from(is_accepted),
                Err(disagreement) => {
                    panic!("PLIVO_AGREEMENT_SEED={seed}\n{} {}\n{disagreement}", operation.id, shortened(&request))
                }
            }
            turn += 1;
        }
        assert!(accepted > 0, "{}: none of {turn} requests is accepted", operation.id);
        assert!(accepted < turn || !can_fail, "{}: all {turn} requests are accepted", operation.id);
    }
}

#[tokio::test]
async fn client_and_simulator_agree_on_random_requests() {
    let model = model();
    let seed = number("PLIVO_AGREEMENT_SEED", 1);
    let count = number("PLIVO_AGREEMENT_REQUESTS", share(&model, REQUESTS));
    let pair = Pair::new(&model).await;
    for resource in &model.resources {
        for operation in &resource.operations {
            Case { model: &model, resource, operation, pair: &pair }.check(seed, count).await;
        }
    }
}

/// A request as text. Contents of files can have millions of bytes.
fn shortened(request: &Map<String, Value>) -> String {
    let text = Value::Object(request.clone()).to_string();
    let start: String = text.chars().take(2000).collect();
    if start.len() < text.len() { format!("{start}.. ({} bytes)", text.len()) } else { text }
}
