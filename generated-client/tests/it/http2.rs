//! Failures of HTTP/2: what a frame of the server says about a request, and what the client makes of it.

use std::time::Duration;

use plivo::{Client, Error, Outcome};

use crate::disconnects::{certificate_for, failure, settings};
use crate::fake_transport::{UUID, bakery};
use crate::faulty_socket::{Ends, FaultySocket, Plan, Reads};

use Outcome::{NotSent, Unknown};

/// Sends a request to a server that speaks HTTP/2 and writes these frames in place of a response. Returns the error and
/// the number of connections.
async fn over_http2(reads: Reads, frames: &'static [u8], ends: Ends, is_safe: bool) -> (Error, usize) {
    let (trusted, acceptor) = certificate_for(&["h2"]);
    let server = FaultySocket::start_tls(Plan { reads, writes: frames, ends }, acceptor).await;
    let builder = move || reqwest::Client::builder().tls_certs_only([trusted.clone()]);
    let client = settings(format!("https://{}", server.address)).reqwest013(builder).build().expect("a client");
    let error = failure(&client, is_safe, None).await;
    (error, server.connections())
}

/// A frame is a length, a type, flags, a stream and a payload. A server begins with SETTINGS.
const SETTINGS: &[u8] = b"\0\0\0\x04\0\0\0\0\0";

/// SETTINGS, and GOAWAY with the last stream that may have been processed and an error code. The request has stream 1.
macro_rules! going_away {
    ($last:literal, $code:literal) => {
        concat!("\0\0\0\x04\0\0\0\0\0", "\0\0\x08\x07\0\0\0\0\0", "\0\0\0", $last, "\0\0\0", $code).as_bytes()
    };
}

/// SETTINGS, and RST_STREAM of stream 1 with an error code.
macro_rules! reset {
    ($code:literal) => {
        concat!("\0\0\0\x04\0\0\0\0\0", "\0\0\x04\x03\0\0\0\0\x01", "\0\0\0", $code).as_bytes()
    };
}

#[tokio::test]
async fn a_request_that_http2_did_not_process_is_sent_again() {
    for (what, reads, frames, ends) in [
        ("REFUSED_STREAM", Reads::Http2, reset!("\x07"), Ends::Closed),
        ("GOAWAY without an error", Reads::Http2, going_away!("\0", "\0"), Ends::Closed),
        ("GOAWAY with INTERNAL_ERROR", Reads::Http2, going_away!("\0", "\x02"), Ends::Closed),
        ("GOAWAY with ENHANCE_YOUR_CALM", Reads::Http2, going_away!("\0", "\x0b"), Ends::Closed),
        // An unread request could end the connection with a reset, so it stays open.
        ("GOAWAY before the request", Reads::Nothing, going_away!("\0", "\0"), Ends::Silent),
    ] {
        for is_safe in [true, false] {
            let (error, connections) = over_http2(reads, frames, ends, is_safe).await;
            let what = format!("{what}, safe: {is_safe}: {error:?}");
            assert_eq!((error.outcome(), error.attempts(), connections), (NotSent, 3, 3), "{what}");
            assert!(!error.is_connect() && !error.is_timeout(), "{what}");
            let message = "the server closed the connection or the stream before it processed the request";
            assert!(error.to_string().ends_with(message), "{what}");
        }
    }
}

#[tokio::test]
async fn no_http2_failure_claims_more_than_is_known() {
    for (what, frames) in [
        ("GOAWAY after the request", going_away!("\x01", "\0")),
        ("GOAWAY with INTERNAL_ERROR after the request", going_away!("\x01", "\x02")),
        ("RST_STREAM with NO_ERROR", reset!("\0")),
        ("RST_STREAM with INTERNAL_ERROR", reset!("\x02")),
        ("RST_STREAM with CANCEL", reset!("\x08")),
        ("RST_STREAM with HTTP_1_1_REQUIRED", reset!("\x0d")),
        ("not a frame", b"this is no frame at all".as_slice()),
        ("only SETTINGS", SETTINGS),
        ("nothing", b""),
    ] {
        for (is_safe, attempts) in [(true, 3), (false, 1)] {
            let (error, connections) = over_http2(Reads::Http2, frames, Ends::Closed, is_safe).await;
            let what = format!("{what}, safe: {is_safe}: {error:?}");
            assert_eq!(
                (error.outcome(), error.attempts(), connections),
                (Unknown, attempts, attempts as usize),
                "{what}"
            );
            assert!(!error.is_connect(), "{what}");
        }
    }
}

/// SETTINGS, HEADERS with status 200, and DATA: the answer to the first request of a connection.
const ANSWER: &[u8] =
    b"\0\0\0\x04\0\0\0\0\0\0\0\x01\x01\x04\0\0\0\x01\x88\0\0\x20\0\x01\0\0\0\x01{\"profile\":{\"profile_uuid\":\"p\"}}";

/// A client of a server that answers the first request of each connection, and then neither requests nor pings.
async fn server_that_falls_silent(ends: Ends) -> (Client, FaultySocket) {
    const PING: Duration = Duration::from_millis(300);
    let (trusted, acceptor) = certificate_for(&["h2"]);
    let server = FaultySocket::start_tls(Plan { reads: Reads::Http2, writes: ANSWER, ends }, acceptor).await;
    let builder = move || reqwest::Client::builder().tls_certs_only([trusted.clone()]);
    let settings = settings(format!("https://{}", server.address)).reqwest013(builder).http2_ping(PING, PING);
    (settings.build().expect("a client"), server)
}

#[tokio::test]
async fn a_call_over_a_dead_http2_connection_is_repeated_over_a_new_one() {
    let (client, server) = server_that_falls_silent(Ends::Silent).await;
    client.profile().get(UUID).await.expect("the first answer of a connection");
    let profile = client.profile().get(UUID).await.expect("the first answer of another connection");
    assert_eq!((profile.attempts(), server.connections()), (2, 2));
    // A create is not sent again, but it does not wait for its timeout of 30 seconds.
    let error = client.send(bakery()).await.expect_err("the connection is dead");
    assert_eq!((error.outcome(), error.attempts(), error.is_connect()), (Unknown, 1, false), "{error:?}");
}

#[tokio::test]
async fn an_idle_http2_connection_that_is_dead_fails_no_call() {
    let (client, server) = server_that_falls_silent(Ends::Deaf).await;
    client.profile().get(UUID).await.expect("the first answer of a connection");
    server.client_closed().await;
    let profile = client.profile().get(UUID).await.expect("the first answer of another connection");
    assert_eq!((profile.attempts(), server.connections()), (1, 2));
}
