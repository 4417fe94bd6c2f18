//! What a client tells of answers that are not as described.

use std::sync::{Arc, Mutex};

use http::{HeaderMap, StatusCode};
use plivo::Client;
use plivo::transport::TransportResponse;

use crate::double::{UUID, bakery, builder, now};

type Told = Arc<Mutex<Vec<String>>>;

/// A client to which everything is answered with this, and what it tells.
fn telling(body: &'static str) -> (Client, Told) {
    let told = Told::default();
    let (settings, _) = builder(move || Ok(TransportResponse::new(StatusCode::OK, HeaderMap::new(), body)));
    let listener = Arc::clone(&told);
    let settings = settings.on_drift(move |operation, drift| {
        listener.lock().expect("no test panics while it holds this").push(format!("{operation} {drift}"));
    });
    (settings.build().expect("a client"), told)
}

fn taken(told: &Told) -> Vec<String> {
    std::mem::take(&mut *told.lock().expect("no test panics while it holds this"))
}

#[test]
fn each_difference_is_told_once_a_client() {
    let (client, told) = telling(r#"{"profile":{"profile_uuid":"p","ein":1,"website":{}}}"#);
    let one = now(client.profile().get(UUID)).expect("an answer");
    assert_eq!(one.drift().len(), 2);
    let expected =
        ["/profile/ein: expected text, found a whole number", "/profile/website: expected text, found an object"];
    assert_eq!(taken(&told), expected.map(|drift| format!("profile.get {drift}")));
    for client in [client.clone(), client.clone()] {
        assert_eq!(now(client.profile().get(UUID)).expect("an answer").drift().len(), 2, "the answer has it each time");
    }
    assert!(taken(&told).is_empty());
    // In another operation it is another one.
    now(client.profile().update(UUID).website("a")).expect("an answer");
    assert_eq!(taken(&told), expected.map(|drift| format!("profile.update {drift}")));
}

#[test]
fn rows_of_a_list_that_have_the_same_fault_are_one_difference() {
    let (client, told) =
        telling(r#"{"profiles":[{"profile_uuid":"p","ein":1},{"profile_uuid":"q","ein":2},{"ein":"3"}]}"#);
    now(client.profile().list()).expect("a page");
    let expected = [
        "profile.list /profiles/0/ein: expected text, found a whole number",
        "profile.list /profiles/2/profile_uuid: expected text, found nothing",
    ];
    assert_eq!(taken(&told), expected);
}

#[test]
fn what_costs_an_answer_is_told_too() {
    let (client, told) = telling(r#"{"profile_uuid":5}"#);
    now(client.send(bakery())).expect_err("its id is lost");
    assert_eq!(taken(&told), ["profile.create /profile_uuid: expected text, found a whole number"]);
    let (client, told) = telling(r#"{"profile":{"profile_uuid":"p","ein":1},"error":"no"}"#);
    now(client.profile().get(UUID)).expect_err("a refusal is no answer");
    assert!(taken(&told).is_empty());
}

#[test]
fn a_good_answer_tells_nothing() {
    let (client, told) =
        telling(r#"{"profile":{"profile_uuid":"p","address":"1 Main Street","vertical":"NEW","new":1,"ein":null}}"#);
    now(client.profile().get(UUID)).expect("an answer");
    assert!(taken(&told).is_empty());
}

#[test]
fn a_callback_that_panics_costs_no_answer() {
    let body = r#"{"profile_uuid":"p","message":5}"#;
    let (settings, _) = builder(move || Ok(TransportResponse::new(StatusCode::OK, HeaderMap::new(), body)));
    let client = settings.on_drift(|_, _| panic!("the metrics are down")).build().expect("a client");
    assert_eq!(now(client.send(bakery())).expect("it was created").profile_uuid, "p");
}
