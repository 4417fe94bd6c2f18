//! When a request is sent again, and when no more.

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use plivo::clock::Clock;
use plivo::transport::TransportError;
use plivo::{Client, Error, Outcome};

use crate::double::{UUID, bakery};
use crate::stage::{FOUND, Noted, Played, answer, answer_with, fail, millis, seconds, stage};
use crate::world::World;

const CREATED: &str = r#"{"profile_uuid":"p"}"#;

/// A client to which these are played, and then success.
fn playing(world: &World, faults: &'static [fn() -> Played], body: &'static str) -> (Client, Noted) {
    let (builder, noted) =
        stage(world, move |which, _| faults.get(which).map_or_else(|| answer(200, body), |fault| fault()));
    (builder.build().expect("a client"), noted)
}

fn down() -> Played {
    answer(503, "")
}

fn refused() -> Played {
    fail(TransportError::connect("refused"))
}

fn reset() -> Played {
    fail(TransportError::unknown("reset"))
}

/// What a create makes of status 429 with this `Retry-After`: when it was sent, and what came of it.
fn asked_to_wait(value: &'static str, date: Option<&'static str>) -> (Vec<Duration>, Result<u32, Error>) {
    let world = World::new(1);
    let (builder, noted) = stage(&world, move |which, _| {
        let mut headers = vec![("retry-after", value)];
        headers.extend(date.map(|date| ("date", date)));
        if which == 0 { answer_with(429, &headers, "") } else { answer(200, CREATED) }
    });
    let client = builder.build().expect("a client");
    let created = world.run(client.send(bakery()).with_timeout(seconds(100)));
    (noted.starts(), created.map(|created| created.attempts()))
}

#[test]
fn retry_after_is_honoured_in_both_forms() {
    // The world begins on Sunday, 6 November 1994, at 08:49:37.
    for (value, date, wait) in [
        ("7", None, 7),
        ("60", None, 60),
        ("Sun, 06 Nov 1994 08:49:57 GMT", None, 20),
        ("Sun, 06 Nov 1994 08:49:57 GMT", Some("Sun, 06 Nov 1994 08:49:45 GMT"), 12),
        ("Sunday, 06-Nov-94 08:49:57 GMT", None, 20),
    ] {
        let (starts, created) = asked_to_wait(value, date);
        assert_eq!((starts, created.expect(value)), (vec![seconds(0), seconds(wait)], 2), "{value}");
    }
}

#[test]
fn retry_after_of_no_use_leaves_the_backoff() {
    for value in ["0", "-1", "soon", "Sat, 05 Nov 1994 08:49:37 GMT"] {
        let (starts, created) = asked_to_wait(value, None);
        assert_eq!(created.expect(value), 2);
        assert!(starts[1] > seconds(0) && starts[1] < millis(500), "{value}: {starts:?}");
    }
}

#[test]
fn too_long_a_wait_is_left_to_the_caller() {
    for (value, wait) in [
        ("61", 61),
        ("86400", 86_400),
        ("99999999999999999999", u64::from(u32::MAX)),
        ("Mon, 06 Nov 1995 08:49:37 GMT", 365 * 86_400),
    ] {
        let (starts, created) = asked_to_wait(value, None);
        let error = created.expect_err(value);
        assert_eq!((starts.len(), error.retry_after()), (1, Some(seconds(wait))), "{value}");
        assert!(error.is_rate_limited() && error.outcome() == Outcome::Rejected && error.attempts() == 1);
    }
}

#[test]
fn a_wait_beyond_the_deadline_is_none() {
    let world = World::new(1);
    let (client, noted) = playing(&world, &[|| answer_with(503, &[("retry-after", "10")], "")], FOUND);
    let error = world.run(client.profile().get(UUID).send().with_timeout(seconds(10))).expect_err("no time");
    assert_eq!((error.status(), error.retry_after(), world.now()), (Some(503), Some(seconds(10)), seconds(0)));
    let (client, noted_too) = playing(&world, &[|| answer_with(503, &[("retry-after", "10")], "")], FOUND);
    world.run(client.profile().get(UUID).send().with_timeout(seconds(11))).expect("there is time");
    assert_eq!((noted.starts().len(), noted_too.starts().len(), world.now()), (1, 2, seconds(10)));
}

#[test]
fn the_wait_is_random_and_doubles() {
    let mut longest = [Duration::ZERO; 6];
    for seed in 0..300 {
        let world = World::new(seed);
        let (client, noted) = playing(&world, &[down, down, down, down, down, down], FOUND);
        let found = world.run(client.profile().get(UUID).send().with_max_retries(6)).expect("the seventh succeeds");
        assert_eq!(found.attempts(), 7);
        let starts = noted.starts();
        for (index, longest) in longest.iter_mut().enumerate() {
            *longest = (*longest).max(starts[index + 1] - starts[index]);
        }
    }
    for (longest, bound) in longest.iter().zip([500, 1000, 2000, 4000, 8000, 8000].map(millis)) {
        assert!(*longest < bound && *longest > bound.mul_f64(0.95), "{longest:?} of {bound:?}");
    }
}

