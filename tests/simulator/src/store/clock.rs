//! The virtual clock that dates stored objects.

/// The start of the clock: 2026-01-01T00:00:00Z, in microseconds since 1970.
const START: u64 = 1_767_225_600_000_000;
/// The clock advances by this many microseconds before each timestamp.
const STEP: u64 = 1_000_001;
const MICROSECONDS_PER_DAY: u64 = 86_400_000_000;

/// A clock that advances with each timestamp, and is the same in every run.
#[derive(Debug)]
pub(crate) struct Clock {
    /// Microseconds since 1970.
    now: u64,
}

impl Default for Clock {
    fn default() -> Self {
        Self { now: START }
    }
}

impl Clock {
    /// Advances the clock and returns the time, such as `2026-01-01T00:00:01.000001Z`.
    pub(crate) fn timestamp(&mut self) -> String {
        self.now += STEP;
        let (year, month, day) = date(self.now / MICROSECONDS_PER_DAY);
        let microseconds = self.now % MICROSECONDS_PER_DAY;
        let seconds = microseconds / 1_000_000;
        format!(
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:06}Z",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60,
            microseconds % 1_000_000,
        )
    }
}

/// The year, month and day that lie this number of days after 1970-01-01 in the Gregorian calendar.
///
/// Years are counted from March, so that the leap day is the last day of its year. A cycle of 400 years
/// has 146,097 days.
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (cycle, day_of_cycle) = (days / 146_097, days % 146_097);
    let year_of_cycle = (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
    let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = cycle * 400 + year_of_cycle + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::{Clock, date};

    #[test]
    fn dates_are_gregorian() {
        assert_eq!(date(0), (1970, 1, 1));
        assert_eq!(date(11_016), (2000, 2, 29));
        assert_eq!(date(20_454), (2026, 1, 1));
        assert_eq!(date(47_540), (2100, 2, 28));
        assert_eq!(date(47_541), (2100, 3, 1));
    }

    #[test]
    fn the_clock_advances_with_each_timestamp() {
        let mut clock = Clock::default();
        assert_eq!(clock.timestamp(), "2026-01-01T00:00:01.000001Z");
        assert_eq!(clock.timestamp(), "2026-01-01T00:00:02.000002Z");
    }
}
