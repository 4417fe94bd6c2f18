//! What a call makes of every fault, for every class of operations: attempts, outcome and error. The table that users
//! read, `reference/faults.md`, is made of the same rows.

use std::fmt::Write;
use std::path::Path;

use http::{HeaderMap, StatusCode};
use plivo::profile::Profile;
use plivo::transport::TransportError;
use plivo::{Client, Error, Outcome, Pending};

use crate::classes::{NEVER, UNSENT, classed, safe};
use crate::double::UUID;
use crate::golden;
use crate::stage::{FOUND, Played, answer, fail, seconds, stage};
use crate::world::World;

/// A row of the table.
pub(crate) struct Row {
    pub(crate) what: &'static str,
    pub(crate) fault: Fault,
    /// How often it is sent if it is safe, if_not_sent and never.
    pub(crate) attempts: [u32; 3],
    pub(crate) outcome: Outcome,
    /// The predicates of the error that are true.
    pub(crate) error: &'static [&'static str],
}

pub(crate) enum Fault {
    /// The request has an error.
    Invalid,
    /// An id of the path would lead elsewhere.
    BadPathId,
    /// There is no time left.
    NoTime,
    /// The limits of the account leave no room in time.
    NoRoom,
    /// Every attempt ends so.
    Sent(fn() -> Played),
}

use Fault::{BadPathId, Invalid, NoRoom, NoTime, Sent};
use Outcome::{Executed, NotSent, Rejected, Unknown};

