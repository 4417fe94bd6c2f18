//! Rate limits of the account, in virtual time.

use std::cell::RefCell;
use std::time::Duration;

use plivo::clock::Clock;
use plivo::{Client, Error, Outcome, Pending};

use crate::fake_server::{FOUND, Recorder, Reply, fake_server, id_of, millis, response, response_with, seconds};
use crate::fake_transport::UUID;
use crate::virtual_time::{Task, VirtualTime};

fn found(after: Duration) -> Reply {
    response(200, FOUND).after(after)
}

/// A client whose requests each take a random time of up to half a second.
fn random_server(time: &VirtualTime, seed: u64) -> (Client, Recorder) {
    let delays = std::sync::Mutex::new(fastrand::Rng::with_seed(seed));
    let (builder, recorder) = fake_server(time, move |_, _| {
        let delay = delays.lock().expect("no test panics while it holds the lock").u64(0..500);
        found(millis(delay))
    });
    (builder.build().expect("a client"), recorder)
}

/// Calls that must all succeed.
fn calls(client: &Client, count: usize) -> Vec<Task<'static>> {
    let call = |index| client.clone().profile().get(format!("{index}")).send();
    let task = |call: Pending<_>| async {
        call.await.expect("an answer");
    };
    (0..count).map(|index| Box::pin(task(call(index))) as Task<'_>).collect()
}

fn get(client: &Client) -> Pending<plivo::profile::Profile> {
    client.profile().get(UUID).send()
}

/// Asserts that a call failed because of the rate limit.
fn assert_rate_limited(error: &Error) {
    assert!(error.is_timeout() && !error.is_connect() && error.outcome() == Outcome::NotSent, "{error:?}");
    assert_eq!(error.attempts(), 0);
    assert!(error.to_string().ends_with(": not sent: the rate limiter had no capacity before the deadline"), "{error}");
}

#[test]
fn three_thousand_requests_respect_and_exhaust_the_rate_limit() {
    for seed in 0..3 {
        let time = VirtualTime::new(seed);
        let (client, recorder) = random_server(&time, seed);
        time.run_all(calls(&client, 3000));
        let recording = recorder.lock();
        assert_eq!((recording.starts.len(), recording.in_flight, recording.max_in_flight), (3000, 0, 100));
        // No more than 300 requests start in any 5 seconds.
        assert!(recording.starts.windows(301).all(|starts| starts[300] - starts[0] > seconds(5)));
        // 2,700 requests take at least 45 seconds.
        let duration = recording.starts[2700] - recording.starts[0];
        assert!(seconds(45).as_secs_f64() / duration.as_secs_f64() > 0.99, "{duration:?}");
    }
}

#[test]
fn a_slow_start_does_not_allow_a_later_burst() {
    let time = VirtualTime::new(1);
    let (client, recorder) = random_server(&time, 1);
    let mut random = fastrand::Rng::with_seed(7);
    let tasks = calls(&client, 3000).into_iter().map(|call| {
        let start = time.sleep(millis(random.u64(0..30_000)));
        let task = async {
            start.await;
            call.await;
        };
        Box::pin(task) as Task<'_>
    });
    time.run_all(tasks.collect());
    let starts = recorder.starts();
    assert!(starts.windows(301).all(|starts| starts[300] - starts[0] > seconds(5)));
}

#[test]
fn calls_start_in_the_order_in_which_they_were_made() {
    let time = VirtualTime::new(1);
    let (client, recorder) = random_server(&time, 1);
    time.run_all(calls(&client, 1000));
    let order: Vec<_> = recorder.lock().requests.iter().map(|request| id_of(request).to_owned()).collect();
    let expected: Vec<_> = (0..1000).map(|index| index.to_string()).collect();
    assert_eq!(order, expected);
}

#[test]
fn a_call_that_cannot_start_in_time_fails_at_once() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = fake_server(&time, |_, _| found(millis(1)));
    let client = builder.build().expect("a client");
    let refused = RefCell::new(Vec::new());
    let task = |call: Pending<_>| async {
        if let Err(error) = call.await {
            refused.borrow_mut().push((time.now(), error));
        }
    };
    time.run_all((0..4000).map(|_| Box::pin(task(get(&client))) as Task<'_>).collect());
    // Twelve windows fit into the deadline of 60 seconds. The rest would start in the thirteenth.
    assert_eq!((recorder.starts().len(), refused.borrow().len()), (3600, 400));
    for (at, error) in refused.borrow().iter() {
        assert_rate_limited(error);
        assert_eq!((*at, error.retry_after()), (seconds(0), Some(millis(60_120))));
    }
}

#[test]
fn waiting_for_the_rate_limit_counts_toward_the_deadline() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = fake_server(&time, |index, _| if index == 0 { found(millis(0)) } else { Reply::Never });
    let client = builder.rate_limit(1, seconds(5)).max_in_flight(1).build().expect("a client");
    time.run(get(&client)).expect("an answer");
    let error = time.run(get(&client).with_timeout(seconds(8))).expect_err("the request hangs");
    assert_eq!((error.outcome(), error.attempts(), time.now()), (Outcome::Unknown, 1, seconds(8)));
    assert_eq!(recorder.lock().requests[1].timeout, seconds(8) - millis(5010));
    // Nobody knows when a request in flight ends, so this call fails only at its deadline.
    let waiting = async {
        time.sleep(seconds(10)).await;
        let error = get(&client).with_timeout(seconds(9)).await.expect_err("the slot is taken");
        assert_rate_limited(&error);
        assert_eq!((time.now(), error.retry_after()), (seconds(27), None));
    };
    let hanging = async {
        let error = get(&client).await.expect_err("the request hangs");
        assert_eq!(error.outcome(), Outcome::Unknown);
    };
    time.run_all(vec![Box::pin(hanging), Box::pin(waiting)]);
}

