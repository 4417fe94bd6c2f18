//! The default transport over a real socket, and timeouts that the client enforces itself.

use std::sync::Arc;
use std::time::Duration;

use plivo::transport::{Transport, TransportFuture, TransportRequest};
use plivo::{Client, Outcome};
use tokio::net::TcpListener;

use crate::fake_transport::{TOKEN, bakery};
use crate::faulty_socket::{Ends, FaultySocket, Plan, Reads};

fn client(url: String) -> Client {
    Client::builder().credentials("MAXX", TOKEN).base_url(url).build().expect("a client")
}

#[tokio::test]
async fn a_request_reaches_the_server() {
    let writes = b"HTTP/1.1 202 Accepted\r\ncontent-length: 33\r\n\r\n{\"api_id\":\"a\",\"profile_uuid\":\"p\"}";
    let server = FaultySocket::start(Plan { reads: Reads::All, writes, ends: Ends::Closed }).await;
    let created = client(format!("http://{}", server.address)).send(bakery()).await.expect("an answer");
    assert_eq!((created.status(), created.profile_uuid.as_str()), (202, "p"));
    assert!(server.has(&["POST /v1/Account/MAXX/Profile/ HTTP/1.1\r\n"]));
    assert!(server.has(&["authorization: Basic "]) && server.has(&["user-agent: plivo-rust/"]));
}

#[tokio::test]
async fn a_refused_connection_is_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    // A retry would wait for the backoff.
    let call = client(format!("http://{address}")).send(bakery()).with_max_retries(0);
    let error = call.await.expect_err("an error");
    assert!(error.is_connect() && error.outcome() == Outcome::NotSent, "{error:?}");
}

#[tokio::test]
async fn the_client_enforces_timeouts_itself() {
    struct Hanging;
    impl Transport for Hanging {
        fn send(&self, _: TransportRequest) -> TransportFuture<'_> {
            Box::pin(std::future::pending())
        }
    }
    let builder = Client::builder().credentials("MAXX", TOKEN).transport(Hanging);
    let call = builder.build().expect("a client").send(bakery()).with_attempt_timeout(Duration::from_millis(20));
    let error = call.await.expect_err("the request hangs");
    assert!(error.is_timeout() && error.outcome() == Outcome::Unknown, "{error:?}");
}

#[tokio::test]
async fn an_id_that_is_too_long_for_a_url_is_a_violation() {
    let server = FaultySocket::start(Plan { reads: Reads::All, writes: b"", ends: Ends::Closed }).await;
    let url = format!("http://{}", server.address);
    let room = 65_534 - format!("{url}/v1/Account/MAXX/Profile//").len();
    let client = client(url);
    let error = client.profile().get("x".repeat(room + 1)).await.expect_err("it is too long");
    assert!(error.is_validation() && error.outcome() == Outcome::NotSent && !error.is_connect(), "{error:?}");
    assert_eq!((error.attempts(), server.connections()), (0, 0));
    assert!(error.to_string().ends_with("not sent: the URL is too long: at most 65,534 bytes can be sent"), "{error}");
    let error = client.profile().get("x".repeat(room)).send().with_max_retries(0).await.expect_err("the server closes");
    assert_eq!((error.attempts(), server.connections()), (1, 1), "{error:?}");
}

/// Sends every request to a URL that the HTTP library cannot build.
struct Misdirected(Arc<dyn Transport>);

impl Transport for Misdirected {
    fn send(&self, mut request: TransportRequest) -> TransportFuture<'_> {
        request.url = "http://".to_owned();
        self.0.send(request)
    }
}

#[tokio::test]
async fn a_request_that_the_http_library_cannot_build_is_not_sent_again() {
    let builder = Client::builder().credentials("MAXX", TOKEN).base_url("http://127.0.0.1:9");
    let client = builder.wrap_transport(Misdirected).build().expect("a client");
    let error = client.send(bakery()).await.expect_err("it has no host");
    assert_eq!((error.attempts(), error.outcome()), (1, Outcome::NotSent), "{error:?}");
    assert!(error.is_validation() && !error.is_connect(), "{error:?}");
    assert!(error.to_string().ends_with("not sent: the transport cannot send this request"), "{error}");
}
