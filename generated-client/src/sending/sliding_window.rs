//! A sliding window over the last starts.

use std::collections::VecDeque;
use std::time::Duration;

/// So many starts in any period, wherever one begins to look.
///
/// A bucket of tokens that is filled steadily would allow twice as many: a full bucket, and what flows in.
#[derive(Debug)]
pub(crate) struct SlidingWindow {
    size: usize,
    /// Between a start and the one that comes `size` starts later.
    distance: Duration,
    /// The last starts, at most `size`, the oldest first.
    starts: VecDeque<Duration>,
}

impl SlidingWindow {
    /// `size` is not 0.
    pub(crate) fn new(size: usize, period: Duration) -> Self {
        // The 500th part more, so that a start at the very end of a period does not count into it.
        Self { size, distance: period.saturating_add(period / 500), starts: VecDeque::new() }
    }

    /// When the next start may be, behind so many others that have not started, and not before `floor`.
    pub(crate) fn next(&self, ahead: usize, floor: Duration) -> Duration {
        let (rounds, rest) = (ahead / self.size, ahead % self.size);
        // The start that must be a distance earlier, if as many as that have been.
        let earlier = (self.starts.len() + rest).checked_sub(self.size).map(|index| self.starts[index]);
        let first = earlier.map_or(floor, |start| floor.max(start.saturating_add(self.distance)));
        let rounds = u32::try_from(rounds).unwrap_or(u32::MAX);
        first.saturating_add(self.distance.saturating_mul(rounds))
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
    fn what_is_estimated_is_what_comes() {
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..500 {
            let mut window = SlidingWindow::new(random.usize(1..6), ms(500));
            let mut now = ms(0);
            for _ in 0..random.usize(0..12) {
                now = window.next(0, now + ms(random.u64(0..300)));
                window.start(now);
            }
            let estimated: Vec<_> = (0..20).map(|ahead| window.next(ahead, now)).collect();
            for at in estimated {
                now = window.next(0, now);
                assert_eq!(at, now);
                window.start(now);
            }
        }
    }

    #[test]
    fn the_next_is_a_distance_behind() {
        let mut window = SlidingWindow::new(2, ms(500));
        assert_eq!((window.next(0, ms(7)), window.next(1, ms(7))), (ms(7), ms(7)));
        window.start(ms(7));
        window.start(ms(100));
        assert_eq!((window.next(0, ms(100)), window.next(1, ms(100))), (ms(508), ms(601)));
        assert_eq!((window.next(2, ms(100)), window.next(5, ms(100))), (ms(1009), ms(1603)));
        assert_eq!(window.next(0, ms(9000)), ms(9000));
        assert!(window.next(usize::MAX, ms(100)) > ms(100));
    }
}
