//! Performs one operation with one input on a simulator, by the client or by an SDK.

use plivo::Client;
use plivo_codegen::interpret::{Parameters, answer_to};
use plivo_codegen::model::{Model, Operation, Resource};
use plivo_simulator::{Options, Simulator};
use serde_json::{Map, Value};

use super::driver::Witness;
use super::sent_request::SentRequest;
use crate::path_objects::PathObjects;
use crate::{BoxError, requests};

/// Made-up credentials that the simulator accepts.
pub(super) const AUTH_ID: &str = "MAXXXXXXXXXXXXXXXXXX";
pub(super) const AUTH_TOKEN: &str = "auth-token";

/// What a call did.
pub(super) struct Outcome {
    /// The request that arrived, if it was exactly one.
    pub(super) sent: Option<SentRequest>,
    /// Why the call failed.
    pub(super) error: Option<String>,
    /// Whether the caller reports that the server refused the request.
    pub(super) is_refused: bool,
}

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
        let objects = PathObjects { model: self.model, simulator: &self.simulator, account: AUTH_ID };
        let send = async |operation: &Operation, request| {
            requests::send(&self.client, &operation.id, Value::Object(request)).await.map(drop)
        };
        let mut request = request.clone();
        request.extend(objects.store(self.resource, self.operation, send).await?);
        Ok(request)
    }

    /// Performs the operation with the client.
    pub(super) async fn ours(&self, request: Map<String, Value>) -> Result<Outcome, BoxError> {
        let before = self.simulator.requests().len();
        let answer = requests::send(&self.client, &self.operation.id, Value::Object(request.clone())).await;
        let result = answer.map(drop).map_err(|error| error.to_string());
        self.outcome(before, &request, result).await
    }

    /// Performs the operation with an SDK.
    pub(super) async fn theirs(
        &self,
        witness: &mut impl Witness,
        call: &Value,
        request: &Map<String, Value>,
    ) -> Result<Outcome, BoxError> {
        let before = self.simulator.requests().len();
        let result = witness.perform(call).await?;
        self.outcome(before, request, result).await
    }

    /// Reads what arrived. `meant` is the request that the caller means.
    async fn outcome(
        &self,
        before: usize,
        meant: &Map<String, Value>,
        result: Result<(), String>,
    ) -> Result<Outcome, BoxError> {
        let requests = self.simulator.requests();
        let arrived = requests.get(before..).unwrap_or_default();
        let [one] = arrived else {
            let why = format!("{} requests arrived instead of one", arrived.len());
            // The caller's own error is more specific.
            return Ok(Outcome { sent: None, error: Some(result.err().unwrap_or(why)), is_refused: false });
        };
        let answer = answer_to(self.model, self.operation, &Parameters::from(meant.clone()));
        // An SDK that cannot defer a result gets the usual answer.
        let statuses = [&answer.statuses, &self.operation.answer.statuses];
        let is_success = one.status().is_some_and(|status| statuses.iter().any(|all| all.contains(&status)));
        let is_refused = result.is_err() && one.status().is_some_and(|status| (400..500).contains(&status));
        let error = match result {
            Ok(()) if !is_success => {
                let status = one.status().map_or_else(|| "no response".to_owned(), |status| format!("status {status}"));
                Some(format!("it reports success for {status}"))
            }
            result => result.err(),
        };
        Ok(Outcome { sent: Some(SentRequest::read(one).await?), error, is_refused })
    }
}
