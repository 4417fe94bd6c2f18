//! The one way of every call: check, build the path, the query and the body, send, judge the status.
//! How often it is sent, [`Sending`] decides. It knows operations as data only; what depends on the type of
//! the answer is [`read_into`].

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};

use crate::client::{Client, Inner, Options, Validation};
use crate::error::{Error, says_something};
use crate::report::Report;
use crate::response::About;
use crate::runtime::{self, Body, Object, Operation, Target};
use crate::sending::{Sending, Tried};
use crate::transport::{TransportRequest, TransportResponse};

/// What a call is about.
pub(crate) struct Job {
    pub(crate) client: Client,
    pub(crate) request: Box<dyn Object>,
    pub(crate) operation: &'static Operation,
    pub(crate) options: Options,
}

/// A response with a status of success.
pub(crate) struct Success {
    response: TransportResponse,
    report: Report,
    operation: &'static Operation,
    tried: Tried,
    /// Whether the request puts the result off.
    is_deferred: bool,
}

/// Does the job. The time of the call begins with it.
pub(crate) async fn run(job: Job) -> Result<Success, Error> {
    let Job { client, request, operation, options } = job;
    let is_deferred = runtime::is_deferred(operation, &*request);
    let client = client.inner();
    let deadline = client.clock.now().saturating_add(options.timeout);
    let prepared = prepare(client, &*request, operation, options.validation);
    let (report, request) = prepared.map_err(|error| error.of(operation, Tried::NEVER))?;
    let (response, tried) = Sending { client, operation, options, deadline }.send(&request).await?;
    Ok(Success { response, report, operation, tried, is_deferred })
}

/// Everything that can fail before anything is sent.
fn prepare(
    client: &Inner,
    request: &dyn Object,
    operation: &Operation,
    validation: Validation,
) -> Result<(Report, TransportRequest), Error> {
    let report = match validation {
        Validation::Off => Report::default(),
        Validation::Warn | Validation::Error => runtime::validate(request, operation),
    };
    if validation == Validation::Error && !report.is_ok() {
        return Err(Error::validation(report));
    }
    let path = runtime::path(operation, client.credentials.auth_id(), request).map_err(Error::parameter)?;
    let origin = client.base_url.as_ref().map_or(operation.host, |base_url| base_url.origin());
    let url = format!("{origin}{path}{}", runtime::query(operation, request));
    let (content_type, body) = encode(request, operation)?;
    let headers = headers(client, content_type)?;
    // How long it may take is known when it is sent.
    let timeout = Duration::ZERO;
    Ok((report, TransportRequest { method: operation.method.into(), url, headers, body, timeout }))
}

/// The body, and what its header says that it is.
fn encode(request: &dyn Object, operation: &Operation) -> Result<(Option<HeaderValue>, Bytes), Error> {
    match operation.body {
        Body::None => Ok((None, Bytes::new())),
        Body::Json => {
            let body = runtime::body(request, operation.empty_text).map_err(Error::encode)?;
            Ok((Some(HeaderValue::from_static("application/json")), body.into()))
        }
        Body::Multipart { data } => {
            let multipart = runtime::multipart(request, data, operation.empty_text);
            let content_type = format!("multipart/form-data; boundary={}", multipart.boundary);
            // A boundary is made of letters, digits and hyphens.
            Ok((HeaderValue::try_from(content_type).ok(), multipart.body))
        }
    }
}

fn headers(client: &Inner, content_type: Option<HeaderValue>) -> Result<HeaderMap, Error> {
    let authorization = client.credentials.authorization();
    let authorization = authorization.ok_or_else(|| Error::config("the credentials cannot stand in a header"))?;
    let mut headers = HeaderMap::with_capacity(4);
    headers.insert(AUTHORIZATION, authorization);
    headers.insert(USER_AGENT, client.user_agent.clone());
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(content_type) = content_type {
        headers.insert(CONTENT_TYPE, content_type);
    }
    Ok(headers)
}

/// Reads a response of success into the places of an answer.
pub(crate) fn read_into(success: Success, target: Target<'_>) -> Result<Box<About>, Error> {
    let Success { response, report, operation, tried, is_deferred } = success;
    let envelope = runtime::read(&response.body, operation.answer, is_deferred, target);
    if envelope.error.as_ref().is_some_and(says_something) {
        return Err(Error::refused(response).of(operation, tried));
    }
    if let Some(error) = envelope.not_json {
        return Err(Error::not_json(response, envelope.api_id, error).of(operation, tried));
    }
    if let Some(missing) = envelope.missing {
        return Err(Error::missing(response, envelope.api_id, missing).of(operation, tried));
    }
    Ok(Box::new(About { response, api_id: envelope.api_id, attempts: tried.attempts, report, notes: envelope.notes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size_of_output<F: Future + Send + 'static>(_: fn(Job) -> F) -> usize {
        size_of::<F>()
    }

    /// What a call takes from the heap while it runs, beside the request and the answer.
    #[test]
    fn a_running_call_fits_into_a_kilobyte() {
        let size = size_of_output(run);
        assert!(size <= 1024, "{size} bytes");
    }
}
