//! The effects of a fault on the bytes of a response as they are sent.

use super::{Damage, Fault, Reset};
use crate::http::response::Response;
use crate::http::response_body::{Abort, BodyStep, ResponseBody};
use bytes::Bytes;
use serde::de::IgnoredAny;
use std::time::Duration;

/// Serializes a response. Its body is sent with the effects of the fault.
pub(crate) fn send(response: Response, fault: Option<&Fault>) -> hyper::Response<ResponseBody> {
    let (status, headers, body) = response.into_parts();
    let body = match fault {
        Some(fault) => faulty_body(fault, body),
        None => ResponseBody::complete(body),
    };
    let mut response = hyper::Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

fn faulty_body(fault: &Fault, mut body: Bytes) -> ResponseBody {
    if fault.damage == Some(Damage::Malformed) {
        body.truncate(body.len() / 2);
        // Half of a number is valid JSON. An empty body is not.
        if serde_json::from_slice::<IgnoredAny>(&body).is_ok() {
            body.clear();
        }
    }
    let (length, rest) = (body.len(), body.split_off(body.len() / 2));
    let mut steps = vec![BodyStep::Send(body), BodyStep::Flush];
    steps.extend(fault.body_delay_ms.map(|time| BodyStep::Wait(Duration::from_millis(time))));
    let abort = match (fault.reset, fault.damage) {
        (Some(Reset::InBody), _) => Some(Abort::Reset),
        (_, Some(Damage::Truncated)) => Some(Abort::Close),
        _ => None,
    };
    if let Some(abort) = abort {
        steps.push(BodyStep::Abort(abort));
        // At least one byte is announced, so that something is missing even if the body is empty.
        return ResponseBody::from_steps(Some(length.max(1)), steps);
    }
    steps.push(BodyStep::Send(rest));
    match fault.oversized {
        Some(bytes) => {
            steps.push(BodyStep::Pad(bytes));
            ResponseBody::from_steps(None, steps)
        }
        None => ResponseBody::from_steps(Some(length), steps),
    }
}
