//! From a request to its answer.

use crate::answer::{Answer, answer};
use crate::auth;
use crate::body;
use crate::mint::Mint;
use crate::operate::{Call, World, operate};
use crate::options::Options;
use crate::parameters;
use crate::receive::{LARGEST_BODY, Received, receive};
use crate::record::{Recorded, Recorder};
use crate::refusal::Refusal;
use crate::route::{self, Route};
use crate::state::State;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use plivo_codegen::interpret::{Finding, refusing_sentence, validate};
use plivo_codegen::model::{Does, Level, Model, Object, Operation, Place, Resource};
use serde_json::{Map, Value};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// What all connections share.
pub(crate) struct Shared {
    model: Model,
    options: Options,
    /// What was received.
    pub(crate) recorder: Recorder,
    world: Mutex<World>,
    /// Apart from the world, so that a request more or less does not change the ids of objects.
    api_ids: Mutex<Mint>,
}

impl Shared {
    /// An empty world.
    pub(crate) fn new(model: Model, options: Options) -> Self {
        let world = World { state: State::default(), mint: Mint::new(options.seed) };
        // Another stream of the same seed: the two must not give the same ids.
        let api_ids = Mutex::new(Mint::new(!options.seed));
        Self { model, options, recorder: Recorder::default(), world: Mutex::new(world), api_ids }
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Shared").field("options", &self.options).finish_non_exhaustive()
    }
}

/// Receives, records and answers one request.
pub(crate) async fn serve(shared: Arc<Shared>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let received = receive(body).await;
    let kept = if let Received::Whole(body) = &received { body.clone() } else { Bytes::new() };
    let recorded = Recorded::new(&head.method, &head.uri, &head.headers, kept);
    shared.recorder.push(recorded.clone());
    let api_id = shared.api_ids.lock().unwrap_or_else(PoisonError::into_inner).uuid();
    let response = match decide(&shared, &head, received).await {
        Ok(answer) => respond(answer, api_id),
        Err(refusal) => refuse(&shared.model.errors.refusal, refusal, api_id),
    };
    if let Some(observer) = &shared.options.observer {
        observer(&recorded, response.status().as_u16());
    }
    response
}

async fn decide(shared: &Shared, head: &Parts, received: Received) -> Result<Answer, Refusal> {
    let model = &shared.model;
    let content = whole(received)?;
    let route = route::find(model, &head.method, &head.uri)?;
    let account = auth::account(&head.headers, shared.options.credentials.as_ref())?;
    if let Some(in_path) = &route.account {
        auth::same_account(&account, in_path)?;
    }
    let Route { resource, operation, parameters: path, .. } = route;
    let body = body::read(operation, &head.headers, content).await?;
    let parameters = parameters::read(model, operation, &path, head.uri.query(), &body).meant(model, operation);
    check(model, resource, operation, &validate(model, operation, &parameters))?;
    let call = Call { model, resource, operation, account: &account, path: head.uri.path(), parameters: &parameters };
    let outcome = {
        // One request after the other changes the world, so that none is lost.
        let mut world = shared.world.lock().unwrap_or_else(PoisonError::into_inner);
        operate(&call, &mut world)?
    };
    Ok(answer(model, resource, operation, &parameters, outcome))
}

fn whole(received: Received) -> Result<Bytes, Refusal> {
    match received {
        Received::Whole(body) => Ok(body),
        Received::TooLarge => {
            Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, format!("The body has more than {LARGEST_BODY} bytes.")))
        }
        Received::Broken => Err(Refusal::bad_request("The body broke off.")),
    }
}

/// Refuses a request with errors.
fn check(model: &Model, resource: &Resource, operation: &Operation, findings: &[Finding]) -> Result<(), Refusal> {
    let Some(sentence) = refusing_sentence(findings) else {
        return Ok(());
    };
    // An id that cannot be one names nothing: that is 404 on a server that looks it up.
    let looks_up = matches!(operation.does, Does::Read | Does::Update | Does::Delete);
    if let Some(collection) = resource.collection.as_ref().filter(|_| looks_up)
        && is_about_path(&model[operation.request], findings)
    {
        return Err(Refusal::not_found(&model[collection.object].name));
    }
    Err(Refusal::bad_request(sentence))
}

fn is_about_path(request: &Object, findings: &[Finding]) -> bool {
    let in_path = request.fields.iter().filter(|field| field.place == Place::Path);
    let pointers: Vec<String> = in_path.map(|field| format!("/{}", field.name)).collect();
    findings.iter().any(|finding| finding.level == Level::Error && pointers.contains(&finding.pointer))
}

fn respond(answer: Answer, api_id: String) -> Response {
    let Answer { status, mut body } = answer;
    if status == StatusCode::NO_CONTENT {
        return status.into_response();
    }
    body.insert("api_id".to_owned(), Value::from(api_id));
    in_json(status, body)
}

fn refuse(key: &str, refusal: Refusal, api_id: String) -> Response {
    let body = [("api_id", api_id), (key, refusal.error)];
    let body = body.into_iter().map(|(key, text)| (key.to_owned(), Value::from(text))).collect();
    let mut response = in_json(refusal.status, body);
    if let Some((name, value)) = refusal.header
        && let Ok(value) = HeaderValue::from_str(&value)
    {
        response.headers_mut().insert(name, value);
    }
    response
}

fn in_json(status: StatusCode, body: Map<String, Value>) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], Value::Object(body).to_string()).into_response()
}
