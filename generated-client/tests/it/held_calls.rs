//! Calls that are polled and then held, such as a branch of `select!` that is kept for later. They block no other call.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use plivo::clock::Clock;
use plivo::profile::Profile;
use plivo::transport::{Transport, TransportFuture, TransportRequest, TransportResponse};
use plivo::{Client, Outcome, Pending};

use crate::fake_server::{FOUND, Reply, fake_server, id_of, millis, response, seconds};
use crate::fake_transport::{AUTH_ID, TOKEN, bakery};
use crate::virtual_time::{Task, VirtualTime};

fn get(client: &Client, id: impl ToString) -> Pending<Profile> {
    client.profile().get(id.to_string()).send()
}

/// Polls a call once. Returns its output if it has completed.
async fn poll_once<F: Future + Unpin>(call: &mut F) -> Option<F::Output> {
    poll_fn(|context| match Pin::new(&mut *call).poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

/// Polls a call once, then not for this time, and then until it completes.
async fn hold<F: Future + Unpin>(time: &VirtualTime, mut call: F, duration: Duration) -> F::Output {
    match poll_once(&mut call).await {
        Some(output) => output,
        None => {
            time.sleep(duration).await;
            call.await
        }
    }
}

/// Calls that all succeed, the last of them not after this time.
fn succeeding<'a>(time: &'a VirtualTime, client: &Client, count: usize, at_latest: Duration) -> Vec<Task<'a>> {
    let task = |call: Pending<Profile>| async move {
        call.await.expect("an answer");
        assert!(time.now() <= at_latest, "{:?}", time.now());
    };
    (0..count).map(|index| Box::pin(task(get(client, index))) as Task<'_>).collect()
}

#[test]
fn calls_held_at_the_head_of_the_queue_are_passed() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = fake_server(&time, |_, _| response(200, FOUND).after(seconds(1)));
    let client = builder.max_in_flight(1).build().expect("a client");
    let mut tasks = succeeding(&time, &client, 1, seconds(1));
    for _ in 0..3 {
        tasks.push(Box::pin(async {
            let call = get(&client, "held").with_timeout(seconds(200));
            hold(&time, call, seconds(100)).await.expect("an answer");
            assert!(time.now() >= seconds(100));
        }));
    }
    tasks.extend(succeeding(&time, &client, 20, seconds(25)));
    time.run_all(tasks);
    let recording = recorder.lock();
    assert_eq!((recording.starts.len(), recording.max_in_flight), (24, 1));
}

#[test]
fn a_call_that_is_held_while_the_window_is_closed_is_passed() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = fake_server(&time, |_, _| response(200, FOUND));
    let client = builder.rate_limit(1, seconds(1)).build().expect("a client");
    let mut tasks = succeeding(&time, &client, 1, seconds(0));
    tasks.push(Box::pin(async { hold(&time, get(&client, "held"), seconds(30)).await.map(drop).expect("an answer") }));
    tasks.extend(succeeding(&time, &client, 20, seconds(21)));
    time.run_all(tasks);
    assert_eq!(recorder.starts().len(), 22);
    assert_eq!(recorder.lock().requests.last().map(id_of), Some("held"));
}

#[test]
fn held_calls_do_not_make_a_new_call_fail_at_once() {
    let time = VirtualTime::new(1);
    let (builder, _) = fake_server(&time, |_, _| response(200, FOUND));
    let client = builder.rate_limit(1, seconds(5)).build().expect("a client");
    time.run_all(succeeding(&time, &client, 1, seconds(0)));
    let mut held: Vec<_> = (0..11).map(|index| get(&client, index)).collect();
    time.run(async {
        for call in &mut held {
            assert!(poll_once(call).await.is_none());
        }
        let error = get(&client, "late").await.expect_err("eleven calls are before it");
        assert_eq!(error.outcome(), Outcome::NotSent);
        time.sleep(seconds(10)).await;
        get(&client, "later").await.expect("an answer: nobody else polls");
    });
    assert_eq!(time.now(), seconds(10));
}

/// Each held call at the head costs the others a moment, however long the queue is.
#[test]
fn calls_held_at_the_head_of_a_long_queue_are_passed_as_quickly_as_in_a_short_one() {
    for count in [20, 200, 3000] {
        let time = VirtualTime::new(1);
        let (builder, recorder) = fake_server(&time, |_, _| response(200, FOUND).after(millis(1)));
        let client = builder.without_limits().max_in_flight(1).timeout(seconds(600)).build().expect("a client");
        let mut tasks = succeeding(&time, &client, 1, seconds(1));
        for _ in 0..5 {
            let call = get(&client, "held");
            tasks.push(Box::pin(async { hold(&time, call, seconds(100)).await.map(drop).expect("an answer") }));
        }
        tasks.extend(succeeding(&time, &client, count, millis(count as u64 + 5 * 250 + 1)));
        time.run_all(tasks);
        assert_in_order(&recorder.lock().requests[1..], count);
    }
}

