//! Reports of answers that differ from their description.

use std::sync::{Arc, Mutex};

use http::{HeaderMap, StatusCode};
use plivo::Client;
use plivo::transport::TransportResponse;

use crate::fake_transport::{UUID, bakery, builder, now};

type Reported = Arc<Mutex<Vec<String>>>;

/// A client that receives this body in every response, and the drift that it reports.
fn reporting(body: &'static str) -> (Client, Reported) {
    let reported = Reported::default();
    let (settings, _) = builder(move || Ok(TransportResponse::new(StatusCode::OK, HeaderMap::new(), body)));
    let listener = Arc::clone(&reported);
    let settings = settings.on_drift(move |operation, drift| {
        listener.lock().expect("no test panics while it holds the lock").push(format!("{operation} {drift}"));
    });
    (settings.build().expect("a client"), reported)
}

fn take(reported: &Reported) -> Vec<String> {
    std::mem::take(&mut *reported.lock().expect("no test panics while it holds the lock"))
}

#[test]
fn each_difference_is_reported_once_per_client() {
    let (client, reported) = reporting(r#"{"profile":{"profile_uuid":"p","company_name":1,"website":{}}}"#);
    let one = now(client.profile().get(UUID)).expect("an answer");
    assert_eq!(one.drift().len(), 2);
    let expected = [
        "/profile/company_name: expected text, found a whole number",
        "/profile/website: expected text, found an object",
    ];
    assert_eq!(take(&reported), expected.map(|drift| format!("profile.get {drift}")));
    for client in [client.clone(), client.clone()] {
        assert_eq!(
            now(client.profile().get(UUID)).expect("an answer").drift().len(),
            2,
            "each answer carries its drift"
        );
    }
    assert!(take(&reported).is_empty());
    // The same difference in another operation is another difference.
    now(client.profile().update(UUID).website("a")).expect("an answer");
    assert_eq!(take(&reported), expected.map(|drift| format!("profile.update {drift}")));
}

#[test]
fn the_same_drift_in_several_rows_is_one_difference() {
    let (client, reported) = reporting(
        r#"{"profiles":[{"profile_uuid":"p","company_name":1},{"profile_uuid":"q","company_name":2},{"ein":"3"}]}"#,
    );
    now(client.profile().list()).expect("a page");
    let expected = [
        "profile.list /profiles/0/company_name: expected text, found a whole number",
        "profile.list /profiles/2/profile_uuid: expected text, found nothing",
    ];
    assert_eq!(take(&reported), expected);
}

#[test]
fn drift_that_fails_decoding_is_reported() {
    let (client, reported) = reporting(r#"{"profile_uuid":5}"#);
    now(client.send(bakery())).expect_err("the id is missing");
    assert_eq!(take(&reported), ["profile.create /profile_uuid: expected text, found a whole number"]);
    let (client, reported) = reporting(r#"{"profile":{"profile_uuid":"p","company_name":1},"error":"no"}"#);
    now(client.profile().get(UUID)).expect_err("a refusal is no answer");
    assert!(take(&reported).is_empty());
}

#[test]
fn an_answer_as_described_reports_nothing() {
    let (client, reported) =
        reporting(r#"{"profile":{"profile_uuid":"p","address":"1 Main Street","vertical":"NEW","new":1,"ein":null}}"#);
    now(client.profile().get(UUID)).expect("an answer");
    assert!(take(&reported).is_empty());
}

#[test]
fn a_panicking_drift_callback_does_not_lose_the_answer() {
    let body = r#"{"profile_uuid":"p","message":5}"#;
    let (settings, _) = builder(move || Ok(TransportResponse::new(StatusCode::OK, HeaderMap::new(), body)));
    let client = settings.on_drift(|_, _| panic!("the metrics are down")).build().expect("a client");
    assert_eq!(now(client.send(bakery())).expect("it was created").profile_uuid, "p");
}

/// The payload of a panic that panics again when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("the payload was dropped");
    }
}

#[test]
fn a_panic_whose_payload_panics_does_not_lose_the_answer() {
    let body = r#"{"profile_uuid":"p","message":5}"#;
    let (settings, _) = builder(move || Ok(TransportResponse::new(StatusCode::OK, HeaderMap::new(), body)));
    let client = settings.on_drift(|_, _| std::panic::panic_any(Bomb)).build().expect("a client");
    assert_eq!(now(client.send(bakery())).expect("it was created").profile_uuid, "p");
}
