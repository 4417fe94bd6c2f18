//! The client's own transport against raw sockets.

use std::net::SocketAddr;
use std::time::Duration;

use plivo::transport::{Transport, TransportFuture, TransportRequest};
use plivo::{Client, Error, Outcome};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::double::{TOKEN, bakery};

/// Reads one request, writes this, and closes. Gives what it read.
async fn server(answer: Vec<u8>) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let reading = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let request = read_request(&mut stream).await;
        // The client may be gone before all of it is written.
        let _ = stream.write_all(&answer).await;
        let _ = stream.shutdown().await;
        request
    });
    (address, reading)
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
            if body.len() >= length {
                return text;
            }
        }
        if stream.read_buf(&mut bytes).await.expect("the client writes") == 0 {
            return text;
        }
    }
}

fn client(address: SocketAddr) -> Client {
    Client::builder().credentials("MAXX", TOKEN).base_url(format!("http://{address}")).build().expect("a client")
}

async fn fails_with(answer: impl Into<Vec<u8>>) -> Error {
    let (address, reading) = server(answer.into()).await;
    let error = client(address).send(bakery()).await.expect_err("an error");
    assert!(reading.await.expect("it does not panic").contains("Example Bakery"));
    assert!(!format!("{error} {error:?}").contains("MAXX"), "{error:?}");
    error
}

#[tokio::test]
async fn a_request_reaches_the_server() {
    let answer = "HTTP/1.1 202 Accepted\r\ncontent-length: 33\r\n\r\n{\"api_id\":\"a\",\"profile_uuid\":\"p\"}";
    let (address, reading) = server(answer.into()).await;
    let created = client(address).send(bakery()).await.expect("an answer");
    assert_eq!((created.status(), created.profile_uuid.as_str()), (202, "p"));
    let request = reading.await.expect("it does not panic");
    assert!(request.starts_with("POST /v1/Account/MAXX/Profile/ HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("authorization: Basic ") && request.contains("user-agent: plivo-rust/"), "{request}");
}

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    // Between two attempts there would be a wait.
    let error = client(address).send(bakery()).with_max_retries(0).await.expect_err("an error");
    assert!(error.is_connect() && error.outcome() == Outcome::NotSent, "{error:?}");
}

#[tokio::test]
async fn what_was_read_may_have_been_executed() {
    let error = fails_with("").await;
    assert_eq!((error.outcome(), error.is_connect()), (Outcome::Unknown, false));
    let error = fails_with("HTTP/1.1 200 O").await;
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[tokio::test]
async fn a_body_that_is_cut_off_was_executed() {
    let error = fails_with("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"profile_uuid\"").await;
    assert_eq!((error.outcome(), error.status()), (Outcome::Executed, Some(200)));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read_to_its_end() {
    let mut answer = b"HTTP/1.1 200 OK\r\ncontent-length: 20000000\r\n\r\n".to_vec();
    answer.resize(20_000_000, b' ');
    let error = fails_with(answer).await;
    assert_eq!(error.outcome(), Outcome::Executed);
    assert!(error.to_string().contains("larger than 10 MiB"), "{error}");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let error =
        fails_with("HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n")
            .await;
    assert_eq!((error.outcome(), error.status()), (Outcome::Rejected, Some(307)));
}

#[tokio::test]
async fn time_runs_out() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let call = client(address).send(bakery()).with_timeout(Duration::from_millis(20));
    let error = call.await.expect_err("nobody answers");
    assert!(error.is_timeout() && error.outcome() == Outcome::Unknown, "{error:?}");
    drop(listener);
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn connecting_has_a_time_of_its_own() {
    // It accepts connections and never says a word of TLS.
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("https://{}", listener.local_addr().expect("an address"));
    let builder = Client::builder().credentials("MAXX", TOKEN).base_url(url).max_retries(0);
    let client = builder.connect_timeout(Duration::from_millis(20)).build().expect("a client");
    let error = client.send(bakery()).await.expect_err("nobody answers");
    assert!(error.is_timeout() && error.is_connect() && error.outcome() == Outcome::NotSent, "{error:?}");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn the_client_itself_keeps_the_time() {
    struct Endless;
    impl Transport for Endless {
        fn send(&self, _: TransportRequest) -> TransportFuture<'_> {
            Box::pin(std::future::pending())
        }
    }
    let builder = Client::builder().credentials("MAXX", TOKEN).transport(Endless);
    let call = builder.build().expect("a client").send(bakery()).with_attempt_timeout(Duration::from_millis(20));
    let error = call.await.expect_err("it never ends");
    assert!(error.is_timeout() && error.outcome() == Outcome::Unknown, "{error:?}");
}
