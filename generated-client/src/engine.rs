//! The one way of every call: check, build the path, the query and the body, send, judge the status.
//! It knows operations as data only; what depends on the type of the answer is [`read_into`].

use bytes::Bytes;
use http::HeaderMap;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};

use crate::client::{Client, Inner, Options, Validation};
use crate::error::{Error, says_something};
use crate::report::Report;
use crate::response::About;
use crate::runtime::{self, Body, Object, Operation, Target};
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
    attempts: u32,
    /// Whether the request puts the result off.
    is_deferred: bool,
}

/// Does the job, once.
pub(crate) async fn run(job: Job) -> Result<Success, Error> {
    let Job { client, request, operation, options } = job;
    let is_deferred = runtime::is_deferred(operation, &*request);
    let prepared = prepare(client.inner(), &*request, operation, options);
    let (report, request) = prepared.map_err(|error| error.of(operation, 0))?;
    let response = client.inner().transport.send(request).await;
    let response = response.map_err(|error| Error::transport(error).of(operation, 1))?;
    if !response.status.is_success() {
        return Err(Error::status_of(response).of(operation, 1));
    }
    Ok(Success { response, report, operation, attempts: 1, is_deferred })
}

/// Everything that can fail before anything is sent.
fn prepare(
    client: &Inner,
    request: &dyn Object,
    operation: &Operation,
    options: Options,
) -> Result<(Report, TransportRequest), Error> {
    let report = match options.validation {
        Validation::Off => Report::default(),
        Validation::Warn | Validation::Error => runtime::validate(request, operation),
    };
    if options.validation == Validation::Error && !report.is_ok() {
        return Err(Error::validation(report));
    }
    let path = runtime::path(operation, client.credentials.auth_id(), request).map_err(Error::parameter)?;
    let origin = client.base_url.as_ref().map_or(operation.host, |base_url| base_url.origin());
    let url = format!("{origin}{path}{}", runtime::query(operation, request));
    let (content_type, body) = encode(request, operation)?;
    let headers = headers(client, content_type)?;
    let timeout = options.attempt_timeout.min(options.timeout);
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
    let Success { response, report, operation, attempts, is_deferred } = success;
    let envelope = runtime::read(&response.body, operation.answer, is_deferred, target);
    if envelope.error.as_ref().is_some_and(says_something) {
        return Err(Error::refused(response).of(operation, attempts));
    }
    if let Some(error) = envelope.not_json {
        return Err(Error::not_json(response, envelope.api_id, error).of(operation, attempts));
    }
    if let Some(missing) = envelope.missing {
        return Err(Error::missing(response, envelope.api_id, missing).of(operation, attempts));
    }
    Ok(Box::new(About { response, api_id: envelope.api_id, attempts, report, notes: envelope.notes }))
}
