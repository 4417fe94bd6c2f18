//! The bounds on decoding an answer: its time, and the items that cannot be read.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use plivo::clock::{Clock, Sleep};
use plivo::transport::TransportResponse;
use plivo::{Client, Error, Outcome};

use crate::fake_server::{millis, seconds};
use crate::fake_transport::{builder, now, responding_bytes};

/// The default maximum size of a body.
const MAX_SIZE: usize = 10 * 1024 * 1024;

fn list_of(row: &str, count: usize) -> &'static [u8] {
    let rows = vec![row; count].join(",");
    format!(r#"{{"api_id":"a","profiles":[{rows}]}}"#).leak().as_bytes()
}

fn assert_unreadable(error: &Error, reason: &str) {
    assert!(error.is_decode() && error.outcome() == Outcome::Executed, "{error:?}");
    assert!(error.to_string().ends_with(&format!("the answer cannot be read: {reason} (api_id a)")), "{error}");
    assert_eq!((error.status(), error.attempts()), (Some(200), 1));
}

#[test]
fn ten_mebibytes_of_unreadable_rows_are_an_error_after_the_first_of_them() {
    let full = MAX_SIZE / "{},".len() - 20;
    for (row, count) in [("{}", full), ("null", 20_001), ("7", 20_001), (r#"{"a":[{}]}"#, 20_001)] {
        let (client, _) = responding_bytes(200, list_of(row, count));
        let reason = "more than 20000 items of its lists are unreadable";
        let error = now(client.profile().list()).expect_err(row);
        assert_unreadable(&error, reason);
        assert!(!error.is_timeout(), "{error:?}");
        let mut items = client.profile().list().items();
        assert_unreadable(&now(items.next()).expect("a result").expect_err(row), reason);
        assert!(now(items.next()).is_none());
    }
}

#[test]
fn fewer_unreadable_rows_are_left_out() {
    let (client, _) = responding_bytes(200, list_of("{}", 20_000));
    let page = now(client.profile().list()).expect("an answer");
    assert_eq!((page.items.len(), page.drift().len()), (0, 100));
}

/// A clock that advances by a millisecond whenever it is read, as if all time went into work.
#[derive(Default)]
struct BusyClock(AtomicU64);

impl Clock for BusyClock {
    fn now(&self) -> Duration {
        millis(self.0.fetch_add(1, Ordering::Relaxed))
    }

    fn since_1970(&self) -> Duration {
        self.now()
    }

    fn sleep(&self, _: Duration) -> Sleep {
        Box::pin(std::future::pending())
    }

    fn random(&self) -> f64 {
        0.5
    }
}

fn busy_client(body: &'static [u8]) -> Client {
    let reply = move || Ok(TransportResponse::new(StatusCode::OK, HeaderMap::new(), body));
    builder(reply).0.clock(BusyClock::default()).build().expect("a client")
}

#[test]
fn decoding_ends_at_the_deadline() {
    let rows = list_of(r#"{"profile_uuid":"p"}"#, 200_000);
    let keys = vec![r#""new":{}"#; 400_000].join(",");
    let keys = format!(r#"{{"api_id":"a","profile":{{"profile_uuid":"p",{keys}}}}}"#).leak().as_bytes();
    let error = now(busy_client(rows).profile().list().send().with_timeout(millis(500))).expect_err("no time is left");
    assert_unreadable(&error, "the deadline passed while it was decoded");
    assert!(error.is_timeout());
    let error =
        now(busy_client(keys).profile().get("p").send().with_timeout(millis(500))).expect_err("no time is left");
    assert_unreadable(&error, "the deadline passed while it was decoded");
    assert!(error.is_timeout());
    let page = now(busy_client(rows).profile().list().send().with_timeout(seconds(10))).expect("an answer");
    assert_eq!(page.items.len(), 200_000);
}

#[test]
fn an_answer_that_arrives_just_before_the_deadline_is_decoded() {
    let rows = list_of(r#"{"profile_uuid":"p"}"#, 5_000);
    let page = now(busy_client(rows).profile().list().send().with_timeout(millis(10))).expect("an answer");
    assert_eq!(page.items.len(), 5_000);
}

#[test]
fn a_large_error_has_its_outcome_but_no_message() {
    let rows = vec!["{}"; 400_000].join(",");
    for body in [format!(r#"{{"error":[{rows}]}}"#), format!(r#"{{"error":"no","x":[{rows}]}}"#), rows] {
        let (client, _) = responding_bytes(400, body.leak().as_bytes());
        let error = now(client.profile().list()).expect_err("status 400");
        assert_eq!((error.outcome(), error.message(), error.api_id()), (Outcome::Rejected, None, None));
        assert!(error.to_string().ends_with(": 400 Bad Request"), "{error}");
    }
}
