//! The limits of the account, in a time of its own.

use std::cell::RefCell;
use std::time::Duration;

use plivo::clock::Clock;
use plivo::{Client, Error, Outcome, Pending};

use crate::double::UUID;
use crate::stage::{FOUND, Noted, Played, answer, answer_with, id_of, millis, seconds, stage};
use crate::world::{Task, World};

fn found(after: Duration) -> Played {
    answer(200, FOUND).after(after)
}

/// Every answer takes a random time of up to half a second.
fn random_server(world: &World, seed: u64) -> (Client, Noted) {
    let times = std::sync::Mutex::new(fastrand::Rng::with_seed(seed));
    let (builder, noted) = stage(world, move |_, _| {
        let time = times.lock().expect("no test panics while it holds this").u64(0..500);
        found(millis(time))
    });
    (builder.build().expect("a client"), noted)
}

/// Calls that all succeed.
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

/// Of a call that had no place.
fn assert_no_room(error: &Error) {
    assert!(error.is_timeout() && !error.is_connect() && error.outcome() == Outcome::NotSent, "{error:?}");
    assert_eq!(error.attempts(), 0);
    assert!(error.to_string().ends_with(": not sent: the rate limit left no room before the deadline"), "{error}");
}

#[test]
fn three_thousand_requests_keep_the_limits_and_use_them() {
    for seed in 0..3 {
        let world = World::new(seed);
        let (client, noted) = random_server(&world, seed);
        world.run_all(calls(&client, 3000));
        let notes = noted.lock();
        assert_eq!((notes.starts.len(), notes.in_flight, notes.most_in_flight), (3000, 0, 100));
        // Any 300 and the next take more than 5 seconds.
        assert!(notes.starts.windows(301).all(|starts| starts[300] - starts[0] > seconds(5)));
        // 2,700 requests take 45 seconds at best.
        let took = notes.starts[2700] - notes.starts[0];
        assert!(seconds(45).as_secs_f64() / took.as_secs_f64() > 0.99, "{took:?}");
    }
}

#[test]
fn a_slow_start_is_followed_by_no_burst() {
    let world = World::new(1);
    let (client, noted) = random_server(&world, 1);
    let mut random = fastrand::Rng::with_seed(7);
    let tasks = calls(&client, 3000).into_iter().map(|call| {
        let start = world.sleep(millis(random.u64(0..30_000)));
        let task = async {
            start.await;
            call.await;
        };
        Box::pin(task) as Task<'_>
    });
    world.run_all(tasks.collect());
    let starts = noted.starts();
    assert!(starts.windows(301).all(|starts| starts[300] - starts[0] > seconds(5)));
}

#[test]
fn the_first_to_come_is_the_first_to_start() {
    let world = World::new(1);
    let (client, noted) = random_server(&world, 1);
    world.run_all(calls(&client, 1000));
    let order: Vec<_> = noted.lock().requests.iter().map(|request| id_of(request).to_owned()).collect();
    let expected: Vec<_> = (0..1000).map(|index| index.to_string()).collect();
    assert_eq!(order, expected);
}

