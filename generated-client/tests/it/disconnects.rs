//! Disconnects in every phase of an exchange over a real socket: what the client reports and what the server received.

use std::error::Error as _;
use std::io::{self, Write as _};
use std::sync::Arc;
use std::time::{Duration, Instant};

use plivo::clock::{Clock, Sleep};
use plivo::profile::{Profile, ProfileCreated};
use plivo::{Client, ClientBuilder, Error, File, Outcome, Pending};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use crate::fake_transport::{TOKEN, UUID, bakery};
use crate::faulty_socket::{Ends, FaultySocket, Plan, Reads};
use crate::files::Chunks;
use crate::upload::Upload;

use Ends::{Closed, Reset, Silent};
use Outcome::{Executed, NotSent, Rejected, Unknown};

/// Strings of which every request contains one, and no handshake does.
const REQUEST_MARKERS: [&str; 4] = ["HTTP/1.1", "authorization", "Example Bakery", UUID];

/// Real time, but no wait before a retry.
struct NoBackoff(Instant);

impl Clock for NoBackoff {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn since_1970(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, time: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(time))
    }

    fn random(&self) -> f64 {
        0.0
    }
}

pub(crate) fn settings(url: String) -> ClientBuilder {
    Client::builder().credentials("MAXX", TOKEN).base_url(url).no_proxy().clock(NoBackoff(Instant::now()))
}

fn client(url: String) -> Client {
    settings(url).build().expect("a client")
}

/// An operation that must not execute twice, and one that is safe.
enum Call {
    Create(Pending<ProfileCreated>),
    Get(Pending<Profile>),
}

pub(crate) async fn failure(client: &Client, is_safe: bool, attempt: Option<Duration>) -> Error {
    let call = if is_safe { Call::Get(client.profile().get(UUID).send()) } else { Call::Create(client.send(bakery())) };
    let attempt = attempt.unwrap_or(Duration::from_secs(30));
    match call {
        Call::Create(call) => call.with_attempt_timeout(attempt).await.expect_err("a fault"),
        Call::Get(call) => call.with_attempt_timeout(attempt).await.expect_err("a fault"),
    }
}

/// A fault of the server, and what the client reports.
#[derive(Clone, Copy)]
struct Fault {
    what: &'static str,
    plan: Plan,
    outcome: Outcome,
    /// Whether a safe operation is retried. Others are not, once bytes may have left.
    is_retried: bool,
}

