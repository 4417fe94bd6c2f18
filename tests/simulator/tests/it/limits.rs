//! What the simulator does not put up with: too many requests, and slow callers.

use crate::client::{ACCOUNT, Client, GADGETS, send, start, start_with};
use crate::model::model;
use crate::wire::{hear, say};
use plivo_simulator::{Fault, Options};
use reqwest::Method;
use std::io::ErrorKind;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy, sink};
use tokio::time::{Instant, sleep};

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn an_account_that_calls_too_often_is_told_to_wait() {
    let mut client = start_with(model(), Options::new().limit(3, HOUR)).await;
    for _ in 0..3 {
        client.get(GADGETS).await.ok();
    }
    let refused = client.get(GADGETS).await;
    let wait: u64 = refused.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert!((3000..=3600).contains(&wait), "{wait}");
    let sentence = format!("3 requests in 3600 seconds are allowed. Try again in {wait} seconds.");
    assert_eq!(refused.error(429), sentence);
    assert_eq!(client.simulator.requests().last().and_then(|request| request.status()), Some(429));
    client.account("MAOTHER");
    client.get(GADGETS).await.ok();
    client.account(ACCOUNT);
    client.simulator.reset();
    client.get(GADGETS).await.ok();
}

#[tokio::test]
async fn only_requests_of_an_account_count() {
    let client = start_with(model(), Options::new().limit(1, HOUR)).await;
    for _ in 0..3 {
        send(client.bare(Method::GET, "/")).await.ok();
        send(client.bare(Method::GET, "/v1/Number/+12175550123")).await.error(401);
    }
    client.get(GADGETS).await.ok();
    client.get(GADGETS).await.error(429);
}

#[tokio::test]
async fn three_hundred_are_allowed_unless_another_number_is() {
    let limit = async |client: Client| send(client.bare(Method::GET, "/")).await.ok()["limit"].clone();
    assert_eq!(limit(start().await).await, serde_json::json!({"requests": 300, "seconds": 5.0}));
    let client = start_with(model(), Options::new().no_limit()).await;
    for _ in 0..310 {
        client.get(GADGETS).await.ok();
    }
    assert_eq!(limit(client).await, serde_json::json!(null));
}

// The clock of these tests runs only while everybody waits.

#[tokio::test(start_paused = true)]
async fn a_head_that_does_not_come_ends_the_connection() {
    let client = start_with(model(), Options::new().time_for_head(Duration::from_secs(7))).await;
    for begun in ["", "GET /v1/", "GET / HTTP/1.1\r\nhost: x\r\n"] {
        let begin = Instant::now();
        let heard = hear(say(&client, begun).await).await;
        assert_eq!(heard.text, "");
        assert!(begin.elapsed() >= Duration::from_secs(7), "{begun}");
    }
    assert_eq!(client.simulator.requests().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_refused() {
    let client = start_with(model(), Options::new().time_for_body(Duration::from_secs(7))).await;
    let path = GADGETS.replace("{account}", ACCOUNT);
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Basic TUFFWEFNUExFOnQ=\r\ncontent-length: 99\r\n\r\n"
    );
    let begin = Instant::now();
    let mut stream = say(&client, &head).await;
    stream.write_all(b"{\"name\":").await.expect("it listens");
    let heard = hear(stream).await;
    assert!(begin.elapsed() >= Duration::from_secs(7));
    assert!(heard.text.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{heard:?}");
    assert!(heard.body().contains("\"error\":\"The body did not come in time.\""), "{heard:?}");
    assert_eq!(client.simulator.requests()[0].status(), Some(408));
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_nobody_reads_ends_the_connection() {
    let endless = Fault::on("*").oversized(1_000_000_000_000);
    let options = Options::new().time_for_answer(Duration::from_secs(7)).faults(endless);
    let client = start_with(model(), options).await;
    let mut stream = say(&client, "GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n").await;
    // Somebody who reads now and then is served. This is more than fits into the sockets.
    let mut some = vec![0; 16 * 1024 * 1024];
    for _ in 0..3 {
        sleep(Duration::from_secs(6)).await;
        stream.read_exact(&mut some).await.expect("it is still there");
    }
    sleep(Duration::from_secs(30)).await;
    // What was on its way still comes, and then the end.
    let mut rest = stream.take(256 * 1024 * 1024);
    let ended = copy(&mut rest, &mut sink()).await;
    assert!(rest.limit() > 0, "it goes on for ever");
    assert_eq!(ended.expect_err("a reset").kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_body_that_breaks_off_leaves_a_record() {
    let client = start().await;
    let path = GADGETS.replace("{account}", ACCOUNT);
    let head = format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n");
    let mut stream = say(&client, &head).await;
    stream.shutdown().await.expect("a connection");
    hear(stream).await;
    assert_eq!(client.simulator.requests()[0].body(), b"");
}
