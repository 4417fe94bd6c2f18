//! A sliding window over the latest starts of requests.

use std::collections::VecDeque;
use std::time::Duration;

/// Allows at most `size` starts in any period.
///
/// A token bucket would allow almost twice as many in one period: those of the full bucket, and those that are
/// refilled.
#[derive(Debug)]
pub(crate) struct SlidingWindow {
    size: usize,
    /// The minimum time between a start and the start that is `size` starts later.
    interval: Duration,
    /// The last starts, at most `size`, the oldest first.
    starts: VecDeque<Duration>,
}

impl SlidingWindow {
    /// Creates a window. `size` must not be 0.
    pub(crate) fn new(size: usize, period: Duration) -> Self {
        // 0.2 % longer than the period, so that a start at the very end of a period is not counted in it.
        Self { size, interval: period.saturating_add(period / 500), starts: VecDeque::new() }
    }

    /// The earliest time of a start that has `ahead` other starts before it, and is not before `floor`.
    pub(crate) fn next_start(&self, ahead: usize, floor: Duration) -> Duration {
        let (rounds, rest) = (ahead / self.size, ahead % self.size);
        // The start that must be one interval earlier, if there was one.
        let earlier = (self.starts.len() + rest).checked_sub(self.size).map(|index| self.starts[index]);
        let first = earlier.map_or(floor, |start| floor.max(start.saturating_add(self.interval)));
        let rounds = u32::try_from(rounds).unwrap_or(u32::MAX);
        first.saturating_add(self.interval.saturating_mul(rounds))
    }

    pub(crate) fn start(&mut self, now: Duration) {
        if self.starts.len() == self.size {
            self.starts.pop_front();
        }
        self.starts.push_back(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn estimated_starts_are_the_actual_starts() {
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..500 {
            let mut window = SlidingWindow::new(random.usize(1..6), ms(500));
            let mut now = ms(0);
            for _ in 0..random.usize(0..12) {
                now = window.next_start(0, now + ms(random.u64(0..300)));
                window.start(now);
            }
            let estimated: Vec<_> = (0..20).map(|ahead| window.next_start(ahead, now)).collect();
            for at in estimated {
                now = window.next_start(0, now);
                assert_eq!(at, now);
                window.start(now);
            }
        }
    }

    #[test]
    fn a_start_is_one_interval_after_the_one_size_starts_earlier() {
        let mut window = SlidingWindow::new(2, ms(500));
        assert_eq!((window.next_start(0, ms(7)), window.next_start(1, ms(7))), (ms(7), ms(7)));
        window.start(ms(7));
        window.start(ms(100));
        assert_eq!((window.next_start(0, ms(100)), window.next_start(1, ms(100))), (ms(508), ms(601)));
        assert_eq!((window.next_start(2, ms(100)), window.next_start(5, ms(100))), (ms(1009), ms(1603)));
        assert_eq!(window.next_start(0, ms(9000)), ms(9000));
        assert!(window.next_start(usize::MAX, ms(100)) > ms(100));
    }
}
