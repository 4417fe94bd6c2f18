//! The engine runs every call: it validates and encodes the request, sends it and decodes the response. The
//! [`RetryLoop`] decides how often the request is sent. Operations are data here; only the target of [`read_into`]
//! depends on the type of the answer.

mod context;
mod options;
mod pending_request;
mod prepare;

use std::io;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use self::context::Context;
pub(crate) use self::options::Options;
pub use self::options::Validation;
pub(crate) use self::pending_request::PendingRequest;
use self::prepare::prepare;
use crate::clock::timeout;
use crate::codec::decode::{self, Bounds, Envelope, Leeway, Target};
use crate::error::{Attempts, Error, is_refusal, shown_id};
use crate::response::ResponseParts;
use crate::schema::{ResponseShape, is_first_page};
use crate::sending::RetryLoop;
use crate::trace::{self, CallStart, CallSummary, Span};
use crate::transport::{TransportRequest, TransportResponse, current_runtime};
use crate::validate::{Report, Violation};

/// The minimum time for decoding an answer: one that arrives just before the deadline is still decoded.
const MIN_DECODING_TIME: Duration = Duration::from_millis(100);

/// A response with a 2xx status, not yet decoded.
pub(crate) struct Success {
    pending: Box<PendingRequest>,
    sent: Sent,
    span: Span,
    started: Duration,
}

/// The result of sending.
struct Sent {
    response: TransportResponse,
    report: Report,
    attempts: Attempts,
}

/// Runs a call up to its response. The timeout of the call starts here.
pub(crate) async fn run(pending: Box<PendingRequest>) -> Result<Success, Error> {
    let operation = &*pending.operation;
    let (method, origin) = (operation.method.into(), pending.origin());
    let span = Span::new(CallStart { operation: operation.id, method: &method, route: operation.path, origin });
    let started = pending.context.network.clock.now();
    match span.instrument(send(&pending, started)).await {
        Ok(sent) => Ok(Success { pending, sent, span, started }),
        Err(error) => {
            record_failure(&span, &error, elapsed(&pending.context, started));
            Err(error)
        }
    }
}

async fn send(pending: &PendingRequest, started: Duration) -> Result<Sent, Error> {
    let PendingRequest { context, operation, options, .. } = pending;
    let network = &context.network;
    let (report, mut request) = prepare(pending).map_err(|error| error.with_context(operation, Attempts::NONE))?;
    report.errors().iter().chain(report.warnings()).for_each(trace_violation);
    let deadline = started.saturating_add(options.timeout);
    // Files are opened on a thread of the runtime. Without one, opening a file and waiting would panic.
    if network.needs_runtime || request.body.has_files() {
        current_runtime().map_err(|error| Error::transport(error).with_context(operation, Attempts::NONE))?;
    }
    if request.body.has_files() {
        // Boxed, so that the futures of calls without files stay small.
        let opening = Box::pin(open_files(&mut request, context, deadline));
        opening.await.map_err(|error| Error::file(error).with_context(operation, Attempts::NONE))?;
    }
    let (attempt_timeout, max_retries) = (options.attempt_timeout, options.max_retries);
    let credentials = &context.credentials;
    let retry_loop = RetryLoop { network, operation, credentials, attempt_timeout, max_retries, deadline };
    let (response, attempts) = retry_loop.send(&request).await?;
    Ok(Sent { response, report, attempts })
}

async fn open_files(request: &mut TransportRequest, context: &Context, deadline: Duration) -> io::Result<()> {
    let clock = &*context.network.clock;
    let opened = timeout(clock, deadline.saturating_sub(clock.now()), request.body.open_files()).await;
    opened.unwrap_or_else(|| Err(io::Error::new(io::ErrorKind::TimedOut, "the file did not open in time")))
}

/// Decodes a response with a 2xx status into an answer.
pub(crate) fn read_into(success: Success, target: Target<'_>) -> Result<Box<ResponseParts>, Error> {
    let Success { pending, sent, span, started } = success;
    let result = span.in_scope(|| read(&pending, sent, started, target));
    let elapsed = elapsed(&pending.context, started);
    match &result {
        Ok(parts) => span.succeeded(CallSummary {
            status: Some(parts.response.status.as_u16()),
            attempts: parts.attempts,
            api_id: parts.api_id.as_deref(),
            elapsed,
        }),
        Err(error) => record_failure(&span, error, elapsed),
    }
    result
}

fn read(
    pending: &PendingRequest,
    sent: Sent,
    started: Duration,
    mut target: Target<'_>,
) -> Result<Box<ResponseParts>, Error> {
    let Sent { response, report, attempts } = sent;
    let PendingRequest { context, request, operation, .. } = pending;
    let is_list = matches!(operation.answer, ResponseShape::List { .. });
    let is_first_page = is_list && is_first_page(operation, &**request, &pending.extra);
    let leeway = Leeway { is_first_page, ..Leeway::default() };
    let is_empty = response.body.trim_ascii().is_empty();
    let mut envelope = if is_empty && decode::fill_from_path(operation, &**request, &pending.extra, &mut target) {
        Envelope::new(operation.api, leeway)
    } else {
        let clock = &context.network.clock;
        let end = started.saturating_add(pending.options.timeout).max(clock.now().saturating_add(MIN_DECODING_TIME));
        decode::read(&response.body, operation, leeway, Bounds::until(Arc::clone(clock), end), target)
    };
    envelope.api_id = envelope.api_id.map(|api_id| shown_id(&api_id, &context.credentials));
    if envelope.error.as_ref().is_some_and(is_refusal) {
        return Err(Error::refused(response, operation.api, &context.credentials).with_context(operation, attempts));
    }
    if let Some(exceeded) = envelope.exceeded {
        return Err(Error::exceeded(response, envelope.api_id, exceeded).with_context(operation, attempts));
    }
    context.drift.report(operation.id, &envelope.drift);
    if let Some(error) = envelope.not_json {
        let error = Error::not_json(response, envelope.api_id, error, &context.credentials);
        return Err(error.with_context(operation, attempts));
    }
    if let Some(missing) = envelope.missing {
        return Err(Error::missing_field(response, envelope.api_id, missing).with_context(operation, attempts));
    }
    let (api_id, drift) = (envelope.api_id, envelope.drift);
    Ok(Box::new(ResponseParts { response, api_id, attempts: attempts.count, report, drift }))
}

fn elapsed(context: &Context, started: Duration) -> Duration {
    context.network.clock.now().saturating_sub(started)
}

fn trace_violation(violation: &Violation) {
    trace::violation(violation.pointer(), violation.rule(), violation.source_name());
}

fn record_failure(span: &Span, error: &Error, elapsed: Duration) {
    let (status, attempts, api_id) = (error.status(), error.attempts(), error.api_id());
    span.failed(&error.type_name(), &error.outcome(), CallSummary { status, attempts, api_id, elapsed });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size_of_output<F: Future + Send + 'static>(_: fn(Box<PendingRequest>) -> F) -> usize {
        size_of::<F>()
    }

    /// The heap memory of a running call, without the request and the answer.
    #[test]
    fn a_running_call_fits_into_a_kilobyte() {
        let size = size_of_output(run);
        assert!(size <= 1024, "{size} bytes");
    }
}
