//! The simulated API: authenticates, validates and executes requests as the model describes.

mod answer;
mod auth;
mod complete;
mod create;
mod error;
mod examples;
mod execute;
mod filter;
mod fit;
mod media_type;
mod named_objects;
mod objects;
mod page;
mod paging;
mod parameters;
mod rate_limit;
mod request_body;
mod room;
pub(crate) mod route;
mod shown;
mod stand_in;
mod states;
mod unknown_keys;
mod validate;

pub(crate) use error::ApiError;
pub use objects::Objects;
pub(crate) use page::change_links;
pub use paging::Paging;
pub(crate) use rate_limit::RateLimit;

use crate::http::request_body::ReceivedBody;
use crate::http::response::Response;
use crate::machine::Transition;
use crate::store::{IdGenerator, Store};
use crate::time::{Moment, Pace};
use answer::Answer;
use http::request::Parts;
use plivo_codegen::interpret::{Parameters, Violation};
use plivo_codegen::model::{Model, Operation, Resource};
use rate_limit::RateLimiter;
use route::{Candidates, Route};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// The maximum number of warnings that are reported for one request.
const MAX_WARNINGS: usize = 20;

/// The settings of the simulated API.
#[derive(Clone)]
pub(crate) struct Settings {
    /// Determines the generated ids.
    pub(crate) seed: u64,
    /// The accepted pairs of id and token. If empty, any pair is accepted.
    pub(crate) credentials: Vec<(String, String)>,
    /// The rate limit of each account, if any.
    pub(crate) rate_limit: Option<RateLimit>,
    /// Whether a query key that an operation does not take is an error.
    pub(crate) strict: bool,
    /// How the pages of lists continue.
    pub(crate) paging: Paging,
    /// The pace of the clock.
    pub(crate) pace: Pace,
}

/// The simulated API with its state.
pub(crate) struct Api {
    /// The description of the API.
    pub(crate) model: Model,
    settings: Settings,
    rate_limiter: RateLimiter,
    store: Mutex<Store>,
    /// Separate from the ids in the store, so that additional requests do not change the ids of objects.
    api_ids: Mutex<IdGenerator>,
}

/// A request that has passed authentication, the rate limit and validation.
struct ValidRequest<'a> {
    /// The description of the API.
    model: &'a Model,
    /// The resource of the operation.
    resource: &'a Resource,
    /// The operation.
    operation: &'a Operation,
    /// The account that sent the request.
    account: &'a str,
    /// The path as it was received.
    path: &'a str,
    /// The query as it was received.
    query: Option<&'a str>,
    /// The normalized parameters.
    parameters: &'a Parameters,
    /// How the pages of a list continue.
    paging: Paging,
}

impl Api {
    /// The API of a model, without stored objects.
    pub(crate) fn new(model: Model, settings: Settings) -> Self {
        let (store, api_ids) = initial_state(&settings);
        let rate_limiter = RateLimiter::default();
        Self { model, settings, rate_limiter, store: Mutex::new(store), api_ids: Mutex::new(api_ids) }
    }

    /// Restores the initial state.
    pub(crate) fn reset(&self) {
        let (store, api_ids) = initial_state(&self.settings);
        *self.store() = store;
        *self.api_ids() = api_ids;
        self.rate_limiter.clear();
    }

