//! Attempts, outcome and error of a call for every fault and every retry class. The published table,
//! `reference/faults.md`, is generated from the same rows.

use std::fmt::Write;
use std::path::Path;

use http::{HeaderMap, StatusCode};
use plivo::profile::Profile;
use plivo::transport::TransportError;
use plivo::{Client, Error, Outcome, Page, Pending};

use crate::fake_server::{FOUND, Reply, failure, fake_server, response, seconds};
use crate::fake_transport::{AUTH_ID, TOKEN, UUID};
use crate::golden;
use crate::retry_classes::{IF_NOT_SENT, NEVER, reclassified, reclassified_list, safe};
use crate::virtual_time::VirtualTime;

/// One fault and what the client does about it.
pub(crate) struct Row {
    pub(crate) description: &'static str,
    pub(crate) fault: Fault,
    /// The number of attempts in the classes `safe`, `if_not_sent` and `never`.
    pub(crate) attempts: [u32; 3],
    pub(crate) outcome: Outcome,
    /// The predicates of the error that return true.
    pub(crate) error: &'static [&'static str],
}

pub(crate) enum Fault {
    /// The request is invalid.
    Invalid,
    /// A path id is not a plain segment.
    BadPathId,
    /// A path id makes the URL too long.
    LongPathId,
    /// The deadline has passed before the first attempt.
    NoTime,
    /// No tokio runtime is running.
    NoRuntime,
    /// The rate limit delays the call beyond its deadline.
    RateLimit,
    /// The server ends every attempt like this.
    Sent(fn() -> Reply),
    /// The server ends every attempt to read a list like this.
    Listed(fn() -> Reply),
}

use Fault::{BadPathId, Invalid, Listed, LongPathId, NoRuntime, NoTime, RateLimit, Sent};
use Outcome::{Executed, NotSent, Rejected, Unknown};

