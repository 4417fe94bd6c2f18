//! Spans and events for `tracing`, if the feature of that name is enabled. They hold operations, routes, statuses,
//! counts and durations, and never a URL, or a value of a request or an answer.
//!
//! Fields have the names of OpenTelemetry's semantic conventions for HTTP where those have one.

use std::time::Duration;

/// The facts about a call with which its span starts.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tracing"), expect(dead_code, reason = "only `tracing` reads it"))]
pub(crate) struct CallStart<'a> {
    pub(crate) operation: &'a str,
    pub(crate) method: &'a http::Method,
    /// The template of the path.
    pub(crate) route: &'a str,
    /// The scheme and the authority of the server.
    pub(crate) origin: &'a str,
}

/// The result of a call, as its span records it.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tracing"), expect(dead_code, reason = "only `tracing` reads it"))]
pub(crate) struct CallSummary<'a> {
    pub(crate) status: Option<u16>,
    pub(crate) attempts: u32,
    pub(crate) api_id: Option<&'a str>,
    pub(crate) elapsed: Duration,
}

#[cfg(feature = "tracing")]
pub(crate) use self::enabled::{Span, drift, retry, unknown_field, violation};

#[cfg(not(feature = "tracing"))]
pub(crate) use self::disabled::{Span, drift, retry, unknown_field, violation};

#[cfg(feature = "tracing")]
mod enabled {
    use std::fmt::Debug;
    use std::future::Future;
    use std::time::Duration;

    use tracing::field::Empty;
    use tracing::{Instrument, debug, info_span, trace, warn};

    use super::{CallStart, CallSummary};

    /// The span of a call, from its first poll to its end.
    #[derive(Clone, Debug)]
    pub(crate) struct Span(tracing::Span);

    impl Span {
        pub(crate) fn new(call: CallStart<'_>) -> Self {
            Self(info_span!(
                "plivo",
                otel.kind = "client",
                http.request.method = call.method.as_str(),
                url.template = call.route,
                server.address = server(call.origin).map(|(host, _)| host),
                server.port = server(call.origin).map(|(_, port)| port),
                http.response.status_code = Empty,
                http.request.resend_count = Empty,
                error.r#type = Empty,
                plivo.operation = call.operation,
                plivo.api_id = Empty,
                plivo.outcome = Empty,
                plivo.duration_ms = Empty,
            ))
        }

        pub(crate) fn instrument<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
            work.instrument(self.0.clone())
        }

        pub(crate) fn in_scope<T>(&self, work: impl FnOnce() -> T) -> T {
            self.0.in_scope(work)
        }

        pub(crate) fn succeeded(&self, summary: CallSummary<'_>) {
            self.record(summary);
            self.0.in_scope(|| debug!("answered"));
        }

        pub(crate) fn failed(&self, error_type: &str, outcome: &dyn Debug, summary: CallSummary<'_>) {
            self.0.record("error.type", error_type).record("plivo.outcome", tracing::field::debug(outcome));
            self.record(summary);
            self.0.in_scope(|| debug!("failed"));
        }

        fn record(&self, summary: CallSummary<'_>) {
            let CallSummary { status, attempts, api_id, elapsed } = summary;
            let resends = attempts.checked_sub(1).filter(|resends| *resends > 0);
            self.0.record("http.response.status_code", status).record("http.request.resend_count", resends);
            self.0.record("plivo.api_id", api_id).record("plivo.duration_ms", millis(elapsed));
        }
    }

    /// The request will be sent again, after this number of attempts.
    pub(crate) fn retry(outcome: &dyn Debug, attempt: u32, status: Option<u16>, wait: Duration) {
        debug!(
            http.request.resend_count = attempt,
            http.response.status_code = status,
            plivo.outcome = ?outcome,
            wait_ms = millis(wait),
            "the request will be sent again"
        );
    }

    /// Validation found a violation that does not stop the request.
    pub(crate) fn violation(pointer: &str, rule: &str, source: &str) {
        warn!(pointer, rule, source, "the request violates a rule");
    }

    /// An answer differs from the spec.
    pub(crate) fn drift(operation: &str, pointer: &str, expected: &str, found: &str) {
        warn!(plivo.operation = operation, pointer, expected, found, "an answer differs from the spec");
    }

    /// An answer has a field that is not in the spec. A key that is no name is `*`, because it may be data.
    pub(crate) fn unknown_field(of: &str, name: &str) {
        let name = if is_name(name) { name } else { "*" };
        trace!(of, name, "an answer has a field that is not in the spec");
    }

    /// Whether a key looks like the name of a field.
    fn is_name(key: &str) -> bool {
        const MAX_LENGTH: usize = 64;
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.');
        key.len() <= MAX_LENGTH
            && key.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && key.chars().all(is_plain)
    }

    /// The host and the port of an origin.
    fn server(origin: &str) -> Option<(&str, u16)> {
        let (scheme, authority) = origin.split_once("://")?;
        let default = if scheme == "http" { 80 } else { 443 };
        let port = authority.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?)));
        let (host, port) = port.unwrap_or((authority, default));
        Some((host.trim_matches(['[', ']']), port))
    }

    fn millis(time: Duration) -> u64 {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod disabled {
    use std::fmt::Debug;
    use std::future::Future;
    use std::time::Duration;

    use super::{CallStart, CallSummary};

    #[derive(Clone, Debug)]
    pub(crate) struct Span;

    impl Span {
        pub(crate) fn new(_: CallStart<'_>) -> Self {
            Self
        }

        pub(crate) fn instrument<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
            work
        }

        pub(crate) fn in_scope<T>(&self, work: impl FnOnce() -> T) -> T {
            work()
        }

        pub(crate) fn succeeded(&self, _: CallSummary<'_>) {}

        pub(crate) fn failed(&self, _: &str, _: &dyn Debug, _: CallSummary<'_>) {}
    }

    pub(crate) fn retry(_: &dyn Debug, _: u32, _: Option<u16>, _: Duration) {}

    pub(crate) fn violation(_: &str, _: &str, _: &str) {}

    pub(crate) fn drift(_: &str, _: &str, _: &str, _: &str) {}

    pub(crate) fn unknown_field(_: &str, _: &str) {}
}
