//! Times, of both sides in turn, so that what else the machine does falls on both.

use std::time::{Duration, Instant};

use crate::cases::{Case, Side};

const ROUNDS: usize = 60;

/// How long one turn of a side takes about.
const TURN: Duration = Duration::from_millis(4);

/// The microseconds that one piece of work takes on each side: the least that was seen.
pub(crate) fn compare(case: &Case) -> (f64, f64) {
    let (ours, by_hand) = (case.work(Side::Ours), case.work(Side::ByHand));
    let (mut least_ours, mut least_by_hand) = (f64::MAX, f64::MAX);
    let (our_count, their_count) = (count_for(&*ours), count_for(&*by_hand));
    for _ in 0..ROUNDS {
        least_ours = least_ours.min(turn(&*ours, our_count));
        least_by_hand = least_by_hand.min(turn(&*by_hand, their_count));
    }
    (least_ours, least_by_hand)
}

/// How often the work fits into a turn.
fn count_for(work: &dyn Fn()) -> u32 {
    let mut count = 1;
    loop {
        let start = Instant::now();
        (0..count).for_each(|_| work());
        if start.elapsed() >= TURN || count >= 1 << 24 {
            return count;
        }
        count *= 2;
    }
}

fn turn(work: &dyn Fn(), count: u32) -> f64 {
    let start = Instant::now();
    (0..count).for_each(|_| work());
    start.elapsed().as_secs_f64() * 1e6 / f64::from(count)
}
