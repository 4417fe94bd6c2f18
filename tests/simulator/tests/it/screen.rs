//! Requests that are refused by their head alone.

use crate::client::{ACCOUNT, Client, GADGETS, start, start_with};
use crate::model::model;
use crate::raw_http::{read_response, send_raw};
use plivo_simulator::Options;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The status and the JSON body of the response to a GET with these lines in its head.
async fn get(client: &Client, target: &str, lines: &[&str]) -> (u16, Value) {
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    let request = format!("GET {target} HTTP/1.1\r\n{lines}connection: close\r\n\r\n");
    let response = read_response(send_raw(client, &request).await).await;
    let status = response.text.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, serde_json::from_str(&response.body()).expect("JSON"))
}

#[tokio::test]
async fn the_endpoints_of_the_simulator_refuse_web_pages() {
    let client = start().await;
    let address = client.simulator.url().replace("http://", "");
    let own = format!("host: {address}");
    let status = async |lines: &[&str]| get(&client, "/_simulator/objects", lines).await.0;
    assert_eq!(status(&[&own]).await, 200);
    for host in ["host: localhost", "host: LOCALHOST:1", "host: [::1]:80", "host: 127.0.0.1"] {
        assert_eq!(status(&[host]).await, 200, "{host}");
    }
    for host in ["example.com", "localhost.example.com:80", "127.0.0.1.example.com", "127.0.0.1@example.com", ""] {
        let (status, body) = get(&client, "/_simulator/requests", &[&format!("host: {host}")]).await;
        let problem = format!(
            "The simulator's own endpoints are not served under the host `{host}`. Use `127.0.0.1` or `localhost`."
        );
        assert_eq!((status, body), (403, json!({ "error": problem })));
    }
    assert_eq!(get(&client, "http://example.com/", &[&own]).await.0, 403);
    assert_eq!(status(&[&own, &format!("origin: http://{address}")]).await, 200);
    for origin in ["http://example.com", "null", &format!("https://{address}"), "http://localhost:1"] {
        let (status, body) = get(&client, "/", &[&own, &format!("origin: {origin}")]).await;
        let problem = format!("The simulator's own endpoints are not served to the web site `{origin}`.");
        assert_eq!((status, body), (403, json!({ "error": problem })));
    }
    // The API is served under any host.
    assert_eq!(get(&client, "/nothing", &["host: api.example.com", "origin: http://example.com"]).await.0, 404);
}

#[tokio::test]
async fn exactly_one_host_is_required() {
    let client = start().await;
    for target in ["/", "/nothing"] {
        let none = get(&client, target, &[]).await;
        assert_eq!(none, (400, json!({"error": "The request has no header Host, which HTTP/1.1 requires."})));
        let two = get(&client, target, &["host: localhost", "host: localhost"]).await;
        assert_eq!(two, (400, json!({"error": "The request has more than one header Host."})));
    }
    let old = read_response(send_raw(&client, "GET /nothing HTTP/1.0\r\n\r\n").await).await;
    assert!(old.text.starts_with("HTTP/1.0 404"), "{old:?}");
}

/// The status line of the first response to a POST that waits for `100 Continue`.
async fn first_status(client: &Client, path: &str, lines: &str) -> String {
    let path = path.replace("{account}", ACCOUNT);
    let head = format!("POST {path} HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\n{lines}\r\n");
    let mut stream = send_raw(client, &head).await;
    let mut bytes = [0; 12];
    stream.read_exact(&mut bytes).await.expect("a status line");
    stream.shutdown().await.expect("an open connection");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_refusal_comes_before_the_body_is_asked_for() {
    let client = start_with(model(), Options::new().credentials(ACCOUNT, "t")).await;
    let valid = "authorization: Basic TUFFWEFNUExFOnQ=\r\n";
    let (short, long) = ("content-length: 2\r\n", "content-length: 2000000\r\n");
    let invalid = "authorization: Basic TUFFWEFNUExFOng=\r\n";
    for (path, lines, status) in [
        (GADGETS, format!("{valid}{short}"), "100"),
        (GADGETS, short.to_owned(), "401"),
        (GADGETS, format!("{invalid}{short}"), "401"),
        (GADGETS, format!("{valid}{long}"), "413"),
        ("/nothing", format!("{valid}{short}"), "404"),
    ] {
        assert_eq!(first_status(&client, path, &lines).await, format!("HTTP/1.1 {status}"), "{path} {lines}");
    }
}

#[tokio::test]
async fn a_request_that_is_no_http_gets_a_reason_as_json() {
    let client = start().await;
    let (long, wide) = ("a".repeat(70_000), "a: b\r\n".repeat(200));
    let host = "host: localhost\r\n";
    for (request, status, problem) in [
        ("nonsense\r\n\r\n".to_owned(), 400, "The head of the request is not valid HTTP/1.1."),
        ("GET / HTTP/3.7\r\n\r\n".to_owned(), 400, "The head of the request is not valid HTTP/1.1."),
        (format!("GET / HTTP/1.1\r\n{host}a b: c\r\n\r\n"), 400, "The head of the request is not valid HTTP/1.1."),
        (
            format!("POST /a HTTP/1.1\r\n{host}content-length: -1\r\n\r\n"),
            400,
            "The head of the request is not valid HTTP/1.1.",
        ),
        (
            format!("POST /a HTTP/1.1\r\n{host}transfer-encoding: gzip\r\n\r\n"),
            400,
            "The head of the request is not valid HTTP/1.1.",
        ),
        (format!("GET /{long} HTTP/1.1\r\n{host}\r\n"), 414, "The target of the request is too long."),
        (format!("GET / HTTP/1.1\r\n{host}{wide}\r\n"), 431, "The head of the request is too large."),
    ] {
        let mut stream = send_raw(&client, &request).await;
        stream.shutdown().await.expect("an open connection");
        let response = read_response(stream).await;
        assert!(response.text.starts_with(&format!("HTTP/1.1 {status} ")), "{response:?}");
        assert_eq!(serde_json::from_str::<Value>(&response.body()).ok(), Some(json!({ "error": problem })));
        assert_eq!(response.announced_length(), response.body().len());
        assert!(response.text.contains("content-type: application/json\r\n"), "{response:?}");
    }
    // A malformed request that follows another one, on the same connection.
    let mut stream = send_raw(&client, &format!("GET /nothing HTTP/1.1\r\n{host}\r\nnonsense\r\n\r\n")).await;
    stream.shutdown().await.expect("an open connection");
    let both = read_response(stream).await.text;
    assert!(both.starts_with("HTTP/1.1 404 ") && both.contains("\r\ndate: "), "{both}");
    assert!(both.ends_with("{\"error\":\"The head of the request is not valid HTTP/1.1.\"}"), "{both}");
}

#[tokio::test]
async fn a_body_with_a_broken_frame_gets_a_reason_as_json() {
    let client = start().await;
    let path = GADGETS.replace("{account}", ACCOUNT);
    let head = "host: x\r\nauthorization: Basic TUFFWEFNUExFOnQ=\r\ntransfer-encoding: chunked";
    let mut stream = send_raw(&client, &format!("POST {path} HTTP/1.1\r\n{head}\r\n\r\nno number\r\n{{}}\r\n")).await;
    stream.shutdown().await.expect("an open connection");
    let response = read_response(stream).await;
    assert!(response.text.starts_with("HTTP/1.1 400 "), "{response:?}");
    let body: Value = serde_json::from_str(&response.body()).expect("JSON");
    assert!(body["error"].is_string(), "{body}");
}
