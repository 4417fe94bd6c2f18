//! The time on the simulator's clock.

use super::bad_request;
use crate::context::Context;
use crate::http::plain_json::PlainJson;
use crate::http::request_body::ReceivedBody;
use crate::http::response::Response;
use crate::time::Moment;
use http::StatusCode;
use plivo_codegen::interpret::{duration_of, duration_of_seconds};
use serde_json::{Map, Value, json};
use std::time::Duration;

/// The response about a time.
pub(super) fn to_json(context: &Context, now: Moment) -> Map<String, Value> {
    let clock = context.options.api.pace.name();
    [("time", now.to_string()), ("clock", clock.to_owned())]
        .into_iter()
        .map(|(key, text)| (key.to_owned(), Value::from(text)))
        .collect()
}

/// Advances the clock by the duration in the body.
pub(super) fn advance(context: &Context, body: ReceivedBody) -> Response {
    let body = if let ReceivedBody::Complete(body) = body {
        serde_json::from_slice(&body).ok().map(|PlainJson(json)| json)
    } else {
        None
    };
    let Some(duration) = body.as_ref().and_then(duration) else {
        let problem = "the body must be JSON with a duration, such as {\"advance\": \"5s\"}; the units are ms, s, m, h and d, \
            and a number without a unit is in seconds";
        return bad_request(&[problem.to_owned()]);
    };
    let (now, transitions) = context.api.advance(duration);
    let mut response = to_json(context, now);
    response.insert("transitions".to_owned(), json!(transitions));
    Response::json(StatusCode::OK, response)
}

fn duration(body: &Value) -> Option<Duration> {
    match body.as_object().filter(|body| body.len() == 1)?.get("advance")? {
        Value::String(text) => duration_of(text),
        number => duration_of_seconds(number.as_f64()?),
    }
}