#[test]
fn a_dropped_call_releases_its_slot() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = fake_server(&time, |index, _| if index == 0 { Reply::Never } else { found(seconds(1)) });
    let client = builder.max_in_flight(1).build().expect("a client");
    let in_flight = async { assert!(time.drop_after(seconds(3), get(&client)).await.is_none()) };
    let first_in_queue = async { assert!(time.drop_after(seconds(2), get(&client)).await.is_none()) };
    let second_in_queue = async { assert!(time.drop_after(seconds(1), get(&client)).await.is_none()) };
    let third = async {
        get(&client).await.expect("an answer");
        assert_eq!(time.now(), seconds(4));
    };
    time.run_all(vec![Box::pin(in_flight), Box::pin(first_in_queue), Box::pin(second_in_queue), Box::pin(third)]);
    assert_eq!(recorder.starts(), [seconds(0), seconds(3)]);
}

#[test]
fn calls_dropped_in_the_queue_do_not_delay_the_next() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = fake_server(&time, |_, _| found(millis(1)));
    let client = builder.rate_limit(1, seconds(5)).build().expect("a client");
    let mut tasks: Vec<Task<'_>> = calls(&client, 1);
    for _ in 0..9 {
        tasks.push(Box::pin(async { assert!(time.drop_after(seconds(1), get(&client)).await.is_none()) }));
    }
    tasks.extend(calls(&client, 1));
    time.run_all(tasks);
    assert_eq!(recorder.starts(), [seconds(0), millis(5010)]);
}

/// A server that replies to the first request with 429 and this `Retry-After`, after a second.
fn pausing(time: &VirtualTime, wait: &'static str) -> (plivo::ClientBuilder, Recorder) {
    let too_many = move || response_with(429, &[("retry-after", wait)], "").after(seconds(1));
    fake_server(time, move |index, _| if index == 0 { too_many() } else { found(millis(1)) })
}

#[test]
fn a_429_pauses_all_clones() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = pausing(&time, "20");
    let client = builder.max_in_flight(1).build().expect("a client");
    let failures = RefCell::new(Vec::new());
    let impatient = || async {
        let error =
            get(&client.clone()).with_timeout(seconds(15)).await.expect_err("the pause is longer than the deadline");
        assert_rate_limited(&error);
        failures.borrow_mut().push((time.now(), error.retry_after()));
    };
    let late = async {
        time.sleep(seconds(2)).await;
        get(&client.clone()).await.expect("an answer");
        assert_eq!(time.now(), seconds(21) + millis(2));
    };
    let mut tasks = calls(&client, 2);
    // One is first in the queue, the other behind a call that can wait.
    tasks.insert(1, Box::pin(impatient()));
    tasks.insert(3, Box::pin(impatient()));
    tasks.push(Box::pin(late));
    time.run_all(tasks);
    assert_eq!(*failures.borrow(), [(seconds(1), Some(seconds(20))); 2]);
    assert_eq!(recorder.starts(), [seconds(0), seconds(21), seconds(21) + millis(1), seconds(21) + millis(2)]);
}

#[test]
fn a_pause_is_bounded_and_works_without_rate_limits() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = pausing(&time, "86400");
    let client = builder.without_limits().build().expect("a client");
    let error = time.run(get(&client)).expect_err("the Retry-After is too long");
    assert_eq!((error.retry_after(), error.attempts()), (Some(seconds(86_400)), 1));
    assert_rate_limited(&time.run(get(&client)).expect_err("the pause lasts a minute"));
    time.run(get(&client).with_timeout(seconds(61))).expect("an answer");
    assert_eq!(recorder.starts(), [seconds(0), seconds(61)]);
}

#[test]
fn a_failure_without_retry_after_pauses_nobody() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = fake_server(&time, |index, _| match index {
        0 => response(429, ""),
        1 => response_with(503, &[("retry-after", "9")], ""),
        _ => found(millis(0)),
    });
    let client = builder.max_retries(0).build().expect("a client");
    assert!(time.run(get(&client)).expect_err("429").is_rate_limited());
    assert!(time.run(get(&client)).expect_err("503").is_server());
    time.run(get(&client)).expect("an answer");
    assert_eq!(recorder.starts(), [seconds(0); 3]);
}

#[test]
fn rate_limits_can_be_changed_and_disabled() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = fake_server(&time, |_, _| found(seconds(1)));
    let client = builder.without_limits().build().expect("a client");
    time.run_all(calls(&client, 1000));
    assert_eq!(recorder.starts(), [seconds(0); 1000]);
    let (builder, recorder) = fake_server(&time, |_, _| found(seconds(1)));
    let client = builder.without_limits().max_in_flight(2).build().expect("a client");
    let start = time.now();
    time.run_all(calls(&client, 5));
    let starts: Vec<_> = recorder.starts().iter().map(|at| (*at - start).as_secs()).collect();
    assert_eq!(starts, [0, 0, 1, 1, 2]);
}

#[test]
fn rate_limits_of_zero_are_refused() {
    let build = |change: fn(plivo::ClientBuilder) -> plivo::ClientBuilder| {
        change(Client::builder().credentials("i", "t")).build().expect_err("a limit of zero")
    };
    assert!(build(|builder| builder.rate_limit(0, seconds(5))).is_config());
    assert!(build(|builder| builder.rate_limit(300, seconds(0))).is_config());
    assert!(build(|builder| builder.max_in_flight(0)).is_config());
}
