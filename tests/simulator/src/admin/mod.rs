//! The simulator's own endpoints: the index, the records, the faults, the objects, the time, and the reset.
//!
//! They need no credentials, because only this machine can reach them. They are not recorded, have no faults, and do
//! not count towards the rate limit. Their paths cannot collide with those of an API.

mod index;
mod objects;
mod selection;
mod time;

use crate::context::Context;
use crate::fault::{Faults, send};
use crate::http::request_body::ReceivedBody;
use crate::http::response::Response;
use crate::http::response_body::ResponseBody;
use crate::record::body_steps;
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, header};
use selection::Selection;
use serde_json::json;
use std::borrow::Cow;

const PREFIX: &str = "/_simulator/";
const INDEX: &str = "/";
const REQUESTS: &str = "/_simulator/requests";
const FAULTS: &str = "/_simulator/faults";
const OBJECTS: &str = "/_simulator/objects";
const RESET: &str = "/_simulator/reset";
const TIME: &str = "/_simulator/time";
const TRANSITIONS: &str = "/_simulator/transitions";

/// Method, path and summary of each endpoint, in the order of the index.
const ENDPOINTS: [(&str, &str, &str); 14] = [
    ("GET", INDEX, "Lists the operations and these endpoints."),
    ("GET", REQUESTS, "Returns the received requests, oldest first; with ?account=ID, those of an account."),
    ("DELETE", REQUESTS, "Clears the record of requests; with ?account=ID, those of an account."),
    ("GET", FAULTS, "Returns the faults, with the number of requests that each matched and was applied to."),
    ("PUT", FAULTS, "Replaces the faults by those in the body, in YAML or JSON."),
    ("DELETE", FAULTS, "Removes all faults."),
    (
        "GET",
        OBJECTS,
        "Returns the stored objects; with ?account=ID and ?resource=NAME, those of an account and a resource.",
    ),
    ("POST", OBJECTS, "Stores the objects in the body, in YAML or JSON, and returns them with their ids."),
    (
        "DELETE",
        OBJECTS,
        "Removes the stored objects; with ?account=ID and ?resource=NAME, those of an account and a resource.",
    ),
    ("GET", TIME, "Returns the time on the simulator's clock, and whether the clock is virtual or real."),
    (
        "POST",
        TIME,
        "Advances the clock, as in {\"advance\": \"5s\"}. Returns the new time, and the transitions until then.",
    ),
    ("GET", TRANSITIONS, "Returns the transitions of stored objects from state to state, oldest first."),
    ("DELETE", TRANSITIONS, "Clears the record of transitions."),
    ("POST", RESET, "Restores the initial state: the initial time, objects and faults, empty records."),
];

/// Whether a request is for one of these endpoints.
pub(crate) fn is_admin(head: &Parts) -> bool {
    let path = head.uri.path();
    path == INDEX || path.starts_with(PREFIX)
}

/// Handles a request for one of these endpoints.
pub(crate) fn handle(context: &Context, head: &Parts, body: ReceivedBody) -> hyper::Response<ResponseBody> {
    let method = if head.method == Method::HEAD { Method::GET } else { head.method.clone() };
    let (method, path) = (method.as_str(), head.uri.path());
    let selectors: &[&str] = match (method, path) {
        (_, REQUESTS) => &["account"],
        ("GET" | "DELETE", OBJECTS) => &["account", "resource"],
        _ => &[],
    };
    let selection = Selection::parse(head.uri.query(), selectors);
    match selection.and_then(|selection| selection.check(&context.api.model)) {
        Ok(selection) if (method, path) == ("GET", REQUESTS) => requests(context, &selection),
        Ok(selection) => send(respond(context, method, path, &selection, body), None),
        Err(problem) => send(bad_request(&[problem]), None),
    }
}

fn requests(context: &Context, selection: &Selection) -> hyper::Response<ResponseBody> {
    let steps = body_steps(context.recorder.requests(selection.account.as_deref()));
    let mut response = hyper::Response::new(ResponseBody::from_steps(None, steps));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn respond(context: &Context, method: &str, path: &str, selection: &Selection, body: ReceivedBody) -> Response {
    match (method, path) {
        ("GET", INDEX) => Response::json(StatusCode::OK, index::index(context)),
        ("DELETE", REQUESTS) => {
            context.recorder.clear(selection.account.as_deref());
            no_content()
        }
        ("GET", FAULTS) => Response::json(StatusCode::OK, context.faults.to_json()),
        ("PUT", FAULTS) => set_faults(context, body),
        ("DELETE", FAULTS) => match context.set_faults(Faults::default()) {
            Ok(()) => no_content(),
            Err(error) => bad_request(error.problems()),
        },
        ("GET", OBJECTS) => objects::show(context, selection),
        ("POST", OBJECTS) => objects::seed(context, &body),
        ("DELETE", OBJECTS) => objects::remove(context, selection),
        ("GET", TIME) => Response::json(StatusCode::OK, time::to_json(context, context.api.now())),
        ("POST", TIME) => time::advance(context, body),
        ("GET", TRANSITIONS) => Response::json(StatusCode::OK, json!({ "transitions": context.api.transitions() })),
        ("DELETE", TRANSITIONS) => {
            context.api.clear_transitions();
            no_content()
        }
        ("POST", RESET) => {
            context.reset();
            no_content()
        }
        (_, path) => unknown_endpoint(path),
    }
}

fn set_faults(context: &Context, body: ReceivedBody) -> Response {
    let Some(text) = complete_text(&body) else { return incomplete() };
    match text.parse::<Faults>().and_then(|faults| context.set_faults(faults)) {
        Ok(()) => Response::json(StatusCode::OK, context.faults.to_json()),
        Err(error) => bad_request(error.problems()),
    }
}

/// The text of a body that arrived completely.
fn complete_text(body: &ReceivedBody) -> Option<Cow<'_, str>> {
    match body {
        ReceivedBody::Complete(body) => Some(String::from_utf8_lossy(body)),
        ReceivedBody::TooLarge { .. } | ReceivedBody::TimedOut | ReceivedBody::Incomplete => None,
    }
}

fn incomplete() -> Response {
    bad_request(&["the request body is incomplete or larger than 1 MiB".to_owned()])
}

fn no_content() -> Response {
    Response::empty(StatusCode::NO_CONTENT)
}

fn bad_request(problems: &[String]) -> Response {
    Response::json(StatusCode::BAD_REQUEST, json!({ "error": problems.join("\n") }))
}

/// The response for an unknown path, or for a method that the path does not have.
fn unknown_endpoint(path: &str) -> Response {
    let methods = ENDPOINTS.iter().filter(|(_, known, _)| *known == path).map(|(method, _, _)| *method);
    let allowed = methods.collect::<Vec<_>>().join(", ");
    if allowed.is_empty() {
        let error = format!("The simulator has no such endpoint. GET {INDEX} lists the endpoints.");
        return Response::json(StatusCode::NOT_FOUND, json!({ "error": error }));
    }
    let error = format!("The method is not allowed. Allowed: {allowed}. GET {INDEX} describes the endpoints.");
    let mut response = Response::json(StatusCode::METHOD_NOT_ALLOWED, json!({ "error": error }));
    response.headers.extend(HeaderValue::from_str(&allowed).ok().map(|allowed| (header::ALLOW, allowed)));
    response
}
