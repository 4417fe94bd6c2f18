//! The effects of a fault on the content of a response.

use super::{Change, Fault, Links, Reset, RetryAfter, SelectedFault};
use crate::http::response::{Content, Response, allows_body};
use http::{HeaderValue, Method, StatusCode, header};
use plivo_codegen::model::{Model, Operation};
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The maximum of `retry_at`, in seconds: 100 years. The date of a header has a year of four digits.
const MAX_RETRY_AT: u64 = 100 * 365 * 24 * 60 * 60;

impl Fault {
    /// The moment at which the connection is reset, if any.
    pub(crate) fn reset_moment(&self) -> Option<Reset> {
        self.reset
    }

    /// The delay of the head of the response.
    pub(crate) fn head_delay(&self) -> Option<Duration> {
        self.delay_ms.map(Duration::from_millis)
    }

    /// The response that is sent without executing the request, if any.
    pub(crate) fn response_instead(&self, model: &Model, api_id: &str) -> Option<Response> {
        let status = self.status_code().filter(|_| !self.executed)?;
        Some(injected_response(status, &model.errors.refusal, api_id))
    }

    /// The value of the header `Retry-After`.
    fn retry_after_header(&self) -> Option<HeaderValue> {
        match &self.retry_after {
            Some(RetryAfter::Seconds(seconds)) => return Some(HeaderValue::from(*seconds)),
            Some(RetryAfter::Text(text)) => return HeaderValue::from_str(text).ok(),
            None => {}
        }
        let date = SystemTime::now().checked_add(Duration::from_secs(self.retry_at?.min(MAX_RETRY_AT)))?;
        HeaderValue::from_str(&httpdate::fmt_http_date(date)).ok()
    }

    /// The part of the fault that took effect on a response with these changes.
    fn applied_part(&self, changes: Vec<Change>, links: Option<Links>, has_body: bool) -> Self {
        let mut applied = Self { drift: changes, links, ..self.clone() };
        if !has_body {
            applied.drift.clear();
            applied.links = None;
            (applied.body, applied.body_delay_ms, applied.damage, applied.oversized) = (None, None, None, None);
            applied.reset = applied.reset.filter(|reset| *reset != Reset::InBody);
        }
        applied
    }

    /// The JSON body of the response, if it depends only on the fault.
    pub(super) fn fixed_body(&self, model: &Model) -> Option<Value> {
        let injected = || match injected_response(self.status_code()?, &model.errors.refusal, "").content {
            Content::Json(body) => Some(body),
            Content::Empty | Content::Text(_) => None,
        };
        self.body.clone().or_else(injected)
    }

    /// The status of the response, if the fault sets one.
    pub(super) fn status_code(&self) -> Option<StatusCode> {
        self.status.and_then(|status| StatusCode::from_u16(status).ok())
    }
}

impl SelectedFault {
    /// Changes the content of a response, and reduces the fault to the effects that took place.
    pub(crate) fn change_response(
        &mut self,
        model: &Model,
        method: &Method,
        operation: Option<&Operation>,
        api_id: &str,
        response: &mut Response,
    ) {
        let fault = Arc::clone(&self.fault);
        if let (Some(status), true) = (fault.status_code(), fault.executed) {
            let warnings = std::mem::take(&mut response.warnings);
            *response = Response { warnings, ..injected_response(status, &model.errors.refusal, api_id) };
        }
        if let Some(body) = fault.body.as_ref().filter(|_| allows_body(response.status)) {
            response.content = match body {
                Value::String(text) => Content::Text(text.clone()),
                value => Content::Json(value.clone()),
            };
        }
        let mut changes = Vec::new();
        let mut links = None;
        if let Content::Json(body) = &mut response.content {
            links = fault.links.filter(|links| links.apply(body));
            let mut random = fastrand::Rng::with_seed(self.seed);
            changes.extend(fault.drift.iter().filter_map(|change| change.apply(model, operation, body, &mut random)));
        }
        let content_type = fault.content_type.as_ref().and_then(|text| HeaderValue::from_str(text).ok());
        let headers = [(header::RETRY_AFTER, fault.retry_after_header()), (header::CONTENT_TYPE, content_type)];
        for (name, value) in headers {
            if let Some(value) = value {
                response.headers.insert(name, value);
            }
        }
        self.set_applied(fault.applied_part(changes, links, response.has_body() && *method != Method::HEAD));
    }
}

/// A response with this status in the shape of Plivo's responses. An error has a message under `key`.
fn injected_response(status: StatusCode, key: &str, api_id: &str) -> Response {
    if !allows_body(status) {
        return Response::empty(status);
    }
    let mut body = Map::new();
    body.insert("api_id".to_owned(), Value::from(api_id));
    if status.is_client_error() || status.is_server_error() {
        body.insert(key.to_owned(), Value::from("Fault injected by the simulator."));
    }
    Response::json(status, body)
}
