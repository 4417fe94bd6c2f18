//! Points in time that requests carry.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::wire_text::wire_text;

wire_text! {
    /// A point in time in a query, as the text that is sent: date and time in UTC, such as `2026-01-31 23:59:59`.
    ///
    /// A setter accepts a [`SystemTime`], with the feature `jiff` also a `jiff::Timestamp`, and
    /// text. Text is sent unchanged; validation reports a text in another form.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// let moment = plivo::Moment::from(UNIX_EPOCH + Duration::from_millis(1_767_225_600_500));
    /// assert_eq!(moment.as_str(), "2026-01-01 00:00:00.500000");
    /// assert_eq!(plivo::Moment::from("2026-01-01 00:00").as_str(), "2026-01-01 00:00");
    /// ```
    Moment
}

impl From<&str> for Moment {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Moment {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&String> for Moment {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

/// Converts a time to its text in UTC. Digits below a microsecond are dropped.
impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        let distance = |duration: Duration| i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX);
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => at(distance(after)),
            Err(before) => at(-distance(before.duration())),
        }
    }
}

/// Converts a time to its text in UTC. Digits below a microsecond are dropped. The feature `jiff` enables it.
#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for Moment {
    fn from(time: jiff::Timestamp) -> Self {
        at(time.as_nanosecond())
    }
}

const NANOSECONDS_PER_DAY: i128 = 86_400_000_000_000;

/// The time that lies this number of nanoseconds after 1970-01-01.
fn at(nanoseconds: i128) -> Moment {
    let days = i64::try_from(nanoseconds.div_euclid(NANOSECONDS_PER_DAY)).unwrap_or(i64::MAX);
    let microseconds = nanoseconds.rem_euclid(NANOSECONDS_PER_DAY) / 1000;
    let (year, month, day) = date(days);
    let (seconds, fraction) = (microseconds / 1_000_000, microseconds % 1_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let text = format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}");
    Moment::new(if fraction > 0 { format!("{text}.{fraction:06}") } else { text })
}

/// The year, month and day that lie this number of days after 1970-01-01 in the Gregorian calendar.
///
/// Years are counted from March, so that the leap day is the last day of its year. A cycle of 400 years has 146,097
/// days.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(719_468);
    let (cycle, day_of_cycle) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_cycle = (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
    let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (cycle * 400 + year_of_cycle + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_utc() {
        let after = |milliseconds| UNIX_EPOCH + Duration::from_millis(milliseconds);
        for (time, expected) in [
            (UNIX_EPOCH, "1970-01-01 00:00:00"),
            (after(951_782_400_000), "2000-02-29 00:00:00"),
            (after(1_767_225_599_999), "2025-12-31 23:59:59.999000"),
            (after(4_107_542_399_000), "2100-02-28 23:59:59"),
            (UNIX_EPOCH + Duration::from_nanos(1_999), "1970-01-01 00:00:00.000001"),
            (UNIX_EPOCH - Duration::from_nanos(1), "1969-12-31 23:59:59.999999"),
            (UNIX_EPOCH - Duration::from_secs(86_400), "1969-12-31 00:00:00"),
        ] {
            assert_eq!(Moment::from(time).as_str(), expected);
        }
    }

    #[cfg(feature = "jiff")]
    #[test]
    fn times_of_jiff_are_written_in_utc() {
        let time: jiff::Timestamp = "2026-01-31T23:59:59.5+05:30".parse().expect("a timestamp");
        assert_eq!(Moment::from(time).as_str(), "2026-01-31 18:29:59.500000");
    }
}
