//! What goes to `tracing`, where the feature of that name is on: operations, routes, statuses, counts and times.
//! Never a value of a request or of an answer.

#[cfg(feature = "tracing")]
pub(crate) use self::on::{Span, drift, finding, retry, unknown_field};

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::{Span, drift, finding, retry, unknown_field};

#[cfg(feature = "tracing")]
mod on {
    use std::future::Future;
    use std::time::Duration;

    use tracing::field::Empty;
    use tracing::{Instrument, debug, info_span, trace, warn};

    use crate::drift::Drift;
    use crate::error::Error;
    use crate::report::Violation;
    use crate::runtime::Operation;

    /// The span of a call, from its first poll to its end.
    #[derive(Clone, Debug)]
    pub(crate) struct Span(tracing::Span);

    impl Span {
        pub(crate) fn of(operation: &Operation) -> Self {
            Self(info_span!(
                "plivo",
                operation = operation.id,
                method = http::Method::from(operation.method).as_str(),
                route = operation.path,
                status = Empty,
                attempts = Empty,
                api_id = Empty,
                outcome = Empty,
                duration_ms = Empty,
            ))
        }

        pub(crate) fn around<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
            work.instrument(self.0.clone())
        }

        pub(crate) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
            self.0.in_scope(work)
        }

        pub(crate) fn answered(&self, status: u16, attempts: u32, api_id: Option<&str>, time: Duration) {
            self.ended(Some(status), attempts, api_id, time);
            self.0.in_scope(|| debug!("answered"));
        }

        pub(crate) fn failed(&self, error: &Error, time: Duration) {
            self.0.record("outcome", tracing::field::debug(error.outcome()));
            self.ended(error.status(), error.attempts(), error.api_id(), time);
            self.0.in_scope(|| debug!("failed"));
        }

        fn ended(&self, status: Option<u16>, attempts: u32, api_id: Option<&str>, time: Duration) {
            self.0.record("status", status).record("attempts", attempts).record("api_id", api_id);
            self.0.record("duration_ms", u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
        }
    }

    /// The request is going to be sent again.
    pub(crate) fn retry(error: &Error, wait: Duration) {
        let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        let (attempt, status, outcome) = (error.attempts(), error.status(), error.outcome());
        debug!(attempt, status, ?outcome, wait_ms, "the request is sent again");
    }

    /// Something was found in the request, and does not stop it.
    pub(crate) fn finding(violation: &Violation) {
        let (pointer, rule, source) = (violation.pointer(), violation.rule(), violation.source_name());
        warn!(pointer, rule, source, "the request breaks a rule");
    }

    /// An answer is not as described.
    pub(crate) fn drift(operation: &str, drift: &Drift) {
        let (pointer, expected, found) = (drift.pointer(), drift.expected(), drift.found());
        warn!(operation, pointer, expected, found, "an answer is not as described");
    }

    /// An answer holds something that nobody described.
    pub(crate) fn unknown_field(of: &str, name: &str) {
        trace!(of, name, "an answer has a field that is not described");
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::future::Future;
    use std::time::Duration;

    use crate::drift::Drift;
    use crate::error::Error;
    use crate::report::Violation;
    use crate::runtime::Operation;

    #[derive(Clone, Debug)]
    pub(crate) struct Span;

    impl Span {
        pub(crate) fn of(_: &Operation) -> Self {
            Self
        }

        pub(crate) fn around<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
            work
        }

        pub(crate) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
            work()
        }

        pub(crate) fn answered(&self, _: u16, _: u32, _: Option<&str>, _: Duration) {}

        pub(crate) fn failed(&self, _: &Error, _: Duration) {}
    }

    pub(crate) fn retry(_: &Error, _: Duration) {}

    pub(crate) fn finding(_: &Violation) {}

    pub(crate) fn drift(_: &str, _: &Drift) {}

    pub(crate) fn unknown_field(_: &str, _: &str) {}
}
