//! Measures time, alternating between the implementations so that other load affects both.

use std::time::{Duration, Instant};

use crate::cases::{Case, Side};

const ROUNDS: usize = 60;

/// The approximate duration of one measurement.
const MEASUREMENT: Duration = Duration::from_millis(4);

/// The microseconds per task, of both implementations: the minimum of all rounds.
pub(crate) fn compare(case: &Case) -> (f64, f64) {
    let (ours, by_hand) = (case.task(Side::Ours), case.task(Side::ByHand));
    let (mut least_ours, mut least_by_hand) = (f64::MAX, f64::MAX);
    let (our_count, their_count) = (count_for(&*ours), count_for(&*by_hand));
    for _ in 0..ROUNDS {
        least_ours = least_ours.min(measure(&*ours, our_count));
        least_by_hand = least_by_hand.min(measure(&*by_hand, their_count));
    }
    (least_ours, least_by_hand)
}

/// How often the task fits into one measurement.
fn count_for(task: &dyn Fn()) -> u32 {
    let mut count = 1;
    loop {
        let start = Instant::now();
        (0..count).for_each(|_| task());
        if start.elapsed() >= MEASUREMENT || count >= 1 << 24 {
            return count;
        }
        count *= 2;
    }
}

fn measure(task: &dyn Fn(), count: u32) -> f64 {
    let start = Instant::now();
    (0..count).for_each(|_| task());
    start.elapsed().as_secs_f64() * 1e6 / f64::from(count)
}