const fn fault(
    what: &'static str,
    reads: Reads,
    writes: &'static [u8],
    ends: Ends,
    outcome: Outcome,
    is_retried: bool,
) -> Fault {
    Fault { what, plan: Plan { reads, writes, ends }, outcome, is_retried }
}

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"profile_uuid\"";
const CHUNKED: &[u8] = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"pro\r\n";
const BAD_CHUNK: &[u8] = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{\"pro\r\n";
const DOWN: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 100\r\n\r\n{";
const REFUSED: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 100\r\n\r\n{";

const FAULTS: [Fault; 20] = [
    fault("closed before reading", Reads::Nothing, b"", Closed, Unknown, true),
    fault("reset before reading", Reads::Nothing, b"", Reset, Unknown, true),
    fault("reset while reading", Reads::Some(10), b"", Reset, Unknown, true),
    fault("closed after reading", Reads::All, b"", Closed, Unknown, true),
    fault("reset after reading", Reads::All, b"", Reset, Unknown, true),
    fault("closed in the status line", Reads::All, b"HTTP/1.1 200 O", Closed, Unknown, true),
    fault("reset in the status line", Reads::All, b"HTTP/1.1 200 O", Reset, Unknown, true),
    fault("closed in the headers", Reads::All, b"HTTP/1.1 200 OK\r\ncontent-le", Closed, Unknown, true),
    fault("a response that is not HTTP", Reads::All, b"SSH-2.0-OpenSSH\r\n\r\n", Closed, Unknown, true),
    fault("an invalid header", Reads::All, b"HTTP/1.1 200 OK\r\n\0: 1\r\n\r\n", Closed, Unknown, true),
    fault("closed in the body", Reads::All, OK, Closed, Executed, true),
    fault("reset in the body", Reads::All, OK, Reset, Executed, true),
    fault("closed in a chunk", Reads::All, CHUNKED, Closed, Executed, true),
    fault("an invalid chunk", Reads::All, BAD_CHUNK, Closed, Executed, true),
    fault("closed in the body of a 503", Reads::All, DOWN, Closed, Unknown, true),
    fault("closed in the body of a 400", Reads::All, REFUSED, Closed, Rejected, false),
    fault("silent before reading", Reads::Nothing, b"", Silent, Unknown, true),
    fault("silent after reading", Reads::All, b"", Silent, Unknown, true),
    fault("silent in the headers", Reads::All, b"HTTP/1.1 200 OK\r\n", Silent, Unknown, true),
    fault("silent in the body", Reads::All, OK, Silent, Executed, true),
];

/// A timeout that a busy machine does not exceed by accident.
const TIMEOUT: Duration = Duration::from_secs(1);

async fn check(Fault { what, plan, outcome, is_retried }: Fault, is_safe: bool) {
    let server = FaultySocket::start(plan).await;
    let is_silent = matches!(plan.ends, Silent);
    let error = failure(&client(format!("http://{}", server.address)), is_safe, is_silent.then_some(TIMEOUT)).await;
    let what = format!("{what}, safe: {is_safe}: {error:?}");
    let attempts = if is_safe && is_retried { 3 } else { 1 };
    assert_eq!((error.outcome(), error.attempts()), (outcome, attempts), "{what}");
    assert_eq!(server.connections(), attempts as usize, "{what}");
    assert_eq!((error.is_timeout(), error.is_connect()), (is_silent, false), "{what}");
}

#[tokio::test]
async fn no_disconnect_claims_more_than_is_known() {
    let cases = FAULTS.into_iter().flat_map(|fault| [(fault, true), (fault, false)]);
    // Run them concurrently, so that all timeouts together take as long as one.
    let checks: Vec<_> = cases.map(|(fault, is_safe)| tokio::spawn(check(fault, is_safe))).collect();
    for check in checks {
        check.await.expect("the outcome of the table");
    }
}

#[tokio::test]
async fn nothing_is_sent_before_the_connection_is_established() {
    let alert = b"\x15\x03\x03\x00\x02\x02\x28";
    let handshakes: [(&str, Reads, &'static [u8], Ends); 6] = [
        ("closed", Reads::Nothing, b"", Closed),
        ("reset", Reads::Nothing, b"", Reset),
        ("closed in the handshake", Reads::Some(1), b"", Closed),
        ("reset in the handshake", Reads::Some(1), b"", Reset),
        ("not TLS", Reads::Some(1), b"HTTP/1.1 400 Bad Request\r\n\r\n", Closed),
        ("an alert", Reads::Some(1), alert, Closed),
    ];
    for (what, reads, writes, ends) in handshakes {
        for is_safe in [true, false] {
            let server = FaultySocket::start(Plan { reads, writes, ends }).await;
            let error = failure(&client(format!("https://{}", server.address)), is_safe, None).await;
            let what = format!("{what}, safe: {is_safe}: {error:?}");
            assert_eq!((error.outcome(), error.attempts(), error.is_connect()), (NotSent, 3, true), "{what}");
            assert_eq!(server.connections(), 3, "{what}");
            assert!(!server.has_application_data(), "{what}");
        }
    }
}

#[tokio::test]
async fn nothing_is_sent_when_the_handshake_never_ends() {
    let server = FaultySocket::start(Plan { reads: Reads::Nothing, writes: b"", ends: Silent }).await;
    let settings = settings(format!("https://{}", server.address)).connect_timeout(Duration::from_millis(30));
    let error = failure(&settings.build().expect("a client"), false, None).await;
    assert_eq!((error.outcome(), error.attempts()), (NotSent, 3), "{error:?}");
    assert!(error.is_connect() && error.is_timeout() && !server.has_application_data(), "{error:?}");
}

#[tokio::test]
async fn nothing_is_sent_when_the_host_name_is_unknown() {
    struct NoNames;
    impl reqwest::dns::Resolve for NoNames {
        fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
            Box::pin(async { Err("there are no names here".into()) })
        }
    }
    let builder = || reqwest::Client::builder().dns_resolver(Arc::new(NoNames));
    let settings = settings("https://plivo.example.com".to_owned()).reqwest013(builder);
    let error = failure(&settings.build().expect("a client"), false, None).await;
    assert_eq!((error.outcome(), error.attempts(), error.is_connect()), (NotSent, 3, true), "{error:?}");
    let mut cause = error.source().expect("a reason");
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    assert_eq!(cause.to_string(), "there are no names here");
}

#[tokio::test]
async fn the_outcome_is_unknown_when_writing_the_request_times_out() {
    let server = FaultySocket::start(Plan { reads: Reads::Some(1000), writes: b"", ends: Silent }).await;
    let client = client(format!("http://{}", server.address));
    let call = client.send(bakery()).with_extra("note", "x".repeat(20_000_000));
    let error = call.with_attempt_timeout(TIMEOUT).await.expect_err("the server does not read it");
    assert_eq!((error.outcome(), error.attempts(), error.is_timeout()), (Unknown, 1, true), "{error:?}");
    assert!(server.has(&["authorization"]));
}

#[tokio::test]
async fn an_endless_response_body_is_too_large() {
    const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\n\r\n";
    static ENDLESS: [u8; 12_000_000] = {
        let mut bytes = [b' '; 12_000_000];
        let mut index = 0;
        while index < HEAD.len() {
            bytes[index] = HEAD[index];
            index += 1;
        }
        bytes
    };
    for (is_safe, attempts) in [(true, 3), (false, 1)] {
        let server = FaultySocket::start(Plan { reads: Reads::All, writes: &ENDLESS, ends: Closed }).await;
        let error = failure(&client(format!("http://{}", server.address)), is_safe, None).await;
        assert_eq!((error.outcome(), error.attempts()), (Executed, attempts), "{error:?}");
        assert!(error.to_string().contains("is too large"), "{error}");
    }
}

/// A response with this body, compressed.
fn compressed(body: &[u8]) -> &'static [u8] {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(body).expect("bytes");
    let body = encoder.finish().expect("bytes");
    let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), &body].concat().leak()
}