#[test]
fn who_cannot_start_in_time_is_told_at_once() {
    let world = World::new(1);
    let (builder, noted) = stage(&world, |_, _| found(millis(1)));
    let client = builder.build().expect("a client");
    let refused = RefCell::new(Vec::new());
    let task = |call: Pending<_>| async {
        if let Err(error) = call.await {
            refused.borrow_mut().push((world.now(), error));
        }
    };
    world.run_all((0..4000).map(|_| Box::pin(task(get(&client))) as Task<'_>).collect());
    // There are twelve windows in 60 seconds; the rest would start in the thirteenth.
    assert_eq!((noted.starts().len(), refused.borrow().len()), (3600, 400));
    for (at, error) in refused.borrow().iter() {
        assert_no_room(error);
        assert_eq!((*at, error.retry_after()), (seconds(0), Some(millis(60_120))));
    }
}

#[test]
fn waits_count_into_the_deadline() {
    let world = World::new(1);
    let (builder, noted) = stage(&world, |which, _| if which == 0 { found(millis(0)) } else { Played::Never });
    let client = builder.rate_limit(1, seconds(5)).max_in_flight(1).build().expect("a client");
    world.run(get(&client)).expect("an answer");
    let error = world.run(get(&client).with_timeout(seconds(8))).expect_err("it never ends");
    assert_eq!((error.outcome(), error.attempts(), world.now()), (Outcome::Unknown, 1, seconds(8)));
    assert_eq!(noted.lock().requests[1].timeout, seconds(8) - millis(5010));
    // How long those take that are in flight nobody knows: this is told when its time is over.
    let waiting = async {
        world.sleep(seconds(10)).await;
        let error = get(&client).with_timeout(seconds(9)).await.expect_err("no room");
        assert_no_room(&error);
        assert_eq!((world.now(), error.retry_after()), (seconds(27), None));
    };
    let hanging = async {
        let error = get(&client).await.expect_err("it never ends");
        assert_eq!(error.outcome(), Outcome::Unknown);
    };
    world.run_all(vec![Box::pin(hanging), Box::pin(waiting)]);
}

#[test]
fn a_dropped_call_gives_its_place_back() {
    let world = World::new(1);
    let (builder, noted) = stage(&world, |which, _| if which == 0 { Played::Never } else { found(seconds(1)) });
    let client = builder.max_in_flight(1).build().expect("a client");
    let in_flight = async { assert!(world.abandon(seconds(3), get(&client)).await.is_none()) };
    let first_in_queue = async { assert!(world.abandon(seconds(2), get(&client)).await.is_none()) };
    let second_in_queue = async { assert!(world.abandon(seconds(1), get(&client)).await.is_none()) };
    let third = async {
        get(&client).await.expect("an answer");
        assert_eq!(world.now(), seconds(4));
    };
    world.run_all(vec![Box::pin(in_flight), Box::pin(first_in_queue), Box::pin(second_in_queue), Box::pin(third)]);
    assert_eq!(noted.starts(), [seconds(0), seconds(3)]);
}

#[test]
fn who_leaves_the_queue_makes_room_for_the_next() {
    let world = World::new(1);
    let (builder, noted) = stage(&world, |_, _| found(millis(1)));
    let client = builder.rate_limit(1, seconds(5)).build().expect("a client");
    let mut tasks: Vec<Task<'_>> = calls(&client, 1);
    for _ in 0..9 {
        tasks.push(Box::pin(async { assert!(world.abandon(seconds(1), get(&client)).await.is_none()) }));
    }
    tasks.extend(calls(&client, 1));
    world.run_all(tasks);
    assert_eq!(noted.starts(), [seconds(0), millis(5010)]);
}

/// After a second, the first request is asked to wait so long.
fn pausing(world: &World, wait: &'static str) -> (plivo::ClientBuilder, Noted) {
    let asking = move || answer_with(429, &[("retry-after", wait)], "").after(seconds(1));
    stage(world, move |which, _| if which == 0 { asking() } else { found(millis(1)) })
}

#[test]
fn too_many_requests_pause_all_clones() {
    let world = World::new(1);
    let (builder, noted) = pausing(&world, "20");
    let client = builder.max_in_flight(1).build().expect("a client");
    let told = RefCell::new(Vec::new());
    let impatient = || async {
        let error = get(&client.clone()).with_timeout(seconds(15)).await.expect_err("it cannot wait so long");
        assert_no_room(&error);
        told.borrow_mut().push((world.now(), error.retry_after()));
    };
    let late = async {
        world.sleep(seconds(2)).await;
        get(&client.clone()).await.expect("an answer");
        assert_eq!(world.now(), seconds(21) + millis(2));
    };
    let mut tasks = calls(&client, 2);
    // One is the first in the queue, one stands behind somebody who can wait.
    tasks.insert(1, Box::pin(impatient()));
    tasks.insert(3, Box::pin(impatient()));
    tasks.push(Box::pin(late));
    world.run_all(tasks);
    assert_eq!(*told.borrow(), [(seconds(1), Some(seconds(20))); 2]);
    assert_eq!(noted.starts(), [seconds(0), seconds(21), seconds(21) + millis(1), seconds(21) + millis(2)]);
}

#[test]
fn a_pause_has_an_end_and_needs_no_limits() {
    let world = World::new(1);
    let (builder, noted) = pausing(&world, "86400");
    let client = builder.without_limits().build().expect("a client");
    let error = world.run(get(&client)).expect_err("it is asked to wait too long");
    assert_eq!((error.retry_after(), error.attempts()), (Some(seconds(86_400)), 1));
    assert_no_room(&world.run(get(&client)).expect_err("a minute is too long"));
    world.run(get(&client).with_timeout(seconds(61))).expect("an answer");
    assert_eq!(noted.starts(), [seconds(0), seconds(61)]);
}

#[test]
fn a_failure_without_retry_after_pauses_nobody() {
    let world = World::new(1);
    let (builder, noted) = stage(&world, |which, _| match which {
        0 => answer(429, ""),
        1 => answer_with(503, &[("retry-after", "9")], ""),
        _ => found(millis(0)),
    });
    let client = builder.max_retries(0).build().expect("a client");
    assert!(world.run(get(&client)).expect_err("429").is_rate_limited());
    assert!(world.run(get(&client)).expect_err("503").is_server());
    world.run(get(&client)).expect("an answer");
    assert_eq!(noted.starts(), [seconds(0); 3]);
}

#[test]
fn limits_can_be_changed_and_taken_away() {
    let world = World::new(1);
    let (builder, noted) = stage(&world, |_, _| found(seconds(1)));
    let client = builder.without_limits().build().expect("a client");
    world.run_all(calls(&client, 1000));
    assert_eq!(noted.starts(), [seconds(0); 1000]);
    let (builder, noted) = stage(&world, |_, _| found(seconds(1)));
    let client = builder.without_limits().max_in_flight(2).build().expect("a client");
    let start = world.now();
    world.run_all(calls(&client, 5));
    let starts: Vec<_> = noted.starts().iter().map(|at| (*at - start).as_secs()).collect();
    assert_eq!(starts, [0, 0, 1, 1, 2]);
}

#[test]
fn a_limit_of_nothing_is_refused() {
    let build = |change: fn(plivo::ClientBuilder) -> plivo::ClientBuilder| {
        change(Client::builder().credentials("i", "t")).build().expect_err("nothing gets through")
    };
    assert!(build(|builder| builder.rate_limit(0, seconds(5))).is_config());
    assert!(build(|builder| builder.rate_limit(300, seconds(0))).is_config());
    assert!(build(|builder| builder.max_in_flight(0)).is_config());
}