/// All faults, in the order of the published table.
pub(crate) const ROWS: &[Row] = &[
    row("the request is invalid", Invalid, [0, 0, 0], NotSent, &["is_validation"]),
    row("a path id is empty, `.` or `..`", BadPathId, [0, 0, 0], NotSent, &["is_validation"]),
    row("the URL is longer than 65,534 bytes", LongPathId, [0, 0, 0], NotSent, &["is_validation"]),
    row(
        "the transport cannot send such a request",
        Sent(|| failure(TransportError::invalid("no"))),
        [1, 1, 1],
        NotSent,
        &["is_validation"],
    ),
    row("no tokio runtime is running", NoRuntime, [0, 0, 0], NotSent, &[]),
    row("the deadline has passed", NoTime, [0, 0, 0], NotSent, &["is_timeout"]),
    row("the rate limit delays the call beyond its deadline", RateLimit, [0, 0, 0], NotSent, &["is_timeout"]),
    row("connection failed", Sent(|| failure(TransportError::connect("refused"))), [3, 3, 1], NotSent, &["is_connect"]),
    row(
        "connecting timed out",
        Sent(|| failure(TransportError::connect("slow").by_timeout())),
        [3, 3, 1],
        NotSent,
        &["is_connect", "is_timeout"],
    ),
    row(
        "HTTP/2 guarantees that the request was not processed",
        Sent(|| failure(TransportError::not_processed("REFUSED_STREAM"))),
        [3, 3, 1],
        NotSent,
        &[],
    ),
    row("status 429", Sent(|| response(429, "")), [3, 3, 1], Rejected, &["is_rate_limited", "is_rejected"]),
    row("status 101", Sent(|| response(101, "")), [3, 1, 1], Unknown, &[]),
    row("status 300", Sent(|| response(300, "")), [1, 1, 1], Unknown, &[]),
    row("status 301", Sent(|| response(301, "")), [1, 1, 1], Rejected, &[]),
    row("status 302", Sent(|| response(302, "")), [1, 1, 1], Unknown, &[]),
    row("status 303", Sent(|| response(303, "")), [1, 1, 1], Unknown, &[]),
    row("status 304", Sent(|| response(304, "")), [1, 1, 1], Unknown, &[]),
    row("status 307", Sent(|| response(307, "")), [1, 1, 1], Rejected, &[]),
    row("status 308", Sent(|| response(308, "")), [1, 1, 1], Rejected, &[]),
    row("another status from 300 to 399", Sent(|| response(399, "")), [1, 1, 1], Unknown, &[]),
    row("status 400", Sent(|| response(400, "")), [1, 1, 1], Rejected, &["is_rejected"]),
    row("status 401", Sent(|| response(401, "")), [1, 1, 1], Rejected, &["is_authentication", "is_rejected"]),
    row("status 403", Sent(|| response(403, "")), [1, 1, 1], Rejected, &["is_forbidden", "is_rejected"]),
    row("status 404", Sent(|| response(404, "")), [1, 1, 1], Rejected, &["is_not_found", "is_rejected"]),
    row("status 409", Sent(|| response(409, "")), [1, 1, 1], Rejected, &["is_rejected"]),
    row("status 422", Sent(|| response(422, "")), [1, 1, 1], Rejected, &["is_rejected"]),
    row(
        "another status from 400 to 499 that HTTP defines",
        Sent(|| response(451, "")),
        [1, 1, 1],
        Rejected,
        &["is_rejected"],
    ),
    row("status 408", Sent(|| response(408, "")), [3, 1, 1], Unknown, &[]),
    row("status 418", Sent(|| response(418, "")), [1, 1, 1], Unknown, &[]),
    row("status 499", Sent(|| response(499, "")), [3, 1, 1], Unknown, &[]),
    row("another status from 400 to 499", Sent(|| response(444, "")), [1, 1, 1], Unknown, &[]),
    row("status 500", Sent(|| response(500, "")), [3, 1, 1], Unknown, &["is_server"]),
    row("status 502", Sent(|| response(502, "")), [3, 1, 1], Unknown, &["is_server"]),
    row("status 503", Sent(|| response(503, "")), [3, 1, 1], Unknown, &["is_server"]),
    row("status 504", Sent(|| response(504, "")), [3, 1, 1], Unknown, &["is_server"]),
    row("another status from 500 to 599", Sent(|| response(599, "")), [3, 1, 1], Unknown, &["is_server"]),
    row("a status above 599", Sent(|| response(600, "")), [3, 1, 1], Unknown, &["is_server"]),
    row("connection reset or closed", Sent(|| failure(TransportError::unknown("reset"))), [3, 1, 1], Unknown, &[]),
    row(
        "the transport reports a timeout",
        Sent(|| failure(TransportError::unknown("slow").by_timeout())),
        [3, 1, 1],
        Unknown,
        &["is_timeout"],
    ),
    // Only two attempts of 30 seconds fit into 60.
    row("the transport never responds", Sent(|| Reply::Never), [2, 1, 1], Unknown, &["is_timeout"]),
    row("body truncated, status 200", Sent(|| cut_off(200)), [3, 1, 1], Executed, &["is_decode"]),
    row("body truncated, status 404", Sent(|| cut_off(404)), [1, 1, 1], Rejected, &["is_not_found", "is_rejected"]),
    row("body truncated, status 429", Sent(|| cut_off(429)), [3, 3, 1], Rejected, &["is_rate_limited", "is_rejected"]),
    row("body truncated, status 502", Sent(|| cut_off(502)), [3, 1, 1], Unknown, &["is_server"]),
    row("body too large, status 200", Sent(|| too_large(200)), [3, 1, 1], Executed, &["is_decode"]),
    row("status 200, not JSON", Sent(|| response(200, "<html>")), [1, 1, 1], Executed, &["is_decode"]),
    row(
        "status 200, a field that every answer has is missing",
        Sent(|| response(200, "{}")),
        [1, 1, 1],
        Executed,
        &["is_decode"],
    ),
    row("status 204 to a list, empty body", Listed(|| response(204, "")), [1, 1, 1], Executed, &["is_decode"]),
    row(
        "status 200 to a list, without the key of the list",
        Listed(|| response(200, r#"{"api_id":"x"}"#)),
        [1, 1, 1],
        Executed,
        &["is_decode"],
    ),
    row(
        "status 200 to a list, which is null and not said to be empty",
        Listed(|| response(200, r#"{"profiles":null}"#)),
        [1, 1, 1],
        Executed,
        &["is_decode"],
    ),
    row(
        "status 200 with a non-empty `error`",
        Sent(|| response(200, r#"{"error":"no"}"#)),
        [1, 1, 1],
        Rejected,
        &["is_rejected"],
    ),
];

const fn row(
    description: &'static str,
    fault: Fault,
    attempts: [u32; 3],
    outcome: Outcome,
    error: &'static [&'static str],
) -> Row {
    Row { description, fault, attempts, outcome, error }
}

fn cut_off(status: u16) -> Reply {
    let status = StatusCode::from_u16(status).expect("a status");
    failure(TransportError::cut_off(status, HeaderMap::new(), "closed"))
}

fn too_large(status: u16) -> Reply {
    failure(TransportError::too_large(StatusCode::from_u16(status).expect("a status"), HeaderMap::new()))
}

/// All predicates of an error, in alphabetical order.
const PREDICATES: [(&str, fn(&Error) -> bool); 11] = [
    ("is_authentication", Error::is_authentication),
    ("is_config", Error::is_config),
    ("is_connect", Error::is_connect),
    ("is_decode", Error::is_decode),
    ("is_forbidden", Error::is_forbidden),
    ("is_not_found", Error::is_not_found),
    ("is_rate_limited", Error::is_rate_limited),
    ("is_rejected", Error::is_rejected),
    ("is_server", Error::is_server),
    ("is_timeout", Error::is_timeout),
    ("is_validation", Error::is_validation),
];

fn list(client: &Client, class: usize) -> Pending<Page<Profile>> {
    match class {
        0 => client.profile().list().send(),
        1 => client.send(reclassified_list::<IF_NOT_SENT>()),
        _ => client.send(reclassified_list::<NEVER>()),
    }
}

fn call(client: &Client, class: usize, id: &str) -> Pending<Profile> {
    match class {
        0 => client.send(safe(id)),
        1 => client.send(reclassified::<IF_NOT_SENT>(id)),
        _ => client.send(reclassified::<NEVER>(id)),
    }
}

/// Provokes a fault. Returns the error and the number of requests that reached the server.
fn provoke(fault: &Fault, class: usize) -> (Error, usize) {
    let time = VirtualTime::new(1);
    let play = match fault {
        Sent(play) | Listed(play) => *play,
        _ => || response(200, FOUND),
    };
    let (builder, recorder) = fake_server(&time, move |_, _| play());
    let builder = match fault {
        // The fake server needs no runtime, and the default transport does.
        NoRuntime => Client::builder().credentials(AUTH_ID, TOKEN).base_url("http://127.0.0.1:9").clock(time.clone()),
        _ => builder.rate_limit(10, seconds(100)),
    };
    let client = builder.build().expect("a client");
    if let RateLimit = fault {
        for _ in 0..10 {
            time.run(call(&client, class, UUID)).expect("the rate limit is not reached");
        }
    }
    let id = match fault {
        Invalid => "",
        BadPathId => "..",
        LongPathId => &"x".repeat(65_534),
        _ => UUID,
    };
    let call = call(&client, class, id);
    let call = if let NoTime = fault { call.with_timeout(seconds(0)) } else { call };
    let before = recorder.starts().len();
    let error = match fault {
        Listed(_) => time.run(list(&client, class)).expect_err("a fault"),
        _ => time.run(call).expect_err("a fault"),
    };
    (error, recorder.starts().len() - before)
}

#[test]
fn every_fault_has_its_attempts_outcome_and_error() {
    for row in ROWS {
        for class in 0..3 {
            let (error, received) = provoke(&row.fault, class);
            let what = format!("{}, class {class}: {error:?}", row.description);
            assert_eq!((error.attempts(), received), (row.attempts[class], row.attempts[class] as usize), "{what}");
            assert_eq!(error.outcome(), row.outcome, "{what}");
            let predicates = PREDICATES.iter().filter(|(_, is_true)| is_true(&error)).map(|(name, _)| *name);
            assert_eq!(predicates.collect::<Vec<_>>(), row.error, "{what}");
        }
    }
}

const INTRO: &str = "\
<!-- @generated by the tests of the crate `plivo` from generated-client/tests/it/fault_table.rs. Do not edit. -->

# What the client does about each fault

Each row assumes that every attempt meets the fault. The columns named after retry classes show the number of attempts;
the other columns show the outcome and the predicates of the error that return true. The client has its default
settings: at most 3 attempts, 30 seconds for each attempt, and a deadline of 60 seconds that covers all attempts.

The key `retry` of an operation in the spec is its retry class. `safe`, the default of GET, may be retried even if the
request may have been executed. `if_not_sent`, the default of all other methods, is retried only if the request cannot
have been executed. `never` is not retried. The outcome is `NotSent` if Plivo did not process the request: it was not
sent, or HTTP/2 guarantees that it was not processed. It is `Rejected` if Plivo refused the request, `Executed` if Plivo
executed it and the answer is lost or unreadable, and `Unknown` in all other cases.

| fault | `safe` | `if_not_sent` | `never` | outcome | predicates |
|---|---|---|---|---|---|
";

#[test]
fn the_published_fault_table_is_current() {
    let mut table = INTRO.to_owned();
    for Row { description, attempts: [safe, if_not_sent, never], outcome, error, .. } in ROWS {
        let error: Vec<_> = error.iter().map(|name| format!("`{name}`")).collect();
        writeln!(table, "| {description} | {safe} | {if_not_sent} | {never} | `{outcome:?}` | {} |", error.join(", "))
            .expect("text");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reference/faults");
    golden::settle(golden::compare(&path, "md", &table).into_iter().collect());
}
