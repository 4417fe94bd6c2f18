//! Handles one request, from its head to its response, with the fault that applies to it.

use super::screen::{foreign, unclear_host};
use crate::admin;
use crate::api::route::{Candidates, Route};
use crate::api::{Api, ApiError};
use crate::context::Context;
use crate::fault::{Reset, SelectedFault, send};
use crate::http::request_body::{MAX_BODY_BYTES, ReceivedBody, max_bytes, receive};
use crate::http::response::Response;
use crate::http::response_body::{Abort, ResponseBody};
use crate::record::{PendingRequest, RecordedRequest, RecordedResponse};
use bytes::Bytes;
use http::request::Parts;
use http::{Request, header};
use hyper::body::Incoming;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// Receives, records and answers one request, or aborts its connection.
pub(super) async fn handle(
    context: Arc<Context>,
    request: Request<Incoming>,
) -> Result<hyper::Response<ResponseBody>, Abort> {
    let (head, body) = request.into_parts();
    let body_timeout = context.options.body_timeout;
    let is_admin = admin::is_admin(&head);
    if let Some(refusal) = unclear_host(&head).or_else(|| foreign(&head).filter(|_| is_admin)) {
        return Ok(send(refusal, None));
    }
    if is_admin {
        let body = receive(body, MAX_BODY_BYTES, body_timeout).await;
        return Ok(admin::handle(&context, &head, body));
    }
    let candidates = context.api.candidates(&head);
    let mut received = refused_unread(&context, &head, candidates.as_ref().ok().and_then(Candidates::first));
    let mut unread = Some(body);
    let max_bytes = max_bytes(&head.headers);
    // A body that decides which operation serves the request also decides which fault applies to it.
    if candidates.as_ref().is_ok_and(Candidates::depend_on_body) {
        received = receive_once(received, &mut unread, max_bytes, body_timeout).await;
    }
    let route = match candidates {
        Ok(candidates) => candidates.choose(&head.headers, received.as_ref()).await,
        Err(error) => Err(error),
    };
    let account = Api::claimed_account(&head, route.as_ref().ok());
    let mut fault = context.faults.select(&head.method, route.as_ref().ok(), account.as_deref());
    let reset = fault.as_ref().and_then(|selected| selected.fault.reset_moment());
    let delay = fault.as_ref().and_then(|selected| selected.fault.head_delay());
    let body = match reset {
        Some(Reset::BeforeRead) => ReceivedBody::Complete(Bytes::new()),
        _ => receive_once(received, &mut unread, max_bytes, body_timeout)
            .await
            .unwrap_or(ReceivedBody::Complete(Bytes::new())),
    };
    let recorded = RecordedRequest::new(&head, body.recorded_bytes(), account.as_deref(), label(fault.as_ref()));
    let mut pending = PendingRequest::new(&context.recorder, recorded);
    let response = match reset {
        Some(Reset::BeforeRead | Reset::BeforeExecuting) => None,
        _ => Some(respond(&context, &head, route, body, fault.as_mut()).await),
    };
    // A reset is delayed like a response.
    if let Some(delay) = delay {
        sleep(delay).await;
    }
    match response {
        Some(response) if reset != Some(Reset::AfterExecuting) => {
            pending.set_response(RecordedResponse {
                status: response.status.as_u16(),
                fault: label(fault.as_ref()),
                warnings: response.warnings.as_slice().into(),
            });
            Ok(send(response, fault.as_ref().map(|selected| &*selected.fault)))
        }
        _ => Err(Abort::Reset),
    }
}

/// The body of a client that waits for `100 Continue`, if the response does not depend on it. Reading the body would tell
/// the client to send it.
fn refused_unread(context: &Context, head: &Parts, route: Option<&Route<'_>>) -> Option<ReceivedBody> {
    let text = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
    if !text(header::EXPECT).is_some_and(|expected| expected.eq_ignore_ascii_case("100-continue")) {
        return None;
    }
    let length = text(header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    let max_bytes = max_bytes(&head.headers);
    if length.is_some_and(|length| length > max_bytes) {
        return Some(ReceivedBody::TooLarge { max_bytes });
    }
    let is_admitted = route.is_some_and(|route| context.api.authenticate(head, route).is_ok());
    (!is_admitted).then(|| ReceivedBody::Complete(Bytes::new()))
}

/// The body that was received, or else the unread one, which is received now.
async fn receive_once(
    received: Option<ReceivedBody>,
    unread: &mut Option<Incoming>,
    max_bytes: usize,
    time_limit: Duration,
) -> Option<ReceivedBody> {
    match (received, unread.take()) {
        (None, Some(body)) => Some(receive(body, max_bytes, time_limit).await),
        (received, _) => received,
    }
}

fn label(fault: Option<&SelectedFault>) -> Option<Arc<str>> {
    fault.map(|selected| Arc::clone(&selected.label))
}

/// The response of the API or of the fault, with the changes of the fault.
async fn respond(
    context: &Context,
    head: &Parts,
    route: Result<Route<'_>, ApiError>,
    body: ReceivedBody,
    fault: Option<&mut SelectedFault>,
) -> Response {
    let model = &context.api.model;
    let api_id = context.api.next_api_id();
    let operation = route.as_ref().ok().map(|route| route.operation);
    let mut response = match fault.as_ref().and_then(|selected| selected.fault.response_instead(model, &api_id)) {
        Some(response) => response,
        None => context.api.respond(head, route, body, &api_id).await,
    };
    if let Some(fault) = fault {
        fault.change_response(model, &head.method, operation, &api_id, &mut response);
    }
    response
}
