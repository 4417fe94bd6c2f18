//! The simulator's own endpoints: an index, the record, the faults, and a new start.
//!
//! They need no credentials, for only this machine can reach them; they are not recorded, have no faults and
//! count for no limit. No path of an API begins like theirs.

use crate::fault::{Faults, send};
use crate::listing;
use crate::outgoing::Outgoing;
use crate::receive::Received;
use crate::reply::Reply;
use crate::route::{every_operation, method_name};
use crate::shared::Shared;
use http::request::Parts;
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

const PREFIX: &str = "/_simulator/";
const INDEX: &str = "/";
const REQUESTS: &str = "/_simulator/requests";
const FAULTS: &str = "/_simulator/faults";
const RESET: &str = "/_simulator/reset";

/// What can be called, in the order of the index.
const SWITCHES: [(&str, &str, &str); 7] = [
    ("GET", INDEX, "This index."),
    ("GET", REQUESTS, "The requests that were received, oldest first."),
    ("DELETE", REQUESTS, "Forgets them."),
    ("GET", FAULTS, "The faults, and for each how many requests it met and on how many it acted."),
    ("PUT", FAULTS, "Puts the faults of the body, in YAML or JSON, in place of those that are there."),
    ("DELETE", FAULTS, "Takes all faults away."),
    ("POST", RESET, "Makes everything as it was at the start: no objects, no requests, the first faults."),
];

/// Whether a request is one to the simulator itself.
pub(crate) fn is_own(head: &Parts) -> bool {
    let path = head.uri.path();
    path == INDEX || path.starts_with(PREFIX)
}

/// Answers it.
pub(crate) fn answer(shared: &Shared, head: &Parts, received: Received) -> Response<Outgoing> {
    match (head.method.as_str(), head.uri.path()) {
        ("GET", REQUESTS) => requests(shared),
        (method, path) => send(switch(shared, method, path, received), None),
    }
}

fn requests(shared: &Shared) -> Response<Outgoing> {
    let mut response = Response::new(Outgoing::steps(None, listing::steps(shared.recorder.all())));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn switch(shared: &Shared, method: &str, path: &str, received: Received) -> Reply {
    match (method, path) {
        ("GET", INDEX) => Reply::json(StatusCode::OK, index(shared)),
        ("DELETE", REQUESTS) => {
            shared.recorder.clear();
            done()
        }
        ("GET", FAULTS) => Reply::json(StatusCode::OK, shared.faults.to_json()),
        ("PUT", FAULTS) => set_faults(shared, received),
        ("DELETE", FAULTS) => match shared.set_faults(Faults::default()) {
            Ok(()) => done(),
            Err(error) => refused(error.problems()),
        },
        ("POST", RESET) => {
            shared.reset();
            done()
        }
        (_, path) => elsewhere(path),
    }
}

fn set_faults(shared: &Shared, received: Received) -> Reply {
    let Received::Whole(body) = received else {
        return refused(&["the body did not arrive whole, or has more than 1 MiB".to_owned()]);
    };
    let faults = String::from_utf8_lossy(&body).parse::<Faults>();
    match faults.and_then(|faults| shared.set_faults(faults)) {
        Ok(()) => Reply::json(StatusCode::OK, shared.faults.to_json()),
        Err(error) => refused(error.problems()),
    }
}

fn done() -> Reply {
    Reply::empty(StatusCode::NO_CONTENT)
}

fn refused(problems: &[String]) -> Reply {
    Reply::json(StatusCode::BAD_REQUEST, json!({ "error": problems.join("\n") }))
}

/// Nothing is at this path, or nothing with this method.
fn elsewhere(path: &str) -> Reply {
    let methods = SWITCHES.iter().filter(|(_, at, _)| *at == path).map(|(method, _, _)| *method);
    let allowed = methods.collect::<Vec<_>>().join(", ");
    if allowed.is_empty() {
        let error = format!("The simulator has nothing at this path. GET {INDEX} lists what it has.");
        return Reply::json(StatusCode::NOT_FOUND, json!({ "error": error }));
    }
    let error = format!("Allowed here: {allowed}. GET {INDEX} says what they do.");
    let mut reply = Reply::json(StatusCode::METHOD_NOT_ALLOWED, json!({ "error": error }));
    reply.headers.extend(HeaderValue::from_str(&allowed).ok().map(|allowed| (header::ALLOW, allowed)));
    reply
}

fn index(shared: &Shared) -> Value {
    let operations = every_operation(&shared.model).map(|(_, operation)| {
        json!({
            "id": operation.id,
            "method": method_name(operation.method),
            "path": operation.path.template,
            "summary": operation.summary,
        })
    });
    let switches =
        SWITCHES.iter().map(|(method, path, summary)| json!({ "method": method, "path": path, "summary": summary }));
    let limit =
        shared.options.limit.map(|limit| json!({ "requests": limit.requests, "seconds": limit.window.as_secs_f64() }));
    json!({
        "simulates": shared.model.name,
        "operations": operations.collect::<Value>(),
        "simulator": switches.collect::<Value>(),
        "limit": limit,
    })
}
