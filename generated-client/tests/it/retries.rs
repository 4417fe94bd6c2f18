//! When a request is retried, and when it is not.

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use plivo::clock::Clock;
use plivo::transport::TransportError;
use plivo::{Client, Error, Outcome};

use crate::fake_server::{FOUND, Recorder, Reply, failure, fake_server, millis, response, response_with, seconds};
use crate::fake_transport::{UUID, bakery};
use crate::virtual_time::VirtualTime;

const CREATED: &str = r#"{"profile_uuid":"p"}"#;

/// A client whose first requests meet these faults, and whose later ones succeed.
fn faulty(time: &VirtualTime, faults: &'static [fn() -> Reply], body: &'static str) -> (Client, Recorder) {
    let (builder, recorder) =
        fake_server(time, move |index, _| faults.get(index).map_or_else(|| response(200, body), |fault| fault()));
    (builder.build().expect("a client"), recorder)
}

fn down() -> Reply {
    response(503, "")
}

fn refused() -> Reply {
    failure(TransportError::connect("refused"))
}

fn reset() -> Reply {
    failure(TransportError::unknown("reset"))
}

/// Sends a create that is first refused with 429 and this `Retry-After`. Returns when it was sent, and the attempts.
fn create_after_429(value: &'static str, date: Option<&'static str>) -> (Vec<Duration>, Result<u32, Error>) {
    let time = VirtualTime::new(1);
    let (builder, recorder) = fake_server(&time, move |index, _| {
        let mut headers = vec![("retry-after", value)];
        headers.extend(date.map(|date| ("date", date)));
        if index == 0 { response_with(429, &headers, "") } else { response(200, CREATED) }
    });
    let client = builder.build().expect("a client");
    let created = time.run(client.send(bakery()).with_timeout(seconds(100)));
    (recorder.starts(), created.map(|created| created.attempts()))
}

#[test]
fn retry_after_is_honored_as_seconds_and_as_a_date() {
    // Virtual time starts on Sunday, 6 November 1994, at 08:49:37.
    for (value, date, wait) in [
        ("7", None, 7),
        ("60", None, 60),
        ("Sun, 06 Nov 1994 08:49:57 GMT", None, 20),
        ("Sun, 06 Nov 1994 08:49:57 GMT", Some("Sun, 06 Nov 1994 08:49:45 GMT"), 12),
        ("Sunday, 06-Nov-94 08:49:57 GMT", None, 20),
    ] {
        let (starts, created) = create_after_429(value, date);
        assert_eq!((starts, created.expect(value)), (vec![seconds(0), seconds(wait)], 2), "{value}");
    }
}

#[test]
fn a_useless_retry_after_falls_back_to_backoff() {
    for value in ["0", "-1", "soon", "Sat, 05 Nov 1994 08:49:37 GMT"] {
        let (starts, created) = create_after_429(value, None);
        assert_eq!(created.expect(value), 2);
        assert!(starts[1] > seconds(0) && starts[1] < millis(500), "{value}: {starts:?}");
    }
}

#[test]
fn too_long_a_retry_after_is_left_to_the_caller() {
    for (value, wait) in [
        ("61", 61),
        ("86400", 86_400),
        ("99999999999999999999", u64::from(u32::MAX)),
        ("Mon, 06 Nov 1995 08:49:37 GMT", 365 * 86_400),
    ] {
        let (starts, created) = create_after_429(value, None);
        let error = created.expect_err(value);
        assert_eq!((starts.len(), error.retry_after()), (1, Some(seconds(wait))), "{value}");
        assert!(error.is_rate_limited() && error.outcome() == Outcome::Rejected && error.attempts() == 1);
    }
}

#[test]
fn a_retry_after_beyond_the_deadline_is_not_waited_for() {
    let time = VirtualTime::new(1);
    let (client, recorder) = faulty(&time, &[|| response_with(503, &[("retry-after", "10")], "")], FOUND);
    let error = time
        .run(client.profile().get(UUID).send().with_timeout(seconds(10)))
        .expect_err("the wait exceeds the deadline");
    assert_eq!((error.status(), error.retry_after(), time.now()), (Some(503), Some(seconds(10)), seconds(0)));
    let (client, second_recorder) = faulty(&time, &[|| response_with(503, &[("retry-after", "10")], "")], FOUND);
    time.run(client.profile().get(UUID).send().with_timeout(seconds(11))).expect("the wait fits into the deadline");
    assert_eq!((recorder.starts().len(), second_recorder.starts().len(), time.now()), (1, 2, seconds(10)));
}

#[test]
fn backoff_is_random_and_doubles() {
    let mut longest = [Duration::ZERO; 6];
    for seed in 0..300 {
        let time = VirtualTime::new(seed);
        let (client, recorder) = faulty(&time, &[down, down, down, down, down, down], FOUND);
        let found = time.run(client.profile().get(UUID).send().with_max_retries(6)).expect("the seventh succeeds");
        assert_eq!(found.attempts(), 7);
        let starts = recorder.starts();
        for (index, longest) in longest.iter_mut().enumerate() {
            *longest = (*longest).max(starts[index + 1] - starts[index]);
        }
    }
    for (longest, bound) in longest.iter().zip([500, 1000, 2000, 4000, 8000, 8000].map(millis)) {
        assert!(*longest < bound && *longest > bound.mul_f64(0.95), "{longest:?} of {bound:?}");
    }
}

