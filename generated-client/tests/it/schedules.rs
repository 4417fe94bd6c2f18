//! Thousands of random schedules of faults: unsafe operations execute at most once, and safe ones succeed if they can.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use http::{HeaderMap, StatusCode};
use plivo::profile::Profile;
use plivo::transport::{TransportError, TransportRequest};
use plivo::{Error, Outcome, Pending, Response};

use crate::fake_server::{FOUND, Reply, failure, fake_server, id_of, millis, response, response_with, seconds};
use crate::retry_classes::{IF_NOT_SENT, NEVER, reclassified, safe};
use crate::virtual_time::{Task, VirtualTime};

const SCHEDULES: u64 = 4000;
const CALLS: usize = 8;
const MAX_RETRIES: u32 = 4;

/// What happens to one attempt, and whether the server executes it.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Answered,
    NotReached,
    TooMany,
    TooManyForLong,
    Refused,
    Unavailable { is_executed: bool },
    Reset { is_executed: bool },
    Silence { is_executed: bool },
    CutOff,
    NotJson,
}

use Fate::*;

impl Fate {
    fn random(random: &mut fastrand::Rng) -> Self {
        let is_executed = random.bool();
        match random.u8(0..20) {
            0..5 => Answered,
            5..8 => NotReached,
            8..10 => TooMany,
            10 => TooManyForLong,
            11 => Refused,
            12..14 => Unavailable { is_executed },
            14..16 => Reset { is_executed },
            16 => Silence { is_executed },
            17..19 => CutOff,
            _ => NotJson,
        }
    }

    fn is_received(self) -> bool {
        !matches!(self, NotReached)
    }

    fn is_executed(self) -> bool {
        match self {
            Answered | CutOff | NotJson => true,
            NotReached | TooMany | TooManyForLong | Refused => false,
            Unavailable { is_executed } | Reset { is_executed } | Silence { is_executed } => is_executed,
        }
    }

    /// Whether a safe operation is retried after it.
    fn is_retried(self) -> bool {
        matches!(self, NotReached | TooMany | Unavailable { .. } | Reset { .. } | Silence { .. } | CutOff)
    }

    fn reply(self) -> Reply {
        match self {
            Answered => response(200, FOUND),
            NotReached => failure(TransportError::connect("refused")),
            TooMany => response_with(429, &[("retry-after", "3")], ""),
            TooManyForLong => response_with(429, &[("retry-after", "100")], ""),
            Refused => response(400, ""),
            Unavailable { .. } => response(503, ""),
            Reset { .. } => failure(TransportError::unknown("reset")),
            Silence { .. } => Reply::Never,
            CutOff => failure(TransportError::cut_off(StatusCode::OK, HeaderMap::new(), "closed")),
            NotJson => response(200, "<html>"),
        }
    }
}

/// The fates of the attempts of one call, and how many it has made.
struct Schedule {
    fates: Vec<Fate>,
    attempts: usize,
}

type Schedules = Arc<Mutex<HashMap<String, Schedule>>>;

fn next_reply(schedules: &Schedules, delays: &Mutex<fastrand::Rng>, request: &TransportRequest) -> Reply {
    let mut schedules = schedules.lock().expect("no test panics while it holds the lock");
    let schedule = schedules.get_mut(id_of(request)).expect("a schedule for each call");
    let fate = schedule.fates[schedule.attempts];
    schedule.attempts += 1;
    fate.reply().after(millis(delays.lock().expect("no test panics while it holds the lock").u64(0..2000)))
}

fn check(class: usize, schedule: &Schedule, max_retries: u32, result: &Result<Response<Profile>, Error>) {
    let taken = &schedule.fates[..schedule.attempts];
    let executed = taken.iter().filter(|fate| fate.is_executed()).count();
    let context = format!("class {class}, {max_retries} retries, {taken:?}: {result:?}");
    assert!(schedule.attempts <= 1 + max_retries as usize, "{context}");
    assert!(class == 0 || executed <= 1, "{context}");
    assert!(class != NEVER || schedule.attempts == 1, "{context}");
    match result {
        Ok(response) => assert_eq!(response.attempts() as usize, taken.len(), "{context}"),
        Err(error) => {
            assert_eq!(error.attempts() as usize, taken.len(), "{context}");
            match error.outcome() {
                Outcome::NotSent => assert!(!taken.iter().any(|fate| fate.is_received()), "{context}"),
                Outcome::Rejected => assert_eq!(executed, 0, "{context}"),
                Outcome::Executed => assert!(executed > 0, "{context}"),
                Outcome::Unknown => assert!(taken.iter().any(|fate| fate.is_received()), "{context}"),
            }
        }
    }
    let last = schedule.fates.iter().take(1 + max_retries as usize).find(|fate| !fate.is_retried());
    if class == 0 {
        assert_eq!(result.is_ok(), matches!(last, Some(Answered)), "{context}");
    }
}

#[test]
fn unsafe_operations_execute_at_most_once_and_safe_ones_succeed_if_possible() {
    let mut retried = 0;
    for seed in 0..SCHEDULES {
        let mut random = fastrand::Rng::with_seed(seed);
        let time = VirtualTime::new(random.u64(..));
        let max_retries = random.u32(0..=MAX_RETRIES);
        let schedule = |random: &mut fastrand::Rng| Schedule {
            fates: (0..=MAX_RETRIES).map(|_| Fate::random(random)).collect(),
            attempts: 0,
        };
        let schedules = (0..CALLS).map(|index| (index.to_string(), schedule(&mut random))).collect();
        let schedules: Schedules = Arc::new(Mutex::new(schedules));
        let delays = Mutex::new(random.fork());
        let shared = Arc::clone(&schedules);
        let (builder, _) = fake_server(&time, move |_, request| next_reply(&shared, &delays, request));
        // The deadline leaves time for all retries. Other tests let it pass.
        let builder = builder.max_retries(max_retries).timeout(seconds(10_000)).rate_limit(5, seconds(1));
        let client = builder.max_in_flight(3).build().expect("a client");
        let classes: Vec<_> = (0..CALLS).map(|_| random.usize(0..3)).collect();
        let call = |index: usize| -> Pending<Profile> {
            let id = index.to_string();
            match classes[index] {
                0 => client.send(safe(&id)),
                IF_NOT_SENT => client.send(reclassified::<IF_NOT_SENT>(&id)),
                _ => client.send(reclassified::<NEVER>(&id)),
            }
        };
        let mut results: Vec<_> = (0..CALLS).map(|_| None).collect();
        let tasks = results.iter_mut().enumerate().map(|(index, result)| {
            let call = call(index);
            Box::pin(async { *result = Some(call.await) }) as Task<'_>
        });
        time.run_all(tasks.collect());
        let schedules = schedules.lock().expect("no test panics while it holds the lock");
        for (index, result) in results.iter().enumerate() {
            let schedule = &schedules[&index.to_string()];
            check(classes[index], schedule, max_retries, result.as_ref().expect("a finished call"));
            retried += schedule.attempts - 1;
        }
    }
    assert!(retried > 10_000, "only {retried} retries were seen");
}
