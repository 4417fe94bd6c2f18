//! A transport that gives the same response to every request and records the requests.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use plivo::clock::{Clock, Sleep};
use plivo::profile::{Address, AuthorizedContact, CreateProfile, CustomerType, EntityType, Seniority, Vertical};
use plivo::transport::{Transport, TransportError, TransportFuture, TransportRequest, TransportResponse};
use plivo::{Client, ClientBuilder};

pub(crate) const AUTH_ID: &str = "MAXXXXXXXXXXXXXXXXXX";
pub(crate) const TOKEN: &str = "do-not-print-this-token";
pub(crate) const UUID: &str = "201faedc-7df9-4840-9ab1-3997ce3f7cf4";

/// The recorded requests, in order.
#[derive(Clone, Default)]
pub(crate) struct Sent(Arc<Mutex<Vec<TransportRequest>>>);

impl Sent {
    pub(crate) fn count(&self) -> usize {
        self.0.lock().expect("no test panics while it holds the lock").len()
    }

    pub(crate) fn last(&self) -> TransportRequest {
        self.0.lock().expect("no test panics while it holds the lock").last().expect("something was sent").clone()
    }

    /// The URLs of all requests, in order.
    pub(crate) fn urls(&self) -> Vec<String> {
        let sent = self.0.lock().expect("no test panics while it holds the lock");
        sent.iter().map(|request| request.url.clone()).collect()
    }

    /// The path and the query of the last request.
    pub(crate) fn target(&self) -> String {
        let url = self.last().url;
        url.strip_prefix("https://api.plivo.com").unwrap_or(&url).to_owned()
    }

    /// The JSON body of the last request.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(self.last().body.as_bytes().expect("a body in memory")).expect("JSON")
    }
}

struct FakeTransport {
    sent: Sent,
    reply: Box<dyn Fn() -> Result<TransportResponse, TransportError> + Send + Sync>,
}

impl Transport for FakeTransport {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        self.sent.0.lock().expect("no test panics while it holds the lock").push(request);
        let reply = (self.reply)();
        Box::pin(async { reply })
    }
}

/// A clock that stands still, and whose timers end at once.
struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn since_1970(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) -> Sleep {
        Box::pin(async {})
    }

    fn random(&self) -> f64 {
        0.5
    }
}

/// The settings of a client of the fake transport.
pub(crate) fn builder(
    reply: impl Fn() -> Result<TransportResponse, TransportError> + Send + Sync + 'static,
) -> (ClientBuilder, Sent) {
    let sent = Sent::default();
    let transport = FakeTransport { sent: sent.clone(), reply: Box::new(reply) };
    (Client::builder().credentials(AUTH_ID, TOKEN).transport(transport).clock(StoppedClock), sent)
}

/// A client that receives this response to every request.
pub(crate) fn responding(status: u16, body: &'static str) -> (Client, Sent) {
    responding_bytes(status, body.as_bytes())
}

/// As [`responding`], with a body that need not be UTF-8.
pub(crate) fn responding_bytes(status: u16, body: &'static [u8]) -> (Client, Sent) {
    let (builder, sent) = builder(move || {
        let status = StatusCode::from_u16(status).expect("a status");
        let mut headers = HeaderMap::new();
        headers.insert("x-test", "1".parse().expect("a header"));
        Ok(TransportResponse::new(status, headers, body))
    });
    (builder.build().expect("a client"), sent)
}

/// A client whose requests all fail with this error.
pub(crate) fn failing(fail: fn() -> TransportError) -> Client {
    builder(move || Err(fail())).0.build().expect("a client")
}

/// Returns the output of a future that is ready at the first poll.
pub(crate) fn now<F: IntoFuture>(future: F) -> F::Output {
    let mut future = pin!(future.into_future());
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the fake transport never waits"),
    }
}

pub(crate) fn address() -> Address {
    Address::builder()
        .street("1 Main Street")
        .city("Springfield")
        .state("IL")
        .postal_code("62701")
        .country("US")
        .build()
}

pub(crate) fn contact() -> AuthorizedContact {
    AuthorizedContact::builder()
        .first_name("Ada")
        .last_name("Example")
        .email("ada@example.com")
        .phone("+12175550123")
        .title("Ms")
        .seniority(Seniority::Ceo)
        .build()
}

/// A request without violations.
pub(crate) fn bakery() -> CreateProfile {
    CreateProfile::builder()
        .profile_alias("Example Bakery")
        .customer_type(CustomerType::Direct)
        .entity_type(EntityType::Private)
        .company_name("Example Bakery LLC")
        .vertical(Vertical::Retail)
        .address(address())
        .authorized_contact(contact())
        .ein("012345678")
        .build()
}
