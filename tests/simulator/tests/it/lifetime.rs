//! Simulators start, stop and are watched.

use crate::client::{GADGETS, start, start_with};
use crate::model::model;
use crate::wire::{hear, say};
use plivo_simulator::{Fault, Options, Simulator};
use serde_json::json;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpStream;

#[tokio::test]
async fn simulators_are_apart() {
    let (one, two) = (start().await, start().await);
    assert_ne!(one.simulator.port(), two.simulator.port());
    one.create(json!({"name": "one"})).await;
    assert_eq!(two.get(GADGETS).await.ok()["gadgets"], json!([]));
    assert_eq!((one.simulator.requests().len(), two.simulator.requests().len()), (1, 1));
}

#[tokio::test]
async fn a_port_is_free_again_after_a_shutdown() {
    let first = Simulator::start(model(), Options::new()).await.expect("a free port");
    let port = first.port();
    assert_eq!(first.url(), format!("http://127.0.0.1:{port}"));
    assert!(Simulator::start(model(), Options::new().port(port)).await.is_err());
    first.shutdown().await;
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
    let again = Simulator::start(model(), Options::new().port(port)).await.expect("the same port");
    assert_eq!(again.port(), port);
}

#[tokio::test]
async fn a_shutdown_does_not_wait_for_idle_connections() {
    let client = start().await;
    client.get(GADGETS).await.ok();
    // The client keeps its connection open.
    client.simulator.shutdown().await;
}

// The clock of the next two tests runs only while everybody waits.

#[tokio::test(start_paused = true)]
async fn a_shutdown_finishes_answers_under_way() {
    let fault = Fault::on("*").delay(Duration::from_secs(2)).body_delay(Duration::from_secs(2));
    let client = start_with(model(), Options::new().faults(fault)).await;
    let stream = say(&client, "GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n").await;
    while client.simulator.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    client.simulator.shutdown().await;
    let heard = hear(stream).await;
    assert_eq!((heard.error, heard.body().len()), (None, heard.announced()));
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_does_not_wait_for_ever() {
    let client = start().await;
    let stream = say(&client, "GET /nothing HTTP/1.1\r\n").await;
    client.simulator.shutdown().await;
    assert_eq!(hear(stream).await.text, "");
}

#[tokio::test]
async fn a_dropped_simulator_stops() {
    let simulator = Simulator::start(model(), Options::new()).await.expect("a free port");
    let address = ("127.0.0.1", simulator.port());
    TcpStream::connect(address).await.expect("it listens");
    drop(simulator);
    // Each attempt lets the server run a little further. One that never stopped would hang the test.
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn an_observer_sees_each_answer() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&lines);
    let options = Options::new().observer(move |request| {
        let seen = format!("{} {} {:?}", request.method(), request.path(), request.status());
        kept.lock().expect("no panic").push(seen);
    });
    let client = start_with(model(), options).await;
    client.get(GADGETS).await.ok();
    client.get("/nothing").await.error(404);
    assert_eq!(
        *lines.lock().expect("no panic"),
        ["GET /v1/Account/MAEXAMPLE/Gadget/ Some(200)", "GET /nothing Some(404)"]
    );
}

#[tokio::test]
async fn an_observer_hears_of_callers_who_hang_up() {
    let statuses = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&statuses);
    let options = Options::new().faults(Fault::on("*").delay(Duration::from_secs(3600)));
    let observed = options.observer(move |request| kept.lock().expect("no panic").push(request.status()));
    let client = start_with(model(), observed).await;
    let stream = say(&client, "GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n").await;
    while client.simulator.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    drop(stream);
    while statuses.lock().expect("no panic").is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(*statuses.lock().expect("no panic"), [None]);
    assert_eq!(client.simulator.requests()[0].status(), None);
}
