//! The rate limit, and timeouts for slow clients.

use crate::client::{ACCOUNT, Client, GADGETS, send, start, start_with};
use crate::model::model;
use crate::raw_http::{read_response, send_raw};
use plivo_simulator::{Fault, Options};
use reqwest::Method;
use std::io::ErrorKind;
use std::sync::mpsc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, Interest, copy, sink};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, advance};

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn an_account_that_exceeds_the_rate_limit_is_told_to_wait() {
    let mut client = start_with(model(), Options::new().limit(3, HOUR)).await;
    for _ in 0..3 {
        client.get(GADGETS).await.ok();
    }
    let rejected = client.get(GADGETS).await;
    let wait: u64 = rejected.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert!((3000..=3600).contains(&wait), "{wait}");
    let message = format!("Rate limit exceeded: 3 requests in 3600 seconds. Retry after {wait} seconds.");
    assert_eq!(rejected.error(429), message);
    assert_eq!(client.simulator.requests().last().and_then(|request| request.status()), Some(429));
    client.set_account("MAOTHER");
    client.get(GADGETS).await.ok();
    client.set_account(ACCOUNT);
    client.simulator.reset();
    client.get(GADGETS).await.ok();
}

#[tokio::test]
async fn only_authenticated_requests_count() {
    let client = start_with(model(), Options::new().limit(1, HOUR)).await;
    for _ in 0..3 {
        send(client.unauthenticated(Method::GET, "/")).await.ok();
        send(client.unauthenticated(Method::GET, "/v1/Number/+12175550123")).await.error(401);
    }
    client.get(GADGETS).await.ok();
    client.get(GADGETS).await.error(429);
}

#[tokio::test]
async fn the_default_rate_limit_can_be_removed() {
    let limit = async |client: Client| send(client.unauthenticated(Method::GET, "/")).await.ok()["limit"].clone();
    assert_eq!(limit(start().await).await, serde_json::json!({"requests": 300, "seconds": 5.0}));
    let client = start_with(model(), Options::new().no_limit()).await;
    for _ in 0..310 {
        client.get(GADGETS).await.ok();
    }
    assert_eq!(limit(client).await, serde_json::json!(null));
}

// In these tests, the clock advances only while all tasks are idle.

#[tokio::test(start_paused = true)]
async fn a_missing_head_closes_the_connection() {
    let client = start_with(model(), Options::new().head_timeout(Duration::from_secs(7))).await;
    for start in ["", "GET /v1/", "GET / HTTP/1.1\r\nhost: x\r\n"] {
        let begin = Instant::now();
        let response = read_response(send_raw(&client, start).await).await;
        assert_eq!(response.text, "");
        assert!(begin.elapsed() >= Duration::from_secs(7), "{start}");
    }
    assert_eq!(client.simulator.requests().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_missing_body_is_answered_with_408() {
    let client = start_with(model(), Options::new().body_timeout(Duration::from_secs(7))).await;
    let path = GADGETS.replace("{account}", ACCOUNT);
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Basic TUFFWEFNUExFOnQ=\r\ncontent-length: 99\r\n\r\n"
    );
    let begin = Instant::now();
    let mut stream = send_raw(&client, &head).await;
    stream.write_all(b"{\"name\":").await.expect("it listens");
    let response = read_response(stream).await;
    assert!(begin.elapsed() >= Duration::from_secs(7));
    assert!(response.text.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{response:?}");
    assert!(response.body().contains("\"error\":\"The request body did not arrive in time.\""), "{response:?}");
    assert_eq!(client.simulator.requests()[0].status(), Some(408));
}

/// Stops the clock until it is dropped: it does not advance on its own while a blocking task runs. Data that the kernel
/// has not delivered yet looks like an idle connection to the runtime.
fn stop_clock() -> mpsc::Sender<()> {
    let (sender, dropped) = mpsc::channel();
    spawn_blocking(move || dropped.recv());
    sender
}

#[tokio::test(start_paused = true)]
async fn a_client_that_does_not_read_is_reset() {
    let endless = Fault::on("*").oversized(1_000_000_000_000);
    let options = Options::new().write_timeout(Duration::from_secs(7)).faults(endless);
    let client = start_with(model(), options).await;
    let stopped = stop_clock();
    let mut stream = send_raw(&client, "GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n").await;
    // A client that reads from time to time is served. The buffer exceeds those of the sockets, so each read ends after
    // the server has written again.
    let mut buffer = vec![0; 16 * 1024 * 1024];
    for _ in 0..3 {
        advance(Duration::from_secs(6)).await;
        stream.read_exact(&mut buffer).await.expect("an open connection");
    }
    // Now only the timer of the server can advance the clock.
    drop(stopped);
    stream.ready(Interest::ERROR).await.expect("a connection");
    // The data in the buffers still arrives, followed by the reset.
    let mut rest = stream.take(256 * 1024 * 1024);
    let ended = copy(&mut rest, &mut sink()).await;
    assert!(rest.limit() > 0, "the response does not end");
    assert_eq!(ended.expect_err("a reset").kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn an_incomplete_request_is_recorded() {
    let client = start().await;
    let path = GADGETS.replace("{account}", ACCOUNT);
    let head = format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n");
    let mut stream = send_raw(&client, &head).await;
    stream.shutdown().await.expect("a connection");
    read_response(stream).await;
    assert_eq!(client.simulator.requests()[0].body(), b"");
}
