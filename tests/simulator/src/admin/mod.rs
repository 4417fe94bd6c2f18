//! The simulator's own endpoints: the index, the record, the faults, and the reset.
//!
//! They need no credentials, because only this machine can reach them. They are not recorded, have no faults, and do
//! not count towards the rate limit. Their paths cannot collide with those of an API.

mod index;

use crate::context::Context;
use crate::fault::{Faults, send};
use crate::http::request_body::ReceivedBody;
use crate::http::response::Response;
use crate::http::response_body::ResponseBody;
use crate::record::body_steps;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde_json::json;

const PREFIX: &str = "/_simulator/";
const INDEX: &str = "/";
const REQUESTS: &str = "/_simulator/requests";
const FAULTS: &str = "/_simulator/faults";
const RESET: &str = "/_simulator/reset";

/// Method, path and summary of each endpoint, in the order of the index.
const ENDPOINTS: [(&str, &str, &str); 7] = [
    ("GET", INDEX, "Lists the operations and these endpoints."),
    ("GET", REQUESTS, "Returns the received requests, oldest first."),
    ("DELETE", REQUESTS, "Clears the record of requests."),
    ("GET", FAULTS, "Returns the faults, with the number of requests that each matched and was applied to."),
    ("PUT", FAULTS, "Replaces the faults by those in the body, in YAML or JSON."),
    ("DELETE", FAULTS, "Removes all faults."),
    ("POST", RESET, "Restores the initial state: no objects, no recorded requests, the initial faults."),
];

/// Whether a request is for one of these endpoints.
pub(crate) fn is_admin(head: &Parts) -> bool {
    let path = head.uri.path();
    path == INDEX || path.starts_with(PREFIX)
}

/// Handles a request for one of these endpoints.
pub(crate) fn handle(context: &Context, head: &Parts, body: ReceivedBody) -> hyper::Response<ResponseBody> {
    match (head.method.as_str(), head.uri.path()) {
        ("GET", REQUESTS) => requests(context),
        (method, path) => send(respond(context, method, path, body), None),
    }
}

fn requests(context: &Context) -> hyper::Response<ResponseBody> {
    let steps = body_steps(context.recorder.requests());
    let mut response = hyper::Response::new(ResponseBody::from_steps(None, steps));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn respond(context: &Context, method: &str, path: &str, body: ReceivedBody) -> Response {
    match (method, path) {
        ("GET", INDEX) => Response::json(StatusCode::OK, index::index(context)),
        ("DELETE", REQUESTS) => {
            context.recorder.clear();
            no_content()
        }
        ("GET", FAULTS) => Response::json(StatusCode::OK, context.faults.to_json()),
        ("PUT", FAULTS) => set_faults(context, body),
        ("DELETE", FAULTS) => match context.set_faults(Faults::default()) {
            Ok(()) => no_content(),
            Err(error) => bad_request(error.problems()),
        },
        ("POST", RESET) => {
            context.reset();
            no_content()
        }
        (_, path) => unknown_endpoint(path),
    }
}

fn set_faults(context: &Context, body: ReceivedBody) -> Response {
    let ReceivedBody::Complete(body) = body else {
        return bad_request(&["the request body is incomplete or larger than 1 MiB".to_owned()]);
    };
    let faults = String::from_utf8_lossy(&body).parse::<Faults>();
    match faults.and_then(|faults| context.set_faults(faults)) {
        Ok(()) => Response::json(StatusCode::OK, context.faults.to_json()),
        Err(error) => bad_request(error.problems()),
    }
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
