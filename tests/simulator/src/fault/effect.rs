//! What a fault makes of an answer.

use super::{Change, Damage, Due, Fault, Reset, RetryAfter};
use crate::outgoing::{Abort, Outgoing, Step};
use crate::reply::{Content, Reply, allows_body};
use bytes::Bytes;
use http::{HeaderValue, Method, Response, StatusCode, header};
use plivo_codegen::model::{Model, Operation};
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// In seconds. No date in a header is further away.
const A_CENTURY: u64 = 100 * 365 * 24 * 60 * 60;

impl Fault {
    /// Whether and when the connection is reset.
    pub(crate) fn resets(&self) -> Option<Reset> {
        self.reset
    }

    /// How long the head of the answer waits.
    pub(crate) fn waits(&self) -> Option<Duration> {
        self.delay_ms.map(Duration::from_millis)
    }

    /// The answer in place of carrying the request out, if there is to be one.
    pub(crate) fn instead(&self, model: &Model, api_id: &str) -> Option<Reply> {
        let status = self.given_status().filter(|_| !self.executed)?;
        Some(shaped(status, &model.errors.refusal, api_id))
    }

    /// The value of `Retry-After`.
    fn asks_to_wait(&self) -> Option<HeaderValue> {
        match &self.retry_after {
            Some(RetryAfter::Seconds(seconds)) => return Some(HeaderValue::from(*seconds)),
            Some(RetryAfter::Text(text)) => return HeaderValue::from_str(text).ok(),
            None => {}
        }
        // Dates in HTTP have four digits for the year.
        let then = SystemTime::now().checked_add(Duration::from_secs(self.retry_at?.min(A_CENTURY)))?;
        HeaderValue::from_str(&httpdate::fmt_http_date(then)).ok()
    }

    /// What stays of it at an answer of which these were the changes.
    fn done(&self, made: Vec<Change>, has_body: bool) -> Self {
        let mut done = Self { drift: made, ..self.clone() };
        if !has_body {
            done.drift.clear();
            (done.body, done.body_delay_ms, done.damage, done.oversized) = (None, None, None, None);
            done.reset = done.reset.filter(|reset| *reset != Reset::InBody);
        }
        done
    }

    /// The answer in JSON, where the fault alone decides it.
    pub(super) fn known_body(&self, model: &Model) -> Option<Value> {
        let shaped = || match shaped(self.given_status()?, &model.errors.refusal, "").content {
            Content::Json(body) => Some(body),
            Content::Nothing | Content::Text(_) => None,
        };
        self.body.clone().or_else(shaped)
    }

    pub(super) fn given_status(&self) -> Option<StatusCode> {
        self.status.and_then(|status| StatusCode::from_u16(status).ok())
    }
}

impl Due {
    /// Changes what an answer says, and keeps of the fault what it could do to this one.
    pub(crate) fn change(
        &mut self,
        model: &Model,
        method: &Method,
        operation: Option<&Operation>,
        api_id: &str,
        reply: &mut Reply,
    ) {
        let fault = Arc::clone(&self.fault);
        if let (Some(status), true) = (fault.given_status(), fault.executed) {
            *reply = shaped(status, &model.errors.refusal, api_id);
        }
        if let Some(body) = fault.body.as_ref().filter(|_| allows_body(reply.status)) {
            reply.content = match body {
                Value::String(text) => Content::Text(text.clone()),
                value => Content::Json(value.clone()),
            };
        }
        let mut made = Vec::new();
        if let Content::Json(body) = &mut reply.content {
            let mut random = fastrand::Rng::with_seed(self.seed);
            made.extend(fault.drift.iter().filter_map(|change| change.make(model, operation, body, &mut random)));
        }
        let content_type = fault.content_type.as_ref().and_then(|text| HeaderValue::from_str(text).ok());
        for (name, value) in [(header::RETRY_AFTER, fault.asks_to_wait()), (header::CONTENT_TYPE, content_type)] {
            if let Some(value) = value {
                reply.headers.insert(name, value);
            }
        }
        self.came_to(fault.done(made, reply.has_body() && *method != Method::HEAD));
    }
}

/// An answer with this status that looks like one of Plivo's.
fn shaped(status: StatusCode, key: &str, api_id: &str) -> Reply {
    if !allows_body(status) {
        return Reply::empty(status);
    }
    let mut body = Map::new();
    body.insert("api_id".to_owned(), Value::from(api_id));
    if status.is_client_error() || status.is_server_error() {
        body.insert(key.to_owned(), Value::from("The simulator was told to answer so."));
    }
    Reply::json(status, body)
}

/// Makes an answer ready to be sent, with what goes wrong on the way.
pub(crate) fn send(reply: Reply, fault: Option<&Fault>) -> Response<Outgoing> {
    let (status, headers, body) = reply.into_parts();
    let body = match fault {
        Some(fault) => on_the_way(fault, body),
        None => Outgoing::whole(body),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

fn on_the_way(fault: &Fault, mut body: Bytes) -> Outgoing {
    if fault.damage == Some(Damage::Malformed) {
        body.truncate(body.len() / 2);
        // The half of a number is one; nothing at all is no JSON.
        if serde_json::from_slice::<IgnoredAny>(&body).is_ok() {
            body.clear();
        }
    }
    // What is cut off announces something, also where there is nothing.
    let (whole, rest) = (body.len(), body.split_off(body.len() / 2));
    let mut steps = vec![Step::Send(body), Step::Flush];
    steps.extend(fault.body_delay_ms.map(|time| Step::Wait(Duration::from_millis(time))));
    if fault.reset == Some(Reset::InBody) {
        steps.push(Step::Abort(Abort::Reset));
        return Outgoing::steps(Some(whole.max(1)), steps);
    }
    if fault.damage == Some(Damage::Truncated) {
        steps.push(Step::Abort(Abort::Close));
        return Outgoing::steps(Some(whole.max(1)), steps);
    }
    steps.push(Step::Send(rest));
    match fault.oversized {
        Some(bytes) => {
            steps.push(Step::Blanks(bytes));
            Outgoing::steps(None, steps)
        }
        None => Outgoing::steps(Some(whole), steps),
    }
}
