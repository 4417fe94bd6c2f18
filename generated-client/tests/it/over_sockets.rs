//! The default transport over a real socket, and timeouts that the client enforces itself.

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
