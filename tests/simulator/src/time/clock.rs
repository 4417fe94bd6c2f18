//! The clock of the simulated API: it stands still until it is advanced, or it runs like the clock of this machine.

use super::Moment;
use std::time::{Duration, SystemTime};

/// Whether a clock runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pace {
    /// It starts at 2026-01-01T00:00:00Z and moves only when it is advanced.
    #[default]
    Virtual,
    /// It runs like the clock of this machine, and can be advanced as well.
    Real,
}

impl Pace {
    /// The name of the pace.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Virtual => "virtual",
            Self::Real => "real",
        }
    }
}

/// A clock that can be advanced.
#[derive(Debug)]
pub(crate) struct Clock {
    pace: Pace,
    /// The sum of all advances.
    advanced: Duration,
    /// The latest timestamp.
    last: Option<Moment>,
}

impl Clock {
    /// A clock that has not been advanced.
    pub(crate) fn new(pace: Pace) -> Self {
        Self { pace, advanced: Duration::ZERO, last: None }
    }

    /// The current time.
    pub(crate) fn now(&self) -> Moment {
        let start = match self.pace {
            Pace::Virtual => Moment::START,
            Pace::Real => Moment::from(SystemTime::now()),
        };
        start + self.advanced
    }

    /// The time of something that happens now. No two timestamps are equal: if the clock has not moved since the
    /// previous one, this one is a microsecond later.
    pub(crate) fn timestamp(&mut self) -> Moment {
        let earliest = self.last.map(|last| last + Duration::from_micros(1));
        let timestamp = earliest.map_or(self.now(), |earliest| earliest.max(self.now()));
        self.last = Some(timestamp);
        timestamp
    }

    /// Advances the clock. It stops at the end of the year 9999.
    pub(crate) fn advance(&mut self, duration: Duration) {
        self.advanced = self.advanced.saturating_add(duration);
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, Pace};
    use std::time::Duration;

    #[test]
    fn a_virtual_clock_moves_only_when_it_is_advanced() {
        let mut clock = Clock::new(Pace::Virtual);
        assert_eq!(clock.now().to_string(), "2026-01-01T00:00:00.000000Z");
        clock.advance(Duration::from_millis(1500));
        assert_eq!(clock.now().to_string(), "2026-01-01T00:00:01.500000Z");
        assert_eq!(clock.now(), clock.now());
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now().to_string(), "9999-12-31T23:59:59.999999Z");
    }

    #[test]
    fn timestamps_differ_and_do_not_move_the_clock() {
        let mut clock = Clock::new(Pace::Virtual);
        let timestamps = [clock.timestamp(), clock.timestamp()].map(|timestamp| timestamp.to_string());
        assert_eq!(timestamps, ["2026-01-01T00:00:00.000000Z", "2026-01-01T00:00:00.000001Z"]);
        assert_eq!(clock.now().to_string(), "2026-01-01T00:00:00.000000Z");
        clock.advance(Duration::from_secs(1));
        assert_eq!(clock.timestamp().to_string(), "2026-01-01T00:00:01.000000Z");
    }

    #[test]
    fn a_real_clock_can_be_advanced_too() {
        let (clock, mut later) = (Clock::new(Pace::Real), Clock::new(Pace::Real));
        later.advance(Duration::from_secs(3600));
        assert!(clock.now() < later.now());
        assert!(clock.now().to_string().starts_with("20"));
    }
}
