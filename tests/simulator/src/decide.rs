//! What a request comes to when nothing goes wrong on purpose.

use crate::answer::{Answer, answer};
use crate::auth;
use crate::body;
use crate::lineage;
use crate::operate::{Call, operate};
use crate::options::Limit;
use crate::parameters;
use crate::receive::{LARGEST_BODY, Received};
use crate::refusal::Refusal;
use crate::route::Route;
use crate::shared::Shared;
use bytes::Bytes;
use http::request::Parts;
use http::{StatusCode, header};
use plivo_codegen::interpret::{Violation, refusing_sentence, validate};
use plivo_codegen::model::{Does, Level, Location, Model, Operation, Resource};
use std::time::Duration;
use tokio::time::Instant;

/// Carries a request out, or says why not.
pub(crate) async fn decide(
    shared: &Shared,
    head: &Parts,
    route: Result<Route<'_>, Refusal>,
    received: Received,
) -> Result<Answer, Refusal> {
    let model = &shared.model;
    let content = whole(received)?;
    let route = route?;
    let account = auth::account(&head.headers, &shared.options.credentials)?;
    if let Some(in_path) = &route.account {
        auth::same_account(&account, in_path)?;
    }
    if let Some(limit) = shared.options.limit {
        shared.limiter.start(limit, &account, Instant::now()).map_err(|wait| too_many(limit, wait))?;
    }
    let Route { resource, operation, parameters: path, .. } = route;
    let body = body::read(operation, &head.headers, content).await?;
    let parameters = parameters::read(model, operation, &path, head.uri.query(), &body).meant(model, operation);
    check(model, resource, operation, &validate(model, operation, &parameters))?;
    let call = Call { model, resource, operation, account: &account, path: head.uri.path(), parameters: &parameters };
    let outcome = operate(&call, &mut shared.world())?;
    Ok(answer(model, resource, operation, &parameters, outcome))
}

fn too_many(limit: Limit, wait: Duration) -> Refusal {
    // Whole seconds, rounded up: who comes back then is let in.
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let allowed = format!("{} requests in {} seconds are allowed", limit.requests, limit.window.as_secs_f64());
    Refusal::new(StatusCode::TOO_MANY_REQUESTS, format!("{allowed}. Try again in {seconds} seconds."))
        .with_header(header::RETRY_AFTER, seconds.to_string())
}

fn whole(received: Received) -> Result<Bytes, Refusal> {
    match received {
        Received::Whole(body) => Ok(body),
        Received::TooLarge => {
            Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, format!("The body has more than {LARGEST_BODY} bytes.")))
        }
        Received::TooSlow => Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "The body did not come in time.")),
        Received::Broken => Err(Refusal::bad_request("The body broke off.")),
    }
}

/// Refuses a request with errors.
fn check(model: &Model, resource: &Resource, operation: &Operation, findings: &[Violation]) -> Result<(), Refusal> {
    let Some(sentence) = refusing_sentence(findings) else {
        return Ok(());
    };
    // An id that cannot be one names nothing: that is 404 on a server that looks it up.
    let is_wrong = |name: &str| {
        let pointer = format!("/{name}");
        findings.iter().any(|finding| finding.level == Level::Error && finding.pointer == pointer)
    };
    if let Some(named) = lineage::named(model, &operation.path.segments).iter().find(|named| is_wrong(named.parameter))
    {
        return Err(Refusal::not_found(&model[named.collection.object].name));
    }
    let looks_up = matches!(operation.does, Does::Read | Does::Update | Does::Delete);
    let in_path = || model[operation.request].fields.iter().filter(|field| field.location == Location::Path);
    if let Some(collection) = resource.collection.as_ref().filter(|_| looks_up)
        && in_path().any(|field| is_wrong(&field.name))
    {
        return Err(Refusal::not_found(&model[collection.object].name));
    }
    Err(Refusal::bad_request(sentence))
}