/// The whole table.
pub(crate) const ROWS: &[Row] = &[
    row("the request has an error", Invalid, [0, 0, 0], NotSent, &["is_validation"]),
    row("an id of the path would lead elsewhere", BadPathId, [0, 0, 0], NotSent, &["is_validation"]),
    row("no time is left", NoTime, [0, 0, 0], NotSent, &["is_timeout"]),
    row("the limits leave no room in time", NoRoom, [0, 0, 0], NotSent, &["is_timeout"]),
    row("no connection", Sent(|| fail(TransportError::connect("refused"))), [3, 3, 1], NotSent, &["is_connect"]),
    row(
        "no connection in time",
        Sent(|| fail(TransportError::connect("slow").by_timeout())),
        [3, 3, 1],
        NotSent,
        &["is_connect", "is_timeout"],
    ),
    row("status 429", Sent(|| answer(429, "")), [3, 3, 1], Rejected, &["is_rate_limited", "is_rejected"]),
    row("status 301", Sent(|| answer(301, "")), [1, 1, 1], Rejected, &[]),
    row("status 307", Sent(|| answer(307, "")), [1, 1, 1], Rejected, &[]),
    row("status 400", Sent(|| answer(400, "")), [1, 1, 1], Rejected, &["is_rejected"]),
    row("status 401", Sent(|| answer(401, "")), [1, 1, 1], Rejected, &["is_authentication", "is_rejected"]),
    row("status 403", Sent(|| answer(403, "")), [1, 1, 1], Rejected, &["is_forbidden", "is_rejected"]),
    row("status 404", Sent(|| answer(404, "")), [1, 1, 1], Rejected, &["is_not_found", "is_rejected"]),
    row("status 422", Sent(|| answer(422, "")), [1, 1, 1], Rejected, &["is_rejected"]),
    row("status 408", Sent(|| answer(408, "")), [3, 1, 1], Unknown, &[]),
    row("status 500", Sent(|| answer(500, "")), [3, 1, 1], Unknown, &["is_server"]),
    row("status 502", Sent(|| answer(502, "")), [3, 1, 1], Unknown, &["is_server"]),
    row("status 503", Sent(|| answer(503, "")), [3, 1, 1], Unknown, &["is_server"]),
    row("status 504", Sent(|| answer(504, "")), [3, 1, 1], Unknown, &["is_server"]),
    row("connection reset or closed", Sent(|| fail(TransportError::unknown("reset"))), [3, 1, 1], Unknown, &[]),
    row(
        "no answer in time, says the transport",
        Sent(|| fail(TransportError::unknown("slow").by_timeout())),
        [3, 1, 1],
        Unknown,
        &["is_timeout"],
    ),
    // Two attempts of 30 seconds are all that fits into 60.
    row("the transport never ends", Sent(|| Played::Never), [2, 1, 1], Unknown, &["is_timeout"]),
    row("body cut off, status 200", Sent(|| cut_off(200)), [3, 1, 1], Executed, &["is_decode"]),
    row("body cut off, status 404", Sent(|| cut_off(404)), [1, 1, 1], Rejected, &["is_not_found", "is_rejected"]),
    row("body cut off, status 429", Sent(|| cut_off(429)), [3, 3, 1], Rejected, &["is_rate_limited", "is_rejected"]),
    row("body cut off, status 502", Sent(|| cut_off(502)), [3, 1, 1], Unknown, &["is_server"]),
    row("body too large, status 200", Sent(|| too_large(200)), [3, 1, 1], Executed, &["is_decode"]),
    row("status 200, not JSON", Sent(|| answer(200, "<html>")), [1, 1, 1], Executed, &["is_decode"]),
    row(
        "status 200, an always-there field is missing",
        Sent(|| answer(200, "{}")),
        [1, 1, 1],
        Executed,
        &["is_decode"],
    ),
    row(
        "status 200 with an `error` that says something",
        Sent(|| answer(200, r#"{"error":"no"}"#)),
        [1, 1, 1],
        Rejected,
        &["is_rejected"],
    ),
];

const fn row(
    what: &'static str,
    fault: Fault,
    attempts: [u32; 3],
    outcome: Outcome,
    error: &'static [&'static str],
) -> Row {
    Row { what, fault, attempts, outcome, error }
}

fn cut_off(status: u16) -> Played {
    let status = StatusCode::from_u16(status).expect("a status");
    fail(TransportError::cut_off(status, HeaderMap::new(), "closed"))
}

fn too_large(status: u16) -> Played {
    fail(TransportError::too_large(StatusCode::from_u16(status).expect("a status"), HeaderMap::new()))
}

/// All predicates, in alphabetical order.
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

fn call(client: &Client, class: usize, id: &str) -> Pending<Profile> {
    match class {
        0 => client.send(safe(id)),
        1 => client.send(classed::<UNSENT>(id)),
        _ => client.send(classed::<NEVER>(id)),
    }
}

/// The error, and how many requests came to the server.
fn suffer(fault: &Fault, class: usize) -> (Error, usize) {
    let world = World::new(1);
    let play = match fault {
        Sent(play) => *play,
        _ => || answer(200, FOUND),
    };
    let (builder, noted) = stage(&world, move |_, _| play());
    let client = builder.rate_limit(10, seconds(100)).build().expect("a client");
    if let NoRoom = fault {
        for _ in 0..10 {
            world.run(call(&client, class, UUID)).expect("there is room");
        }
    }
    let id = match fault {
        Invalid => "",
        BadPathId => "..",
        _ => UUID,
    };
    let call = call(&client, class, id);
    let call = if let NoTime = fault { call.with_timeout(seconds(0)) } else { call };
    let before = noted.starts().len();
    let error = world.run(call).expect_err("a fault");
    (error, noted.starts().len() - before)
}

#[test]
fn every_fault_has_its_attempts_outcome_and_error() {
    for row in ROWS {
        for class in 0..3 {
            let (error, received) = suffer(&row.fault, class);
            let what = format!("{}, class {class}: {error:?}", row.what);
            assert_eq!((error.attempts(), received), (row.attempts[class], row.attempts[class] as usize), "{what}");
            assert_eq!(error.outcome(), row.outcome, "{what}");
            let is: Vec<_> = PREDICATES.iter().filter(|(_, is)| is(&error)).map(|(name, _)| *name).collect();
            assert_eq!(is, row.error, "{what}");
        }
    }
}

const ABOUT: &str = "\
<!-- @generated by the tests of the crate `plivo` from generated-client/tests/it/fault_table.rs. Do not edit. -->

# What a call makes of every fault

How often a request is sent if every attempt ends so, what is then known of it, and which predicates of the error are
true. A client has its usual settings here: at most 3 attempts, 30 seconds for each and 60 for all.

The class of an operation stands in the spec, under `retry`: `safe` if it changes nothing, which is the default of GET;
`if_not_sent`, the default of all others, if it is sent again only where it cannot have been executed; and `never`. The
outcome is `NotSent` if no byte of the request can have left, `Rejected` if Plivo refused it, `Executed` if it was done
and the answer is lost, and `Unknown` wherever there is a doubt.

| what happens | `safe` | `if_not_sent` | `never` | outcome | the error |
|---|---|---|---|---|---|
";

#[test]
fn the_table_for_users_is_of_today() {
    let mut table = ABOUT.to_owned();
    for Row { what, attempts: [safe, if_not_sent, never], outcome, error, .. } in ROWS {
        let error: Vec<_> = error.iter().map(|name| format!("`{name}`")).collect();
        writeln!(table, "| {what} | {safe} | {if_not_sent} | {never} | `{outcome:?}` | {} |", error.join(", "))
            .expect("text");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reference/faults");
    golden::settle(golden::compare(&path, "md", &table).into_iter().collect());
}
