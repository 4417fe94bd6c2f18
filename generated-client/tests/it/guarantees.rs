//! Guarantees of the public types: `Send`, size, laziness, and what they show.

use std::sync::{Arc, Mutex};

use plivo::profile::{Profile, ProfileCreated, Seniority, Vertical};
use plivo::transport::{Transport, TransportError, TransportFuture, TransportRequest};
use plivo::{Client, Error, Page, Pending, Report, Response};

use crate::fake_transport::{AUTH_ID, UUID, bakery, now, responding};

fn assert_shared<T: Send + Sync + Clone + 'static>() {}

fn assert_movable<T: Send + Unpin + 'static>() {}

#[test]
fn types_can_be_shared_and_moved() {
    assert_shared::<Client>();
    assert_shared::<Response<Page<Profile>>>();
    assert_shared::<Report>();
    assert_movable::<Pending<ProfileCreated>>();
    assert_movable::<Pending<Page<Profile>>>();
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    error::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Client>(), size_of::<usize>());
    assert!(size_of::<Pending<Profile>>() <= 4 * size_of::<usize>());
}

#[test]
fn a_call_is_lazy_and_outlives_its_client() {
    let (client, sent) = responding(200, r#"{"profile_uuid":"p"}"#);
    drop(client.send(bakery()));
    let call = client.send(bakery());
    drop(client);
    assert_eq!(sent.count(), 0);
    now(call).expect("an answer");
    assert_eq!(sent.count(), 1);
}

#[test]
fn listed_values_parse_in_any_letter_case() {
    assert_eq!("real_estate".parse(), Ok(Vertical::RealEstate));
    let error = "retial".parse::<Vertical>().expect_err("it is not listed");
    assert_eq!(error.to_string(), "\"retial\" is not listed; did you mean RETAIL?");
    assert_eq!(Vertical::unlisted("RETAIL"), Vertical::Retail);
    assert_ne!(Vertical::unlisted("retail"), Vertical::Retail);
    assert_eq!((Seniority::Gm.to_string(), Seniority::Gm.is_listed()), ("GM".to_owned(), true));
}

#[tokio::test]
async fn calls_can_be_spawned() {
    let (client, _) = responding(200, r#"{"profile":{"profile_uuid":"p"}}"#);
    let call: Pending<Profile> = client.profile().get(UUID).send();
    let one = tokio::spawn(call).await.expect("it does not panic").expect("an answer");
    assert_eq!(one.into_inner().profile_uuid, "p");
}

#[cfg(unix)]
#[test]
fn a_token_that_is_not_unicode_is_not_shown() {
    use std::os::unix::ffi::OsStringExt;
    const CHILD: &str = "PLIVO_TEST_OF_THE_ENVIRONMENT";
    if std::env::var_os(CHILD).is_some() {
        let error = plivo::Client::from_env().expect_err("the token is not Unicode");
        let mut shown = format!("{error} {error:?}");
        let mut cause = std::error::Error::source(&error);
        while let Some(error) = cause {
            shown.push_str(&format!("{error} {error:?}"));
            cause = error.source();
        }
        assert!(!shown.contains("secret"), "{shown}");
        assert!(shown.starts_with("the environment variable PLIVO_AUTH_TOKEN is not Unicode"), "{shown}");
        return;
    }
    let token = std::ffi::OsString::from_vec(b"secret-\xff".to_vec());
    let mut child = std::process::Command::new(std::env::current_exe().expect("this program"));
    child.args(["--exact", "guarantees::a_token_that_is_not_unicode_is_not_shown"]).env(CHILD, "1");
    child.env("PLIVO_AUTH_ID", AUTH_ID).env("PLIVO_AUTH_TOKEN", token);
    let output = child.output().expect("this program");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && printed.contains("1 passed"), "{printed}");
}

#[test]
fn the_transport_wrapper_added_last_runs_first() {
    let (builder, sent) = crate::fake_transport::builder(|| Err(TransportError::unknown("down")));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let recording = |name: &'static str| {
        let seen = Arc::clone(&seen);
        move |inner| Recording { name, inner, seen }
    };
    let client =
        builder.wrap_transport(recording("inner")).wrap_transport(recording("outer")).build().expect("a client");
    now(client.profile().get(UUID).send().with_max_retries(0)).expect_err("it is down");
    assert_eq!(*seen.lock().expect("no panic"), ["outer", "inner"]);
    assert_eq!(sent.count(), 1);
}

struct Recording {
    name: &'static str,
    inner: Arc<dyn Transport>,
    seen: Arc<Mutex<Vec<&'static str>>>,
}

impl Transport for Recording {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        self.seen.lock().expect("no panic").push(self.name);
        self.inner.send(request)
    }
}
