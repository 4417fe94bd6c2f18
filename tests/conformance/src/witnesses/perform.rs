//! One operation, performed with one input on a simulator: by the client, and by an SDK.

use plivo::Client;
use plivo_codegen::model::{Does, Model, Operation, Resource, Segment, Shape};
use plivo_simulator::{Options, Simulator};
use serde_json::{Map, Value};

use super::inputs::inputs;
use super::sent::Sent;
use crate::{Failure, requests};

/// Made-up credentials that the simulator accepts.
pub(super) const AUTH_ID: &str = "MAXXXXXXXXXXXXXXXXXX";
pub(super) const AUTH_TOKEN: &str = "auth-token";

/// What came of one call.
pub(super) struct Performed {
    /// The request that arrived, or why there is none.
    pub(super) sent: Result<Sent, String>,
    /// How the caller took the answer.
    pub(super) outcome: Result<(), String>,
}

/// A simulator on which one operation is performed. Equal steps find it equal, down to the ids of objects.
pub(super) struct Stage<'m> {
    model: &'m Model,
    resource: &'m Resource,
    operation: &'m Operation,
    simulator: Simulator,
    client: Client,
}

impl<'m> Stage<'m> {
    pub(super) async fn new(
        model: &'m Model,
        resource: &'m Resource,
        operation: &'m Operation,
    ) -> Result<Self, Failure> {
        let options = Options::new().credentials(AUTH_ID, AUTH_TOKEN);
        let simulator = Simulator::start(model.clone(), options).await?;
        let client = Client::builder().credentials(AUTH_ID, AUTH_TOKEN).base_url(simulator.url()).max_retries(0);
        Ok(Self { model, resource, operation, client: client.build()?, simulator })
    }

    pub(super) fn url(&self) -> String {
        self.simulator.url()
    }

    /// The input; where its path names a stored object, it is one that was stored for this.
    pub(super) async fn prepared(&self, request: &Map<String, Value>) -> Result<Map<String, Value>, Failure> {
        let mut request = request.clone();
        let Some(collection) = &self.resource.collection else { return Ok(request) };
        let creates = self.resource.operations.iter().find(|operation| operation.does == Does::Create);
        let names = self.operation.path.segments.contains(&Segment::Parameter(collection.id.clone()));
        if let Some(create) = creates.filter(|_| names) {
            let mut inputs = inputs(self.model, self.resource, create).into_iter();
            let input = inputs.next().ok_or_else(|| format!("no request of {} can be made", create.id))?;
            let answer = requests::send(&self.client, &create.id, Value::Object(input.request)).await?;
            let object = match &create.answer.shape {
                Shape::Under(key) => answer.pointer(&format!("/{}", key.replace('.', "/"))),
                Shape::Bare | Shape::List { .. } => Some(&answer),
            };
            let id = object.and_then(|object| object.get(&collection.id));
            let id = id.ok_or_else(|| format!("{} does not answer with {}", create.id, collection.id))?;
            request.insert(collection.id.clone(), id.clone());
        }
        Ok(request)
    }

    /// The client performs the operation.
    pub(super) async fn ours(&self, request: Map<String, Value>) -> Result<Performed, Failure> {
        let before = self.simulator.requests().len();
        let answer = requests::send(&self.client, &self.operation.id, Value::Object(request)).await;
        let outcome = answer.map(drop).map_err(|error| error.to_string());
        self.performed(before, outcome).await
    }

    /// Somebody else performs it.
    pub(super) async fn theirs(
        &self,
        call: impl FnOnce() -> Result<Result<(), String>, Failure>,
    ) -> Result<Performed, Failure> {
        let before = self.simulator.requests().len();
        // The simulator goes on answering on the other threads.
        let outcome = tokio::task::block_in_place(call)?;
        self.performed(before, outcome).await
    }

    async fn performed(&self, before: usize, outcome: Result<(), String>) -> Result<Performed, Failure> {
        let requests = self.simulator.requests();
        let arrived = requests.get(before..).unwrap_or_default();
        let sent = match arrived {
            [one] => Ok(Sent::read(one).await?),
            many => Err(format!("{} requests arrived, and not one", many.len())),
        };
        Ok(Performed { sent, outcome })
    }
}
