//! Thousands of random courses of things: what may be executed twice never is, and what can succeed does.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use http::{HeaderMap, StatusCode};
use plivo::profile::Profile;
use plivo::transport::{TransportError, TransportRequest};
use plivo::{Error, Outcome, Pending, Response};

use crate::classes::{NEVER, UNSENT, classed, safe};
use crate::stage::{FOUND, Played, answer, answer_with, fail, id_of, millis, seconds, stage};
use crate::world::{Task, World};

const SCHEDULES: u64 = 4000;
const CALLS: usize = 8;
const MOST_RETRIES: u32 = 4;

/// What becomes of one attempt, and whether the server executes it.
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

    /// Whether a safe operation is sent again after it.
    fn is_passing(self) -> bool {
        matches!(self, NotReached | TooMany | Unavailable { .. } | Reset { .. } | Silence { .. } | CutOff)
    }

    fn played(self) -> Played {
        match self {
            Answered => answer(200, FOUND),
            NotReached => fail(TransportError::connect("refused")),
            TooMany => answer_with(429, &[("retry-after", "3")], ""),
            TooManyForLong => answer_with(429, &[("retry-after", "100")], ""),
            Refused => answer(400, ""),
            Unavailable { .. } => answer(503, ""),
            Reset { .. } => fail(TransportError::unknown("reset")),
            Silence { .. } => Played::Never,
            CutOff => fail(TransportError::cut_off(StatusCode::OK, HeaderMap::new(), "closed")),
            NotJson => answer(200, "<html>"),
        }
    }
}

/// What the server does with the requests of one call, and has done.
struct Course {
    fates: Vec<Fate>,
    taken: usize,
}

type Courses = Arc<Mutex<HashMap<String, Course>>>;

fn play(courses: &Courses, times: &Mutex<fastrand::Rng>, request: &TransportRequest) -> Played {
    let mut courses = courses.lock().expect("no test panics while it holds this");
    let course = courses.get_mut(id_of(request)).expect("it is one of these calls");
    let fate = course.fates[course.taken];
    course.taken += 1;
    fate.played().after(millis(times.lock().expect("no test panics while it holds this").u64(0..2000)))
}

fn judge(class: usize, course: &Course, max_retries: u32, result: &Result<Response<Profile>, Error>) {
    let taken = &course.fates[..course.taken];
    let executed = taken.iter().filter(|fate| fate.is_executed()).count();
    let what = format!("class {class}, {max_retries} retries, {taken:?}: {result:?}");
    assert!(course.taken <= 1 + max_retries as usize, "{what}");
    assert!(class == 0 || executed <= 1, "{what}");
    assert!(class != NEVER || course.taken == 1, "{what}");
    match result {
        Ok(response) => assert_eq!(response.attempts() as usize, taken.len(), "{what}"),
        Err(error) => {
            assert_eq!(error.attempts() as usize, taken.len(), "{what}");
            match error.outcome() {
                Outcome::NotSent => assert!(!taken.iter().any(|fate| fate.is_received()), "{what}"),
                Outcome::Rejected => assert_eq!(executed, 0, "{what}"),
                Outcome::Executed => assert!(executed > 0, "{what}"),
                Outcome::Unknown => assert!(taken.iter().any(|fate| fate.is_received()), "{what}"),
            }
        }
    }
    let last = course.fates.iter().take(1 + max_retries as usize).find(|fate| !fate.is_passing());
    if class == 0 {
        assert_eq!(result.is_ok(), matches!(last, Some(Answered)), "{what}");
    }
}

#[test]
fn nothing_is_executed_twice_and_what_can_succeed_does() {
    let mut retried = 0;
    for seed in 0..SCHEDULES {
        let mut random = fastrand::Rng::with_seed(seed);
        let world = World::new(random.u64(..));
        let max_retries = random.u32(0..=MOST_RETRIES);
        let course = |random: &mut fastrand::Rng| Course {
            fates: (0..=MOST_RETRIES).map(|_| Fate::random(random)).collect(),
            taken: 0,
        };
        let courses = (0..CALLS).map(|index| (index.to_string(), course(&mut random))).collect();
        let courses: Courses = Arc::new(Mutex::new(courses));
        let times = Mutex::new(random.fork());
        let played = Arc::clone(&courses);
        let (builder, _) = stage(&world, move |_, request| play(&played, &times, request));
        // Time enough for all retries; another test shows that it can run out.
        let builder = builder.max_retries(max_retries).timeout(seconds(10_000)).rate_limit(5, seconds(1));
        let client = builder.max_in_flight(3).build().expect("a client");
        let classes: Vec<_> = (0..CALLS).map(|_| random.usize(0..3)).collect();
        let call = |index: usize| -> Pending<Profile> {
            let id = index.to_string();
            match classes[index] {
                0 => client.send(safe(&id)),
                UNSENT => client.send(classed::<UNSENT>(&id)),
                _ => client.send(classed::<NEVER>(&id)),
            }
        };
        let mut results: Vec<_> = (0..CALLS).map(|_| None).collect();
        let tasks = results.iter_mut().enumerate().map(|(index, result)| {
            let call = call(index);
            Box::pin(async { *result = Some(call.await) }) as Task<'_>
        });
        world.run_all(tasks.collect());
        let courses = courses.lock().expect("no test panics while it holds this");
        for (index, result) in results.iter().enumerate() {
            let course = &courses[&index.to_string()];
            judge(classes[index], course, max_retries, result.as_ref().expect("it is done"));
            retried += course.taken - 1;
        }
    }
    assert!(retried > 10_000, "only {retried} retries were seen");
}