    /// Finds the operations that may serve a request.
    pub(crate) fn candidates(&self, head: &Parts) -> Result<Candidates<'_>, ApiError> {
        route::find(&self.model, head)
    }

    /// The account that a request claims to come from: the id of its credentials, or else the account in its path.
    pub(crate) fn claimed_account(head: &Parts, route: Option<&Route<'_>>) -> Option<String> {
        auth::claimed_account(&head.headers).or_else(|| route?.account.clone())
    }

    /// Generates the `api_id` of a response.
    pub(crate) fn next_api_id(&self) -> String {
        self.api_ids().uuid()
    }

    /// Executes a request and returns the response.
    pub(crate) async fn respond(
        &self,
        head: &Parts,
        route: Result<Route<'_>, ApiError>,
        body: ReceivedBody,
        api_id: &str,
    ) -> Response {
        let mut warnings = Vec::new();
        let mut response = match self.process(head, route, body, &mut warnings).await {
            Ok(answer) => answer.into_response(api_id),
            Err(error) => error.into_response(&self.model.errors.refusal, api_id),
        };
        warnings.truncate(MAX_WARNINGS);
        response.warnings = warnings;
        response
    }

    async fn process(
        &self,
        head: &Parts,
        route: Result<Route<'_>, ApiError>,
        body: ReceivedBody,
        warnings: &mut Vec<Violation>,
    ) -> Result<Answer, ApiError> {
        let model = &self.model;
        let body = request_body::require_complete(body)?;
        let route = route?;
        let account = self.admit(head, &route)?;
        let Route { resource, operation, .. } = route;
        let body = request_body::decode(model, operation, &head.headers, body).await?;
        warnings.extend(body.warning());
        let query = head.uri.query();
        let received = parameters::collect(model, operation, &route.parameters, query, &body);
        let unknown = unknown_keys::unknown_keys(model, operation, query, &body, self.settings.strict);
        validate::reject_invalid(model, &route, &received, unknown, warnings)?;
        let parameters = received.meant(model, operation);
        let (account, path, parameters) = (&account, head.uri.path(), &parameters);
        let (query, paging) = (head.uri.query(), self.settings.paging);
        let request = ValidRequest { model, resource, operation, account, path, query, parameters, paging };
        let executed = execute::execute(&request, &mut self.store())?;
        Ok(answer::build(&request, executed))
    }

    /// Authenticates a request, and returns the account.
    pub(crate) fn authenticate(&self, head: &Parts, route: &Route<'_>) -> Result<String, ApiError> {
        let account = auth::authenticate(&head.headers, &self.settings.credentials)?;
        if let Some(in_path) = &route.account {
            auth::check_account(&account, in_path)?;
        }
        Ok(account)
    }

    /// Authenticates a request, applies the rate limit, and returns the account.
    fn admit(&self, head: &Parts, route: &Route<'_>) -> Result<String, ApiError> {
        let account = self.authenticate(head, route)?;
        if let Some(limit) = self.settings.rate_limit {
            self.rate_limiter.start(limit, &account, Instant::now()).map_err(|wait| limit.exceeded(wait))?;
        }
        Ok(account)
    }

    /// The time on the clock.
    pub(crate) fn now(&self) -> Moment {
        self.store().clock.now()
    }

    /// Advances the clock. Returns the new time, and the transitions that are due by then.
    pub(crate) fn advance(&self, duration: Duration) -> (Moment, Vec<Transition>) {
        let mut store = self.store();
        store.clock.advance(duration);
        let transitions = states::settle(&self.model, &mut store);
        (store.clock.now(), transitions)
    }

    /// The latest transitions of stored objects, oldest first.
    pub(crate) fn transitions(&self) -> Vec<Transition> {
        self.store().history.all()
    }

    /// Forgets all transitions.
    pub(crate) fn clear_transitions(&self) {
        self.store().history.clear();
    }

    /// The stored objects, in the states that they have by now. The lock makes each execution atomic.
    fn store(&self) -> MutexGuard<'_, Store> {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        states::settle(&self.model, &mut store);
        store
    }

    fn api_ids(&self) -> MutexGuard<'_, IdGenerator> {
        self.api_ids.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An empty store, and the generator of the ids of responses.
fn initial_state(settings: &Settings) -> (Store, IdGenerator) {
    let seed = settings.seed;
    // The inverted seed gives another sequence, so that objects and responses have different ids.
    (Store::new(seed, settings.pace), IdGenerator::new(!seed))
}