#[test]
fn many_calls_held_at_the_head_of_a_long_queue_are_passed_together() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = fake_server(&time, |_, _| response(200, FOUND).after(millis(1)));
    let client = builder.without_limits().max_in_flight(1).timeout(seconds(600)).build().expect("a client");
    let mut tasks = succeeding(&time, &client, 1, seconds(1));
    for _ in 0..1000 {
        let call = get(&client, "held");
        tasks.push(Box::pin(async { hold(&time, call, seconds(100)).await.map(drop).expect("an answer") }));
    }
    tasks.extend(succeeding(&time, &client, 1000, seconds(5)));
    time.run_all(tasks);
    assert_in_order(&recorder.lock().requests[1..], 1000);
}

#[test]
fn the_permit_of_a_held_call_is_free_at_its_timeout_also_for_a_long_queue() {
    let time = VirtualTime::new(1);
    let (builder, _) = fake_server(&time, |index, _| match index {
        0 => Reply::Never,
        _ => response(200, FOUND).after(millis(1)),
    });
    let client = builder.without_limits().max_in_flight(1).build().expect("a client");
    let call = client.send(bakery()).with_timeout(seconds(10));
    let mut tasks: Vec<Task<'_>> = vec![Box::pin(async {
        hold(&time, call, seconds(50)).await.map(drop).expect_err("its time is up").outcome();
    })];
    tasks.extend(succeeding(&time, &client, 3000, seconds(10) + millis(3000 + 250)));
    time.run_all(tasks);
}

/// A waker that drops a call of the same client when it is dropped.
struct DropsCall {
    _call: Mutex<Pending<Profile>>,
}

impl Wake for DropsCall {
    fn wake(self: Arc<Self>) {}
}

impl DropsCall {
    /// A waker of a call that waits in the queue.
    fn waker(client: &Client) -> Waker {
        let mut call = get(client, "dropped");
        assert!(Pin::new(&mut call).poll(&mut Context::from_waker(Waker::noop())).is_pending());
        Waker::from(Arc::new(Self { _call: Mutex::new(call) }))
    }
}

#[test]
fn a_waker_may_use_the_client_while_it_is_dropped() {
    let (done, is_done) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let time = VirtualTime::new(1);
        let (builder, _) = fake_server(&time, |_, _| Reply::Never);
        let client = builder.max_in_flight(1).build().expect("a client");
        let poll = |call: &mut Pending<Profile>, waker: Waker| {
            assert!(Pin::new(call).poll(&mut Context::from_waker(&waker)).is_pending());
        };
        let (mut first, mut second) = (get(&client, 1), get(&client, 2));
        poll(&mut first, Waker::noop().clone());
        // The second call waits. Another waker replaces its waker, and then it leaves the queue.
        poll(&mut second, DropsCall::waker(&client));
        poll(&mut second, DropsCall::waker(&client));
        drop(second);
        drop(first);
        done.send(()).expect("the test waits");
    });
    is_done.recv_timeout(Duration::from_secs(20)).expect("no deadlock");
}

#[test]
fn the_permit_of_a_held_call_is_free_at_the_timeout_of_its_attempt() {
    let time = VirtualTime::new(1);
    let (builder, recorder) = fake_server(&time, |index, _| match index {
        0 => Reply::Never,
        _ => response(200, FOUND).after(millis(10)),
    });
    let client = builder.max_in_flight(1).build().expect("a client");
    let held = async {
        let call = client.send(bakery()).with_timeout(seconds(20));
        let error = hold(&time, call, seconds(50)).await.expect_err("its time is up");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
        assert!(error.is_timeout() && error.to_string().ends_with("no response arrived in time"), "{error}");
    };
    let mut tasks: Vec<Task<'_>> = vec![Box::pin(held)];
    tasks.extend(succeeding(&time, &client, 20, seconds(21)));
    time.run_all(tasks);
    let recording = recorder.lock();
    assert_eq!((recording.starts.len(), recording.max_in_flight), (21, 1));
    assert!(recording.starts[1] >= seconds(20), "{:?}", recording.starts[1]);
}

#[test]
fn a_held_call_keeps_its_answer_if_nobody_needs_its_permit() {
    let time = VirtualTime::new(1);
    let (builder, _) = fake_server(&time, |_, _| response(200, FOUND).after(seconds(1)));
    let client = builder.max_in_flight(1).build().expect("a client");
    time.run(hold(&time, get(&client, "held"), seconds(1000))).expect("an answer");
}

/// A transport that connects for a second before it sends.
struct SlowConnect {
    time: VirtualTime,
    sent: Arc<Mutex<Vec<String>>>,
}

