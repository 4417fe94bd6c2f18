//! Refuses requests by their head alone: without a clear `Host`, or to the simulator's own endpoints from elsewhere.

use crate::http::response::Response;
use http::request::Parts;
use http::{HeaderName, StatusCode, Uri, Version, header};
use serde_json::json;

/// The response to a request without exactly one `Host`, which HTTP/1.1 requires.
pub(super) fn unclear_host(head: &Parts) -> Option<Response> {
    let count = head.headers.get_all(header::HOST).iter().count();
    let problem = match count {
        1 => return None,
        0 if head.version < Version::HTTP_11 => return None,
        0 => "The request has no header Host, which HTTP/1.1 requires.",
        _ => "The request has more than one header Host.",
    };
    Some(refusal(StatusCode::BAD_REQUEST, problem.to_owned()))
}

/// The response to a request for the simulator's own endpoints that a web page has made: their `Host` is a name that
/// only points to this machine, or their `Origin` is another site.
pub(super) fn foreign(head: &Parts) -> Option<Response> {
    let named = [header_text(head, header::HOST), head.uri.authority().map(ToString::to_string)];
    if let Some(host) = named.iter().flatten().find(|host| !is_loopback(host)) {
        let problem = format!(
            "The simulator's own endpoints are not served under the host `{host}`. Use `127.0.0.1` or `localhost`."
        );
        return Some(refusal(StatusCode::FORBIDDEN, problem));
    }
    let origin = header_text(head, header::ORIGIN)?;
    let host = header_text(head, header::HOST).unwrap_or_default();
    if origin.eq_ignore_ascii_case(&format!("http://{host}")) {
        return None;
    }
    let problem = format!("The simulator's own endpoints are not served to the web site `{origin}`.");
    Some(refusal(StatusCode::FORBIDDEN, problem))
}

fn refusal(status: StatusCode, problem: String) -> Response {
    Response::json(status, json!({ "error": problem }))
}

fn header_text(head: &Parts, name: HeaderName) -> Option<String> {
    head.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// Whether a host, with or without a port, is this machine under its own name.
fn is_loopback(host: &str) -> bool {
    let uri = format!("http://{host}/").parse::<Uri>();
    let name = uri.as_ref().ok().and_then(|uri| uri.host()).unwrap_or_default();
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| own.eq_ignore_ascii_case(name))
}
