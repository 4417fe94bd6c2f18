//! Start, shutdown and observers.

use crate::client::{GADGETS, start, start_with};
use crate::model::model;
use crate::raw_http::{read_response, send_raw};
use plivo_simulator::{Fault, Options, Simulator};
use serde_json::json;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpStream;

#[tokio::test]
async fn simulators_are_independent() {
    let (first, second) = (start().await, start().await);
    assert_ne!(first.simulator.port(), second.simulator.port());
    first.create(json!({"name": "one"})).await;
    assert_eq!(second.get(GADGETS).await.ok()["gadgets"], json!([]));
    assert_eq!((first.simulator.requests().len(), second.simulator.requests().len()), (1, 1));
}

#[tokio::test]
async fn a_shutdown_frees_the_port() {
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
async fn a_shutdown_closes_idle_connections() {
    let client = start().await;
    client.get(GADGETS).await.ok();
    // The client keeps its connection open.
    client.simulator.shutdown().await;
}

// In the next two tests, the clock advances only while all tasks are idle.

#[tokio::test(start_paused = true)]
async fn a_shutdown_completes_responses_in_progress() {
    let fault = Fault::on("*").delay(Duration::from_secs(2)).body_delay(Duration::from_secs(2));
    let client = start_with(model(), Options::new().faults(fault)).await;
    let stream = send_raw(&client, "GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n").await;
    while client.simulator.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    client.simulator.shutdown().await;
    let response = read_response(stream).await;
    assert_eq!((response.error, response.body().len()), (None, response.announced_length()));
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_times_out() {
    let client = start().await;
    let stream = send_raw(&client, "GET /nothing HTTP/1.1\r\n").await;
    client.simulator.shutdown().await;
    assert_eq!(read_response(stream).await.text, "");
}

#[tokio::test]
async fn a_dropped_simulator_stops() {
    let simulator = Simulator::start(model(), Options::new()).await.expect("a free port");
    let address = ("127.0.0.1", simulator.port());
    TcpStream::connect(address).await.expect("it listens");
    drop(simulator);
    // Each attempt lets the server make progress. If it never stopped, the test would not end.
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_observer_receives_each_response() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let observed = Arc::clone(&lines);
    let options = Options::new().observer(move |request| {
        let line = format!("{} {} {:?}", request.method(), request.path(), request.status());
        observed.lock().expect("no panic").push(line);
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
async fn the_observer_receives_requests_of_disconnected_clients() {
    let statuses = Arc::new(Mutex::new(Vec::new()));
    let observed = Arc::clone(&statuses);
    let options = Options::new().faults(Fault::on("*").delay(Duration::from_secs(3600)));
    let options = options.observer(move |request| observed.lock().expect("no panic").push(request.status()));
    let client = start_with(model(), options).await;
    let stream = send_raw(&client, "GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n").await;
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