#[test]
fn a_create_is_sent_again_only_if_it_cannot_have_been_executed() {
    let world = World::new(1);
    let (client, noted) = playing(&world, &[refused, || answer(429, "")], CREATED);
    assert_eq!(world.run(client.send(bakery())).expect("the third succeeds").attempts(), 3);
    let requests = &noted.lock().requests;
    assert!(requests.iter().all(|request| request.body == requests[0].body && request.headers == requests[0].headers));
    for fault in [down as fn() -> Played, reset, || answer(408, ""), || Played::Never] {
        let (builder, noted) = stage(&world, move |_, _| fault());
        let error = world.run(builder.build().expect("a client").send(bakery())).expect_err("a fault");
        assert_eq!((error.outcome(), error.attempts(), noted.starts().len()), (Outcome::Unknown, 1, 1));
    }
}

#[test]
fn the_number_of_retries_is_set_per_client_and_per_call() {
    let world = World::new(1);
    let (builder, noted) = stage(&world, |_, _| down());
    let client = builder.max_retries(1).build().expect("a client");
    let attempts = |call: plivo::Pending<_>| {
        let error = world.run(call).expect_err("it is down");
        let sent = std::mem::take(&mut noted.lock().starts).len();
        assert_eq!(error.attempts() as usize, sent);
        sent
    };
    assert_eq!(attempts(client.profile().get(UUID).send()), 2);
    assert_eq!(attempts(client.profile().get(UUID).send().with_max_retries(0)), 1);
    assert_eq!(attempts(client.profile().get(UUID).send().with_max_retries(4)), 5);
}

#[test]
fn the_outcome_is_that_of_all_attempts() {
    let cut_off = || fail(TransportError::cut_off(StatusCode::OK, HeaderMap::new(), "closed"));
    let world = World::new(1);
    let read = |faults| world.run(playing(&world, faults, FOUND).0.profile().get(UUID)).expect_err("faults");
    let error = read(&[reset, refused, refused]);
    assert!(error.is_connect() && error.outcome() == Outcome::Unknown);
    let error = read(const { &[reset as fn() -> Played, || answer(404, "")] });
    assert!(error.is_not_found() && error.outcome() == Outcome::Unknown);
    let (builder, _) = stage(&world, move |which, _| if which == 0 { cut_off() } else { refused() });
    let error = world.run(builder.build().expect("a client").profile().get(UUID)).expect_err("faults");
    assert!(error.is_connect() && !error.is_decode() && error.outcome() == Outcome::Executed);
    let (client, _) = playing(&world, &[|| answer(429, ""), refused, refused], CREATED);
    let error = world.run(client.send(bakery())).expect_err("faults");
    assert!(error.is_connect() && error.outcome() == Outcome::Rejected);
}

#[test]
fn a_transport_that_never_ends_cannot_hang_a_call() {
    let world = World::new(1);
    let (builder, noted) = stage(&world, |_, _| Played::Never);
    let client = builder.build().expect("a client");
    let took = |call: plivo::Pending<_>| {
        let start = world.now();
        let error = world.run(call).expect_err("nothing ends");
        assert!(error.is_timeout() && error.outcome() == Outcome::Unknown, "{error:?}");
        assert!(error.to_string().ends_with(": no response arrived in time"), "{error}");
        (world.now() - start, error.attempts())
    };
    let get = || client.profile().get(UUID).send();
    assert_eq!(took(get()), (seconds(60), 2));
    let timeouts: Vec<_> = noted.lock().requests.iter().map(|request| request.timeout).collect();
    assert!(timeouts[0] == seconds(30) && timeouts[1] > seconds(29) && timeouts[1] < seconds(30), "{timeouts:?}");
    assert_eq!(took(get().with_timeout(seconds(20))), (seconds(20), 1));
    assert_eq!(took(get().with_attempt_timeout(seconds(3)).with_max_retries(0)), (seconds(3), 1));
    assert_eq!(took(get().with_attempt_timeout(seconds(10)).with_timeout(seconds(15))), (seconds(15), 2));
    assert_eq!(took(get().with_timeout(Duration::MAX).with_max_retries(0)), (seconds(30), 1));
    assert_eq!(noted.lock().in_flight, 0);
}

#[test]
fn an_outage_is_not_multiplied() {
    let world = World::new(1);
    let (builder, noted) =
        stage(&world, |_, request| if request.url.contains("down") { down() } else { answer(200, FOUND) });
    let client = builder.build().expect("a client");
    let sent_to = |id: &str, calls: usize| {
        let before = noted.starts().len();
        for _ in 0..calls {
            let _ = world.run(client.clone().profile().get(id).send());
        }
        noted.starts().len() - before
    };
    // 500 tokens, 14 a retry, shared by clones.
    assert_eq!(sent_to("down", 1000), 1000 + 35);
    // An answer of success gives one back; 10 were left.
    assert_eq!(sent_to("up", 3), 3);
    assert_eq!(sent_to("down", 10), 10);
    assert_eq!(sent_to("up", 1), 1);
    assert_eq!(sent_to("down", 10), 11);
    assert_eq!(sent_to("up", 2000), 2000);
    assert_eq!(sent_to("down", 1000), 1000 + 35);
}

#[test]
fn nothing_is_sent_for_a_call_that_was_dropped() {
    let world = World::new(1);
    let (client, noted) = playing(&world, &[|| answer_with(503, &[("retry-after", "10")], "")], FOUND);
    let call = client.profile().get(UUID).send();
    assert!(world.run(world.abandon(seconds(5), call)).is_none());
    world.run(world.sleep(seconds(100)));
    assert_eq!(noted.starts().len(), 1);
}
