//! Spans and events in `tracing`: a span for each call, and never a value of a field.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::{Debug, Write};
use std::sync::Once;

use http::{HeaderMap, StatusCode};
use plivo::transport::{TransportError, TransportResponse};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::fake_transport::{AUTH_ID, TOKEN, UUID, bakery, builder, failing, now, responding};

/// Records spans and events as text, separately for each thread.
///
/// There is one subscriber for the process. With one for each test, `tracing` may cache that an event of another test
/// is disabled.
struct Recorder;

thread_local! {
    static LOG: RefCell<Log> = RefCell::default();
}

#[derive(Clone, Default)]
struct Log {
    spans: Vec<BTreeMap<String, String>>,
    events: Vec<String>,
}

struct Fields<'a>(&'a mut BTreeMap<String, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

impl Log {
    /// The events of a level, one string each.
    fn events(&self, level: Level) -> Vec<String> {
        let level = level.to_string();
        self.events.iter().filter(|event| event.starts_with(&level)).cloned().collect()
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("plivo")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = BTreeMap::from([("name".to_owned(), span.metadata().name().to_owned())]);
        span.record(&mut Fields(&mut fields));
        LOG.with_borrow_mut(|log| {
            log.spans.push(fields);
            Id::from_u64(u64::try_from(log.spans.len()).expect("few spans"))
        })
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let index = usize::try_from(span.into_u64()).expect("few spans") - 1;
        LOG.with_borrow_mut(|log| values.record(&mut Fields(&mut log.spans[index])));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = BTreeMap::new();
        event.record(&mut Fields(&mut fields));
        let mut line = event.metadata().level().to_string();
        for (name, value) in fields {
            write!(line, " {name}={value}").expect("text");
        }
        LOG.with_borrow_mut(|log| log.events.push(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Returns what is logged while a function runs.
fn logged(run: impl FnOnce()) -> Log {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| tracing::subscriber::set_global_default(Recorder).expect("no other subscriber"));
    LOG.take();
    run();
    LOG.take()
}

#[test]
fn a_call_is_a_span_with_the_names_of_opentelemetry() {
    let log = logged(|| {
        let (client, _) = responding(200, r#"{"api_id":"a-1","profile":{"profile_uuid":"p"}}"#);
        now(client.profile().get(UUID)).expect("an answer");
    });
    let fields = [
        ("name", "plivo"),
        ("otel.kind", "\"client\""),
        ("http.request.method", "\"GET\""),
        ("url.template", "\"/v1/Account/{account}/Profile/{profile_uuid}/\""),
        ("server.address", "\"api.plivo.com\""),
        ("server.port", "443"),
        ("http.response.status_code", "200"),
        ("plivo.operation", "\"profile.get\""),
        ("plivo.api_id", "\"a-1\""),
        ("plivo.duration_ms", "0"),
    ];
    let expected = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(log.spans, [BTreeMap::from(expected)]);
    assert_eq!(log.events, ["DEBUG message=answered"]);
}

#[test]
fn a_failed_call_records_status_resends_type_and_outcome() {
    let log = logged(|| {
        let (client, _) = responding(503, r#"{"api_id":"a-2","error":"ada@example.com is down"}"#);
        now(client.profile().get(UUID)).expect_err("it is down");
    });
    let span = &log.spans[0];
    let of = |name: &str| span.get(name).map(String::as_str);
    assert_eq!((of("http.response.status_code"), of("http.request.resend_count")), (Some("503"), Some("2")));
    assert_eq!((of("error.type"), of("plivo.outcome")), (Some("\"503\""), Some("Unknown")));
    assert_eq!(of("plivo.api_id"), Some("\"a-2\""));
    let retry = "DEBUG http.request.resend_count=1 http.response.status_code=503 message=the request will be sent again \
                 plivo.outcome=Unknown wait_ms=";
    assert!(log.events[0].starts_with(retry), "{}", log.events[0]);
    assert_eq!((log.events.len(), log.events[2].as_str()), (3, "DEBUG message=failed"));
}

#[test]
fn the_type_of_an_error_without_a_status_of_its_own_is_its_kind() {
    let log = logged(|| {
        now(responding(202, "{}").0.send(bakery())).expect_err("the id is missing");
        now(failing(|| TransportError::connect("refused")).send(bakery())).expect_err("no connection");
        let client = builder(|| Err(TransportError::unknown("slow").by_timeout())).0;
        let client = client.base_url("http://[::1]:8080").build().expect("a client");
        now(client.send(bakery())).expect_err("a timeout");
    });
    let of = |name: &str| log.spans.iter().map(|span| span.get(name).cloned().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(of("error.type"), ["\"Decode\"", "\"Connect\"", "\"Timeout\""]);
    assert_eq!(of("http.request.resend_count"), ["", "2", ""]);
    assert_eq!(of("server.address"), ["\"api.plivo.com\"", "\"api.plivo.com\"", "\"::1\""]);
    assert_eq!(of("server.port"), ["443", "443", "8080"]);
}

#[test]
fn drift_is_logged_as_a_warning_and_unknown_fields_as_traces() {
    let log = logged(|| {
        let (client, _) =
            responding(200, r#"{"profile":{"profile_uuid":"p","company_name":7,"shoe_size":44},"extra":1}"#);
        now(client.profile().get(UUID)).expect("an answer");
        now(client.profile().get(UUID)).expect("an answer");
    });
    let drift = "WARN expected=\"text\" found=\"a whole number\" message=an answer differs from the spec \
                 plivo.operation=\"profile.get\" pointer=\"/profile/company_name\"";
    assert_eq!(log.events(Level::WARN), [drift], "once per client");
    let new = "TRACE message=an answer has a field that is not in the spec";
    let expected =
        [format!("{new} name=\"shoe_size\" of=\"Profile\""), format!("{new} name=\"extra\" of=\"the answer\"")];
    assert_eq!(log.events(Level::TRACE), [expected.clone(), expected].concat());
}

/// Other keys may be data, and data may be a secret or of any length.
#[test]
fn only_names_are_logged_of_unknown_fields() {
    let log = logged(|| {
        let long = "k".repeat(1 << 16);
        let keys = [&long, "ada@example.com", "+12175550123", "a b", "a\nb", "MAXX:token", "", "TUFYWA=="];
        let mut answer = serde_json::json!({ "profile": { "profile_uuid": "p" }, "newField_2": 1 });
        for key in keys {
            answer[key] = 1.into();
            answer["profile"][key] = 1.into();
        }
        let (client, _) = responding(200, answer.to_string().leak());
        now(client.profile().get(UUID)).expect("an answer");
    });
    let traces = log.events(Level::TRACE);
    assert_eq!(traces.len(), 17);
    let names = |name: &str| traces.iter().filter(|event| event.contains(&format!("name={name:?}"))).count();
    assert_eq!((names("newField_2"), names("*")), (1, 16), "{traces:?}");
}

#[test]
fn validation_warnings_are_logged() {
    let log = logged(|| {
        let mut request = bakery();
        request.ein_issuing_country = Some("us".to_owned());
        now(responding(202, r#"{"profile_uuid":"p"}"#).0.send(request)).expect("warnings do not stop a call");
    });
    let warning =
        "WARN message=the request violates a rule pointer=\"/ein_issuing_country\" rule=\"format\" source=\"page\"";
    assert_eq!(log.events(Level::WARN), [warning]);
}

#[test]
fn no_value_is_logged() {
    let log = logged(|| {
        let answer =
            r#"{"api_id":"a","profile":{"profile_uuid":"p","company_name":["Answered LLC"],"new":"Answered LLC"}}"#;
        let (client, _) = responding(200, answer);
        now(client.profile().get(UUID)).expect("an answer");
        now(client.send(bakery())).expect_err("the id is missing");
        let refusal =
            || Ok(TransportResponse::new(StatusCode::BAD_REQUEST, HeaderMap::new(), r#"{"error":"ada@example.com"}"#));
        let client = builder(refusal).0.build().expect("a client");
        let call = client.send(bakery()).with_extra("pin", "9876-pin");
        now(call).expect_err("a refusal");
        now(client.profile().get("..")).expect_err("an invalid path id");
    });
    let text = format!("{:?} {:?}", log.spans, log.events);
    for value in [AUTH_ID, TOKEN, UUID, "Example Bakery", "Answered LLC", "ada@example.com", "9876-pin", "+1217"] {
        assert!(!text.contains(value), "{value} is in {text}");
    }
    assert_eq!(log.spans.len(), 4);
}
