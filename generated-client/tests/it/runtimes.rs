//! A client that several tokio runtimes use.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use plivo::{Client, Error, ErrorKind, File, Outcome};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use crate::disconnects::{CREATED, settings};
use crate::fake_transport::{bakery, now, responding};
use crate::faulty_socket::{Ends, FaultySocket, Plan, Reads};
use crate::upload::Upload;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Makes a call, and lets the runtime finish its tasks.
fn create(runtime: &Runtime, client: &Client) {
    runtime.block_on(async {
        let call = client.send(bakery()).with_attempt_timeout(Duration::from_secs(3));
        call.await.expect("an answer");
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    });
}

#[test]
fn a_runtime_that_idles_does_not_stall_the_calls_of_another() {
    let (started, address) = oneshot::channel();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = thread::spawn(move || {
        runtime().block_on(async {
            // The connections stay open, so that the client could use them again.
            let server = FaultySocket::start(Plan { reads: Reads::All, writes: CREATED, ends: Ends::Silent }).await;
            started.send(server.address).expect("the test waits");
            let _ = stopped.await;
            server.connections()
        })
    });
    let address = address.blocking_recv().expect("the server starts");
    let client = settings(format!("http://{address}")).build().expect("a client");
    let (first, second) = (runtime(), runtime());
    create(&first, &client);
    create(&second, &client);
    drop(first);
    create(&runtime(), &client);
    stop.send(()).expect("the server runs");
    assert_eq!(server.join().expect("the server does not panic"), 3);
}

#[test]
fn a_call_outside_of_a_runtime_is_an_error() {
    let client = settings("http://127.0.0.1:9".to_owned()).build().expect("a client");
    let error = now(client.send(bakery())).expect_err("there is no runtime");
    assert_lacks_runtime(&error);
}

/// Asserts that a call failed before its first attempt, and that the error says how to mend it.
fn assert_lacks_runtime(error: &Error) {
    assert_eq!((error.outcome(), error.attempts(), error.kind()), (Outcome::NotSent, 0, ErrorKind::Other), "{error:?}");
    assert!(!error.is_validation() && !error.is_connect() && !error.is_config() && !error.is_file(), "{error:?}");
    let message = "not sent: no tokio runtime is running; await the call on one, such as that of `#[tokio::main]`, or \
                   use the client of the feature `blocking`";
    assert!(error.to_string().ends_with(message), "{error}");
    let source = std::error::Error::source(error).expect("a reason").to_string();
    assert!(source.starts_with("there is no reactor running"), "{source}");
}

#[test]
fn a_call_outside_of_a_runtime_that_would_wait_is_an_error() {
    let client = settings("http://127.0.0.1:9".to_owned()).max_in_flight(1).build().expect("a client");
    let runtime = runtime();
    let mut running = client.send(bakery());
    runtime.block_on(async {
        // The connection is not made before the runtime runs again.
        let is_pending = |context: &mut Context<'_>| Poll::Ready(Pin::new(&mut running).poll(context).is_pending());
        assert!(poll_fn(is_pending).await);
    });
    assert_lacks_runtime(&now(client.send(bakery())).expect_err("there is no runtime"));
    let _guard = runtime.enter();
    drop(running);
}

#[test]
fn a_call_with_a_file_outside_of_a_runtime_is_an_error() {
    let (client, _) = responding(200, "{}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    assert_lacks_runtime(&now(client.send(Upload::of(File::from_path(path)))).expect_err("there is no runtime"));
}
