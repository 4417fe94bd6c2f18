//! Arbitrary bytes as a response body: decoding ends, and the outcome is never `NotSent`.

#![no_main]

use std::future::IntoFuture;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use libfuzzer_sys::fuzz_target;
use plivo::testing::Script;
use plivo::{Error, Method, Outcome};

/// Returns the output of a future that is ready at the first poll.
fn now<F: IntoFuture>(future: F) -> F::Output {
    let mut future = pin!(future.into_future());
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a script never waits"),
    }
}

fn check<T>(status: u16, result: Result<T, Error>) {
    let Err(error) = result else { return };
    assert!(!format!("{error} {error:?}").is_empty());
    assert!(error.outcome() != Outcome::NotSent, "{error}");
    // The body has an `error`, or it cannot be decoded.
    assert!(status != 200 || matches!(error.outcome(), Outcome::Executed | Outcome::Rejected), "{error}");
}

fuzz_target!(|data: &[u8]| {
    let [choice, body @ ..] = data else { return };
    let status = if choice & 0x80 == 0 { 200 } else { 400 };
    let client = Script::new().otherwise(status, body.to_vec()).client();
    match choice & 0x7f {
        0 => check(status, now(client.profile().get("p"))),
        1 => check(status, now(client.profile().delete("p"))),
        2 => check(status, now(client.profile().update("p").website("a"))),
        3 => check(status, now(client.request(Method::Get, "/v1/Account/{account}/"))),
        _ => {
            // A full page is followed by another request, but the list ends.
            let mut items = client.profile().list().limit(2).items();
            let mut count = 0;
            while let Some(item) = now(items.next()) {
                count += usize::from(item.is_ok());
                check(status, item);
            }
            assert!(count <= body.len());
        }
    }
});