#[test]
fn a_create_is_retried_only_if_it_cannot_have_been_executed() {
    let time = VirtualTime::new(1);
    let (client, recorder) = faulty(&time, &[refused, || response(429, "")], CREATED);
    assert_eq!(time.run(client.send(bakery())).expect("the third succeeds").attempts(), 3);
    let requests = &recorder.lock().requests;
    assert!(requests.iter().all(|request| request.body == requests[0].body && request.headers == requests[0].headers));
    for fault in [down as fn() -> Reply, reset, || response(408, ""), || Reply::Never] {
        let (builder, recorder) = fake_server(&time, move |_, _| fault());
        let error = time.run(builder.build().expect("a client").send(bakery())).expect_err("a fault");
        assert_eq!((error.outcome(), error.attempts(), recorder.starts().len()), (Outcome::Unknown, 1, 1));
    }
}

#[test]
fn max_retries_is_set_per_client_and_per_call() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = fake_server(&time, |_, _| down());
    let client = builder.max_retries(1).build().expect("a client");
    let attempts = |call: plivo::Pending<_>| {
        let error = time.run(call).expect_err("it is down");
        let sent = std::mem::take(&mut recorder.lock().starts).len();
        assert_eq!(error.attempts() as usize, sent);
        sent
    };
    assert_eq!(attempts(client.profile().get(UUID).send()), 2);
    assert_eq!(attempts(client.profile().get(UUID).send().with_max_retries(0)), 1);
    assert_eq!(attempts(client.profile().get(UUID).send().with_max_retries(4)), 5);
}

#[test]
fn the_outcome_covers_all_attempts() {
    let cut_off = || failure(TransportError::cut_off(StatusCode::OK, HeaderMap::new(), "closed"));
    let time = VirtualTime::new(1);
    let get_error = |faults| time.run(faulty(&time, faults, FOUND).0.profile().get(UUID)).expect_err("faults");
    let error = get_error(&[reset, refused, refused]);
    assert!(error.is_connect() && error.outcome() == Outcome::Unknown);
    let error = get_error(const { &[reset as fn() -> Reply, || response(404, "")] });
    assert!(error.is_not_found() && error.outcome() == Outcome::Unknown);
    let (builder, _) = fake_server(&time, move |index, _| if index == 0 { cut_off() } else { refused() });
    let error = time.run(builder.build().expect("a client").profile().get(UUID)).expect_err("faults");
    assert!(error.is_connect() && !error.is_decode() && error.outcome() == Outcome::Executed);
    let (client, _) = faulty(&time, &[|| response(429, ""), refused, refused], CREATED);
    let error = time.run(client.send(bakery())).expect_err("faults");
    assert!(error.is_connect() && error.outcome() == Outcome::Rejected);
}

#[test]
fn a_transport_that_never_ends_cannot_hang_a_call() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = fake_server(&time, |_, _| Reply::Never);
    let client = builder.build().expect("a client");
    let time_out = |call: plivo::Pending<_>| {
        let start = time.now();
        let error = time.run(call).expect_err("the request hangs");
        assert!(error.is_timeout() && error.outcome() == Outcome::Unknown, "{error:?}");
        assert!(error.to_string().ends_with(": no response arrived in time"), "{error}");
        (time.now() - start, error.attempts())
    };
    let get = || client.profile().get(UUID).send();
    assert_eq!(time_out(get()), (seconds(60), 2));
    let timeouts: Vec<_> = recorder.lock().requests.iter().map(|request| request.timeout).collect();
    assert!(timeouts[0] == seconds(30) && timeouts[1] > seconds(29) && timeouts[1] < seconds(30), "{timeouts:?}");
    assert_eq!(time_out(get().with_timeout(seconds(20))), (seconds(20), 1));
    assert_eq!(time_out(get().with_attempt_timeout(seconds(3)).with_max_retries(0)), (seconds(3), 1));
    assert_eq!(time_out(get().with_attempt_timeout(seconds(10)).with_timeout(seconds(15))), (seconds(15), 2));
    assert_eq!(time_out(get().with_timeout(Duration::MAX).with_max_retries(0)), (seconds(30), 1));
    assert_eq!(recorder.lock().in_flight, 0);
}

#[test]
fn the_retry_budget_bounds_retries_in_an_outage() {
    let time = VirtualTime::new(1);
    let (builder, recorder) =
        fake_server(&time, |_, request| if request.url.contains("down") { down() } else { response(200, FOUND) });
    let client = builder.build().expect("a client");
    let sent_to = |id: &str, calls: usize| {
        let before = recorder.starts().len();
        for _ in 0..calls {
            let _ = time.run(client.clone().profile().get(id).send());
        }
        recorder.starts().len() - before
    };
    // The budget has 500 tokens, and a retry costs 14. Clones share it.
    assert_eq!(sent_to("down", 1000), 1000 + 35);
    // A success returns one token; 10 were left.
    assert_eq!(sent_to("up", 3), 3);
    assert_eq!(sent_to("down", 10), 10);
    assert_eq!(sent_to("up", 1), 1);
    assert_eq!(sent_to("down", 10), 11);
    assert_eq!(sent_to("up", 2000), 2000);
    assert_eq!(sent_to("down", 1000), 1000 + 35);
}

#[test]
fn a_dropped_call_is_not_retried() {
    let time = VirtualTime::new(1);
    let (client, recorder) = faulty(&time, &[|| response_with(503, &[("retry-after", "10")], "")], FOUND);
    let call = client.profile().get(UUID).send();
    assert!(time.run(time.drop_after(seconds(5), call)).is_none());
    time.run(time.sleep(seconds(100)));
    assert_eq!(recorder.starts().len(), 1);
}
