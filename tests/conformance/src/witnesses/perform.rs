//! One operation, performed with one input on a simulator: by the client, and by an SDK.

use plivo::Client;
use plivo_codegen::model::{Model, Operation, Resource};
use plivo_simulator::{Options, Simulator};
use serde_json::{Map, Value};

use super::driver::Witness;
use super::sent::Sent;
use crate::stored::stored;
use crate::{Failure, requests};

/// Made-up credentials that the simulator accepts.
pub(super) const AUTH_ID: &str = "MAXXXXXXXXXXXXXXXXXX";
pub(super) const AUTH_TOKEN: &str = "auth-token";

/// What came of one call: the request that arrived and had success, or what went wrong.
pub(super) struct Performed(pub(super) Result<Sent, String>);

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
        request.extend(stored(self.model, &self.client, self.resource, self.operation).await?);
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
    pub(super) async fn theirs(&self, witness: &mut impl Witness, step: &Value) -> Result<Performed, Failure> {
        let before = self.simulator.requests().len();
        let outcome = witness.call(step).await?;
        self.performed(before, outcome).await
    }

    async fn performed(&self, before: usize, outcome: Result<(), String>) -> Result<Performed, Failure> {
        let requests = self.simulator.requests();
        let arrived = requests.get(before..).unwrap_or_default();
        let [one] = arrived else {
            let why = format!("{} requests arrived, and not one", arrived.len());
            // What the caller says is nearer to the cause.
            return Ok(Performed(Err(outcome.err().unwrap_or(why))));
        };
        let is_success = one.status().is_some_and(|status| self.operation.answer.statuses.contains(&status));
        if let (Ok(()), false) = (&outcome, is_success) {
            let status = one.status().map_or_else(|| "nothing".to_owned(), |status| format!("status {status}"));
            return Ok(Performed(Err(format!("it takes {status} for a success"))));
        }
        Ok(match outcome {
            Ok(()) => Performed(Ok(Sent::read(one).await?)),
            Err(error) => Performed(Err(error)),
        })
    }
}
