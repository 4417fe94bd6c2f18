//! The one way of every call: check, build the path, the query and the body, send, judge the status.
//! How often it is sent, [`Sending`] decides. It knows operations as data only; what depends on the type of
//! the answer is [`read_into`].

use std::io;
use std::time::Duration;

use http::HeaderMap;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};

use crate::client::{Client, Inner, Options, Validation};
use crate::clock::within;
use crate::error::{Error, says_something};
use crate::report::Report;
use crate::response::About;
use crate::runtime::{self, Extra, Object, OperationRef, Target};
use crate::sending::{Sending, Tried};
use crate::trace::{self, Span};
use crate::transport::{Body, TransportRequest, TransportResponse};

/// What a call is about.
pub(crate) struct PendingRequest {
    pub(crate) client: Client,
    pub(crate) request: Box<dyn Object>,
    /// What goes out beside the fields of the request.
    pub(crate) extra: Extra,
    pub(crate) operation: OperationRef,
    pub(crate) options: Options,
}

/// A response with a status of success.
pub(crate) struct Success {
    job: Box<PendingRequest>,
    sent: Sent,
    span: Span,
    begun: Duration,
}

/// What came of sending.
struct Sent {
    response: TransportResponse,
    report: Report,
    tried: Tried,
}

/// Does the job. The time of the call begins with it.
pub(crate) async fn run(job: Box<PendingRequest>) -> Result<Success, Error> {
    let (span, begun) = (Span::of(&job.operation), job.client.inner().clock.now());
    match span.around(send(&job, begun)).await {
        Ok(sent) => Ok(Success { job, sent, span, begun }),
        Err(error) => {
            span.failed(&error, elapsed(&job.client, begun));
            Err(error)
        }
    }
}

async fn send(job: &PendingRequest, begun: Duration) -> Result<Sent, Error> {
    let PendingRequest { client, operation, options, .. } = job;
    let (report, mut request) = prepare(job).map_err(|error| error.of(operation, Tried::NEVER))?;
    report.errors().iter().chain(report.warnings()).for_each(trace::finding);
    let deadline = begun.saturating_add(options.timeout);
    if request.body.has_files() {
        let clock = &*client.inner().clock;
        // In a box, so that calls without files are small.
        let looking = Box::pin(request.body.look());
        let looked = within(clock, deadline.saturating_sub(clock.now()), looking).await;
        let looked = looked.unwrap_or_else(|| Err(io::Error::new(io::ErrorKind::TimedOut, "it did not open in time")));
        looked.map_err(|error| Error::file(error).of(operation, Tried::NEVER))?;
    }
    let sending = Sending { client: client.inner(), operation, options: *options, deadline };
    let (response, tried) = sending.send(&request).await?;
    Ok(Sent { response, report, tried })
}

/// Everything that can fail before anything is sent.
fn prepare(job: &PendingRequest) -> Result<(Report, TransportRequest), Error> {
    let PendingRequest { client, request, extra, operation, options } = job;
    let (client, request) = (client.inner(), &**request);
    let report = match options.validation {
        Validation::Off => Report::default(),
        Validation::Warn | Validation::Error => runtime::validate_with(request, operation, extra),
    };
    if options.validation == Validation::Error && !report.is_ok() {
        return Err(Error::validation(report));
    }
    let path = runtime::path(operation, client.credentials.auth_id(), request, extra).map_err(Error::parameter)?;
    let origin = client.base_url.as_ref().map_or(operation.host, |base_url| base_url.origin());
    let url = format!("{origin}{path}{}", runtime::query(operation, request, extra));
    let (content_type, body) = encode(job)?;
    let headers = headers(client, content_type)?;
    // How long it may take is known when it is sent.
    let timeout = Duration::ZERO;
    Ok((report, TransportRequest { method: operation.method.into(), url, headers, body, timeout }))
}

/// The body, and what its header says that it is.
fn encode(job: &PendingRequest) -> Result<(Option<HeaderValue>, Body), Error> {
    let PendingRequest { client, request, extra, operation, .. } = job;
    let request = &**request;
    match operation.body {
        runtime::BodyEncoding::None if extra.in_body(operation, request.schema()).next().is_none() => {
            Ok((None, Body::default()))
        }
        runtime::BodyEncoding::None | runtime::BodyEncoding::Json => {
            let body = runtime::body(request, operation, extra).map_err(Error::encode)?;
            Ok((Some(HeaderValue::from_static("application/json")), body.into()))
        }
        runtime::BodyEncoding::Multipart { data } => {
            let random = || client.inner().clock.random();
            let multipart = runtime::multipart(request, operation, data, extra, &random).map_err(Error::encode)?;
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

fn elapsed(client: &Client, begun: Duration) -> Duration {
    client.inner().clock.now().saturating_sub(begun)
}

/// Reads a response of success into the places of an answer.
pub(crate) fn read_into(success: Success, target: Target<'_>) -> Result<Box<About>, Error> {
    let Success { job, sent, span, begun } = success;
    let result = span.within(|| read(&job, sent, target));
    let time = elapsed(&job.client, begun);
    match &result {
        Ok(about) => span.answered(about.response.status.as_u16(), about.attempts, about.api_id.as_deref(), time),
        Err(error) => span.failed(error, time),
    }
    result
}

fn read(job: &PendingRequest, sent: Sent, target: Target<'_>) -> Result<Box<About>, Error> {
    let Sent { response, report, tried } = sent;
    let PendingRequest { client, request, operation, .. } = job;
    let is_deferred = runtime::is_deferred(operation, &**request, &job.extra);
    let envelope = runtime::read(&response.body, operation.answer, is_deferred, target);
    if envelope.error.as_ref().is_some_and(says_something) {
        return Err(Error::refused(response).of(operation, tried));
    }
    client.inner().drift.heard_of(operation.id, &envelope.notes);
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

    fn size_of_output<F: Future + Send + 'static>(_: fn(Box<PendingRequest>) -> F) -> usize {
        size_of::<F>()
    }

    /// What a call takes from the heap while it runs, beside the request and the answer.
    #[test]
    fn a_running_call_fits_into_a_kilobyte() {
        let size = size_of_output(run);
        assert!(size <= 1024, "{size} bytes");
    }
}