impl Transport for SlowConnect {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        Box::pin(async move {
            self.time.sleep(seconds(1)).await;
            self.sent.lock().expect("no test panics while it holds the lock").push(id_of(&request).to_owned());
            Ok(TransportResponse::new(http::StatusCode::OK, http::HeaderMap::new(), FOUND))
        })
    }
}

#[test]
fn a_call_whose_permit_was_taken_away_does_not_send() {
    let time = VirtualTime::new(1);
    let sent = Arc::default();
    let transport = SlowConnect { time: time.clone(), sent: Arc::clone(&sent) };
    let builder = Client::builder().credentials(AUTH_ID, TOKEN).clock(time.clone()).transport(transport);
    let client = builder.max_in_flight(1).build().expect("a client");
    let held = async {
        let call = get(&client, "held").with_timeout(seconds(5));
        hold(&time, call, seconds(20)).await.expect_err("its time is up");
    };
    let mut tasks: Vec<Task<'_>> = vec![Box::pin(held)];
    tasks.extend(succeeding(&time, &client, 1, seconds(7)));
    time.run_all(tasks);
    assert_eq!(*sent.lock().expect("no test panics while it holds the lock"), ["0"]);
}

/// What the caller of a random call does with it, and when.
struct Plan {
    start: Duration,
    /// The times after which it is polled. After the last one, it is polled until it completes.
    holds: Vec<Duration>,
    is_dropped: bool,
}

impl Plan {
    fn random(random: &mut fastrand::Rng) -> Self {
        let longest = [100, 60_000, 10_000_000][random.usize(0..3)];
        let holds = (0..random.usize(1..4)).map(|_| millis(random.u64(0..longest))).collect();
        Self { start: millis(random.u64(0..20_000)), holds, is_dropped: random.bool() }
    }

    /// Calls and holds the call, and lets it fail or succeed.
    async fn run(self, time: &VirtualTime, mut call: Pending<Profile>) {
        time.sleep(self.start).await;
        for hold in self.holds {
            if poll_once(&mut call).await.is_some() {
                return;
            }
            time.sleep(hold).await;
        }
        if !self.is_dropped {
            let _ = call.await;
        }
    }
}

/// Whether the calls that are polled start in the order in which they were made.
fn assert_in_order(requests: &[TransportRequest], count: usize) {
    let polled: Vec<_> = requests.iter().filter_map(|request| id_of(request).parse::<usize>().ok()).collect();
    assert_eq!(polled, (0..count).collect::<Vec<_>>());
}

#[test]
fn whatever_is_held_the_limits_hold_and_every_call_that_is_polled_succeeds_in_order() {
    for seed in 0..300 {
        let mut random = fastrand::Rng::with_seed(seed);
        let time = VirtualTime::new(seed);
        let (max_in_flight, rate) = (random.usize(1..5), random.usize(1..8));
        let delays = Mutex::new(random.fork());
        let (builder, recorder) = fake_server(&time, move |_, request| {
            let mut random = delays.lock().expect("no test panics while it holds the lock");
            match id_of(request) {
                "held" if random.u8(0..4) == 0 => Reply::Never,
                _ => response(200, FOUND).after(millis(random.u64(0..900))),
            }
        });
        let builder = builder.max_in_flight(max_in_flight).rate_limit(rate, seconds(1)).max_retries(0);
        // Longer than the attempts of all held calls, one after another.
        let client = builder.timeout(seconds(600)).attempt_timeout(seconds(10)).build().expect("a client");
        let finished = RefCell::new(0);
        let mut tasks: Vec<Task<'_>> = Vec::new();
        for _ in 0..random.usize(0..20) {
            let call = get(&client, "held").with_timeout(millis(random.u64(1..60_000)));
            tasks.push(Box::pin(Plan::random(&mut random).run(&time, call)));
        }
        let count = random.usize(1..40);
        for index in 0..count {
            let (start, call) = (time.sleep(millis(500 * index as u64 + 1)), get(&client, index));
            let finished = &finished;
            tasks.push(Box::pin(async move {
                start.await;
                call.await.unwrap_or_else(|error| panic!("seed {seed}, call {index}: {error:?}"));
                *finished.borrow_mut() += 1;
            }));
        }
        time.run_all(tasks);
        let recording = recorder.lock();
        assert_eq!((*finished.borrow(), recording.in_flight), (count, 0), "seed {seed}");
        assert!(recording.max_in_flight <= max_in_flight, "seed {seed}: {}", recording.max_in_flight);
        let starts = &recording.starts;
        assert!(starts.windows(rate + 1).all(|starts| starts[rate] - starts[0] > seconds(1)), "seed {seed}");
        assert_in_order(&recording.requests, count);
    }
}