#[tokio::test]
async fn the_decompressed_size_of_a_body_is_limited() {
    let plan = |body: &[u8]| Plan { reads: Reads::All, writes: compressed(body), ends: Closed };
    let small = FaultySocket::start(plan(br#"{"profile_uuid":"p"}"#)).await;
    let created = client(format!("http://{}", small.address)).send(bakery()).await.expect("an answer");
    assert!(created.profile_uuid == "p" && small.has(&["accept-encoding: gzip"]));
    // The body is a thousand times larger than its compressed form.
    let bomb = FaultySocket::start(plan(&vec![b' '; 12_000_000])).await;
    let error = failure(&client(format!("http://{}", bomb.address)), false, None).await;
    assert!(error.outcome() == Executed && error.to_string().contains("is too large"), "{error:?}");
    let settings = settings(format!("http://{}", small.address)).max_response_size(10);
    let error = failure(&settings.build().expect("a client"), false, None).await;
    assert!(error.outcome() == Executed && error.to_string().contains("is too large"), "{error:?}");
}

fn certificate() -> (reqwest::Certificate, TlsAcceptor) {
    certificate_for(&[])
}

/// A self-signed certificate for 127.0.0.1: what the client must trust, and what a server with these ALPN protocols
/// presents.
pub(crate) fn certificate_for(protocols: &[&str]) -> (reqwest::Certificate, TlsAcceptor) {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let (presented, key) = (made.cert.der().clone(), made.signing_key.serialize_der());
    let trusted = reqwest::Certificate::from_der(&presented).expect("a certificate");
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let config = config.with_safe_default_protocol_versions().expect("versions").with_no_client_auth();
    let mut config =
        config.with_single_cert(vec![presented], PrivatePkcs8KeyDer::from(key).into()).expect("a certificate");
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    (trusted, TlsAcceptor::from(Arc::new(config)))
}

pub(crate) const CREATED: &[u8] = b"HTTP/1.1 202 Accepted\r\ncontent-length: 20\r\n\r\n{\"profile_uuid\":\"p\"}";

#[tokio::test]
async fn an_untrusted_server_receives_nothing() {
    let (_, acceptor) = certificate();
    let server = FaultySocket::start_tls(Plan { reads: Reads::All, writes: CREATED, ends: Closed }, acceptor).await;
    let error = failure(&client(format!("https://{}", server.address)), false, None).await;
    assert_eq!((error.outcome(), error.attempts(), error.is_connect()), (NotSent, 3, true), "{error:?}");
    assert!(!server.has(&REQUEST_MARKERS));
}

#[tokio::test]
async fn a_trusted_server_receives_the_request_over_tls() {
    let (trusted, acceptor) = certificate();
    let server = FaultySocket::start_tls(Plan { reads: Reads::All, writes: CREATED, ends: Closed }, acceptor).await;
    let builder = move || reqwest::Client::builder().tls_certs_only([trusted.clone()]);
    let client = settings(format!("https://{}", server.address)).reqwest013(builder).build().expect("a client");
    let created = client.send(bakery()).await.expect("an answer");
    assert_eq!((created.profile_uuid.as_str(), created.attempts()), ("p", 1));
    assert!(server.has(&["Example Bakery"]));
}

/// Other settings of reqwest stay, but redirects are never followed.
#[tokio::test]
async fn settings_of_reqwest_do_not_enable_redirects() {
    let writes = b"HTTP/1.1 307 Temporary Redirect\r\nlocation: /elsewhere/\r\ncontent-length: 0\r\n\r\n";
    let server = FaultySocket::start(Plan { reads: Reads::All, writes, ends: Closed }).await;
    let builder = || reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(5));
    let settings = settings(format!("http://{}", server.address)).reqwest013(builder);
    let error = failure(&settings.build().expect("a client"), false, None).await;
    assert_eq!((error.status(), error.outcome(), server.connections()), (Some(307), Rejected, 1), "{error:?}");
}

/// The error of the stream looks like an error of the connection.
#[tokio::test]
async fn a_failing_upload_stream_is_not_a_connection_error() {
    let refused = reqwest::Client::builder().no_proxy().build().expect("a client").get("http://127.0.0.1:9/").send();
    let refused = refused.await.expect_err("nobody listens");
    assert!(refused.is_connect());
    let late = io::Error::new(io::ErrorKind::TimedOut, "the disk");
    for error in [io::Error::other(refused), late] {
        let server = FaultySocket::start(Plan { reads: Reads::All, writes: b"", ends: Closed }).await;
        let stream = Chunks::of(vec![Ok("x".repeat(300_000).into()), Err(error)]);
        let call = client(format!("http://{}", server.address)).send(Upload::of(File::from_stream("a", stream)));
        let error = call.await.expect_err("the upload fails");
        assert_eq!((error.outcome(), error.attempts()), (Unknown, 1), "{error:?}");
        assert!(error.is_file() && !error.is_connect() && !error.is_timeout(), "{error:?}");
        assert!(
            error.to_string().ends_with("the request was interrupted: a file or stream of it cannot be read"),
            "{error}"
        );
        assert!(error.source().is_some());
    }
}

/// A server may respond before it has the whole request. The failure of the upload counts then.
#[tokio::test]
async fn an_early_response_does_not_hide_that_the_upload_failed() {
    for writes in [OK, CHUNKED] {
        let server = FaultySocket::start(Plan { reads: Reads::Some(1000), writes, ends: Silent }).await;
        let chunks = vec![Ok("x".repeat(2000).into()), Err(io::Error::other("the oven broke"))];
        let stream = Chunks::of(chunks).with_slow_last_chunk();
        let call = client(format!("http://{}", server.address)).send(Upload::of(File::from_stream("a", stream)));
        let error = call.with_attempt_timeout(TIMEOUT).await.expect_err("the upload fails");
        assert_eq!((error.outcome(), error.attempts()), (Unknown, 1), "{error:?}");
        assert!(error.is_file(), "{error:?}");
    }
}
