//! Performs one operation with one input on a simulator, by the client or by an SDK.

use plivo::Client;
use plivo_codegen::model::{Model, Operation, Resource};
use plivo_simulator::{Options, Simulator};
use serde_json::{Map, Value};

use super::driver::Witness;
use super::sent_request::SentRequest;
use crate::seeding::{reach_state, seed_path_objects};
use crate::{BoxError, requests};

/// Made-up credentials that the simulator accepts.
pub(super) const AUTH_ID: &str = "MAXXXXXXXXXXXXXXXXXX";
pub(super) const AUTH_TOKEN: &str = "auth-token";

/// The request that arrived, if the call succeeded; otherwise the reason.
pub(super) struct Outcome(pub(super) Result<SentRequest, String>);

/// A simulator for one operation. The same sequence of calls always creates the same ids.
pub(super) struct Fixture<'m> {
    model: &'m Model,
    resource: &'m Resource,
    operation: &'m Operation,
    simulator: Simulator,
    client: Client,
}

impl<'m> Fixture<'m> {
    pub(super) async fn new(
        model: &'m Model,
        resource: &'m Resource,
        operation: &'m Operation,
    ) -> Result<Self, BoxError> {
        let options = Options::new().credentials(AUTH_ID, AUTH_TOKEN);
        let simulator = Simulator::start(model.clone(), options).await?;
        let client = Client::builder().credentials(AUTH_ID, AUTH_TOKEN).base_url(simulator.url()).max_retries(0);
        Ok(Self { model, resource, operation, client: client.build()?, simulator })
    }

    pub(super) fn url(&self) -> String {
        self.simulator.url()
    }

    /// Stores the objects that the path names, and fills in their ids.
    pub(super) async fn prepare(&self, request: &Map<String, Value>) -> Result<Map<String, Value>, BoxError> {
        // Objects that a caller names can be created once.
        self.simulator.reset();
        let mut request = request.clone();
        let of = (self.resource, self.operation);
        seed_path_objects(&self.simulator, AUTH_ID, self.model, of, &mut request)?;
        let send = async |operation: &Operation, request| {
            requests::send(&self.client, &operation.id, Value::Object(request)).await.map(drop)
        };
        reach_state(&self.simulator, self.model, of, &request, send).await?;
        Ok(request)
    }

    /// Performs the operation with the client.
    pub(super) async fn ours(&self, request: Map<String, Value>) -> Result<Outcome, BoxError> {
        let before = self.simulator.requests().len();
        let answer = requests::send(&self.client, &self.operation.id, Value::Object(request)).await;
        let result = answer.map(drop).map_err(|error| error.to_string());
        self.outcome(before, result).await
    }

    /// Performs the operation with an SDK.
    pub(super) async fn theirs(&self, witness: &mut impl Witness, call: &Value) -> Result<Outcome, BoxError> {
        let before = self.simulator.requests().len();
        let result = witness.perform(call).await?;
        self.outcome(before, result).await
    }

    async fn outcome(&self, before: usize, result: Result<(), String>) -> Result<Outcome, BoxError> {
        let requests = self.simulator.requests();
        let arrived = requests.get(before..).unwrap_or_default();
        let [one] = arrived else {
            let why = format!("{} requests arrived instead of one", arrived.len());
            // The caller's own error is more specific.
            return Ok(Outcome(Err(result.err().unwrap_or(why))));
        };
        let is_success = one.status().is_some_and(|status| self.operation.answer.statuses.contains(&status));
        if let (Ok(()), false) = (&result, is_success) {
            let status = one.status().map_or_else(|| "no response".to_owned(), |status| format!("status {status}"));
            return Ok(Outcome(Err(format!("it reports success for {status}"))));
        }
        Ok(match result {
            Ok(()) => Outcome(Ok(SentRequest::read(one).await?)),
            Err(error) => Outcome(Err(error)),
        })
    }
}
