//! The blocking client.

use std::future::poll_fn;
use std::sync::{Arc, OnceLock};
use std::task::Poll;
use std::thread;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use plivo::profile::{GetProfile, Profile};
use plivo::testing::Script;
use plivo::transport::{Transport, TransportFuture, TransportRequest, TransportResponse};
use plivo::{Client, Method, Outcome, blocking};

use crate::fake_transport::{UUID, bakery};

const FOUND: &str = r#"{"api_id":"a","profile":{"profile_uuid":"p"}}"#;

fn client(script: &Script) -> blocking::Client {
    script.client().blocking().expect("a thread")
}

/// The body of a page with these profiles.
fn page(ids: &[&str]) -> String {
    let rows: Vec<_> = ids.iter().map(|id| format!(r#"{{"profile_uuid":"{id}"}}"#)).collect();
    format!(r#"{{"profiles":[{}],"meta":{{"limit":2}}}}"#, rows.join(","))
}

#[test]
fn blocking_calls_wait_where_async_calls_await() {
    let created = r#"{"api_id":"a","profile_uuid":"p"}"#;
    let script = Script::new().answer(200, FOUND).answer(202, created).answer(404, "{}").answer(200, r#"{"n":1}"#);
    let client = client(&script);
    let found = client.profile().get(UUID).wait().expect("an answer");
    assert_eq!((found.profile_uuid.as_str(), found.api_id(), found.attempts()), ("p", Some("a"), 1));
    assert_eq!(client.send(bakery()).wait().expect("an answer").status(), 202);
    let gone = client.profile().delete(UUID).send().with_max_retries(0).wait().expect_err("it is gone");
    assert!(gone.is_not_found() && gone.outcome() == Outcome::Rejected);
    let any = client.request(Method::Get, "/v1/Account/{account}/").wait().expect("an answer");
    assert_eq!(any["n"], 1);
    assert_eq!(script.requests().len(), 4);
}

#[test]
fn lists_are_iterators() {
    let script = Script::new().answer(200, page(&["a", "b"])).answer(200, page(&["c"]));
    let items = client(&script).profile().list().limit(2).items();
    let ids: Result<Vec<_>, _> = items.map(|item| item.map(|profile: Profile| profile.profile_uuid)).collect();
    assert_eq!(ids.expect("no error"), ["a", "b", "c"]);
    let script = Script::new().answer(200, page(&["a", "b"])).answer(400, "{}");
    let mut pages = client(&script).profile().list().limit(2).pages();
    assert_eq!(pages.next().expect("a page").expect("an answer").items.len(), 2);
    assert!(pages.next().expect("an outcome").is_err() && pages.next().is_none());
    assert_eq!(pages.offset(), 2);
}

#[test]
fn a_search_waits_for_all_pages() {
    let client = client(&Script::new().otherwise(200, r#"{"profiles":[{"profile_uuid":"a","profile_alias":"mine"}]}"#));
    assert_eq!(client.profile().find("mine").wait().expect("a page").len(), 1);
    assert!(client.profile().find("other").wait().expect("a page").is_empty());
}

#[test]
fn threads_share_a_client() {
    let client = client(&Script::new().otherwise(200, FOUND));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..20).for_each(|_| drop(client.profile().get(UUID).wait().expect("an answer"))));
        }
    });
}

/// Blocking on or dropping a tokio runtime inside of async code would panic.
#[tokio::test]
async fn a_blocking_client_can_be_used_and_dropped_in_async_code() {
    let client = client(&Script::new().otherwise(200, FOUND));
    client.profile().get(UUID).wait().expect("an answer");
    drop(client);
}

#[test]
fn sockets_and_timers_work_without_an_async_runtime() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let builder = Client::builder().credentials("MAXX", "token").base_url(url).max_retries(0);
    let client = builder.build().and_then(Client::blocking).expect("a client");
    // The connection is never accepted, so no response comes.
    let call = client.send(GetProfile::builder(UUID).build()).with_timeout(Duration::from_millis(500));
    let error = call.wait().expect_err("no response comes");
    assert!(error.is_timeout() && error.outcome() == Outcome::Unknown, "{error:?}");
}

#[test]
fn debug_output_of_the_blocking_client_shows_no_secret() {
    fn assert_shared<T: Send + Sync + Clone + 'static>() {}
    assert_shared::<blocking::Client>();
    let client = client(&Script::new());
    let shown = format!("{client:?} {:?} {:?}", client.profile(), client.send(bakery()));
    assert!(!shown.contains(plivo::testing::AUTH_TOKEN) && !shown.contains(plivo::testing::AUTH_ID), "{shown}");
    assert!(!shown.contains("Example Bakery LLC"), "{shown}");
}

/// A transport that waits for another call while it is polled.
struct Nested(OnceLock<blocking::Client>);

impl Transport for Nested {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        let is_inner = request.url.contains("inner");
        let mut is_first = true;
        Box::pin(async move {
            poll_fn(|context| {
                if is_inner || !std::mem::take(&mut is_first) {
                    return Poll::Ready(());
                }
                context.waker().wake_by_ref();
                let client = self.0.get().expect("a client");
                client.profile().get("inner").wait().expect("an answer");
                // Simulates an inner wait that consumes the wakeup of the outer one.
                std::thread::park_timeout(Duration::ZERO);
                Poll::Pending
            })
            .await;
            Ok(TransportResponse::new(StatusCode::OK, HeaderMap::new(), FOUND))
        })
    }
}

#[test]
fn a_nested_wait_does_not_consume_the_wakeup_of_the_outer_one() {
    let transport = Arc::new(Nested(OnceLock::new()));
    let builder = Client::builder().credentials("MAXX", "token").transport(Arc::clone(&transport));
    let client = builder.build().and_then(Client::blocking).expect("a client");
    transport.0.set(client.clone()).expect("it is not set yet");
    client.profile().get(UUID).wait().expect("an answer");
}
