//! A point in time, and the forms in which the API writes one.

use std::fmt;
use std::ops::Add;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const MICROSECONDS_PER_DAY: i64 = 86_400_000_000;

/// A point in time: microseconds since 1970, from the year 0 to the year 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(i64);

impl Moment {
    /// 2026-01-01T00:00:00Z
    pub(crate) const START: Self = Self(1_767_225_600_000_000);
    /// The end of the year 9999.
    const LAST: Self = Self(253_402_300_799_999_999);

    /// Reads a point in time: a date, optionally a time after `T` or a space, and optionally the distance from UTC.
    /// Without a distance, the time is in UTC. `None`: the text has another form.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let days = parse_date(date)?;
        let (microseconds, rest) = match rest.strip_prefix(['T', ' ']) {
            Some(time) => parse_time(time)?,
            None => (0, rest),
        };
        let offset = parse_offset(rest)?;
        Some(Self(days * MICROSECONDS_PER_DAY + microseconds - offset))
    }

    /// The same time for the standard library.
    pub(crate) fn to_system_time(self) -> SystemTime {
        let distance = Duration::from_micros(self.0.unsigned_abs());
        let time = if self.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
        time.unwrap_or(UNIX_EPOCH)
    }
}

impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        Self(0) + time.duration_since(UNIX_EPOCH).unwrap_or_default()
    }
}

impl Add<Duration> for Moment {
    type Output = Self;

    /// The sum, or the last moment.
    fn add(self, duration: Duration) -> Self {
        let microseconds = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(microseconds)).min(Self::LAST)
    }
}

impl fmt::Display for Moment {
    /// As in `2026-01-01T00:00:01.000001Z`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date(self.0.div_euclid(MICROSECONDS_PER_DAY));
        let microseconds = self.0.rem_euclid(MICROSECONDS_PER_DAY);
        let seconds = microseconds / 1_000_000;
        write!(
            formatter,
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:06}Z",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60,
            microseconds % 1_000_000,
        )
    }
}

/// The days from 1970-01-01 to a date.
fn parse_date(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, month, day) = (digits(year, 4)?, digits(month, 2)?, digits(day, 2)?);
    let days = days(year, month, day);
    // A day that its month does not have would be one of the next month.
    (date(days) == (year, month, day)).then_some(days)
}

/// The microseconds since midnight, and the text after the time.
fn parse_time(text: &str) -> Option<(i64, &str)> {
    let (hour, rest) = text.split_at_checked(2)?;
    let (minute, mut rest) = rest.strip_prefix(':')?.split_at_checked(2)?;
    let (hour, minute) = (digits(hour, 2).filter(|hour| *hour < 24)?, digits(minute, 2).filter(|minute| *minute < 60)?);
    let mut microseconds = (hour * 3600 + minute * 60) * 1_000_000;
    if let Some(seconds) = rest.strip_prefix(':') {
        let (second, after) = seconds.split_at_checked(2)?;
        // 60 is a leap second.
        microseconds += digits(second, 2).filter(|second| *second <= 60)? * 1_000_000;
        rest = after;
        if let Some(fraction) = after.strip_prefix('.') {
            let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
            let (fraction, after) = fraction.split_at(length);
            let padded: String = fraction.chars().chain("000000".chars()).take(6).collect();
            microseconds += digits(&padded, 6).filter(|_| length > 0)?;
            rest = after;
        }
    }
    Some((microseconds, rest))
}

/// The distance from UTC in microseconds, as in `Z`, `+05:30`, ` +0530` and ` +0000 UTC`.
fn parse_offset(text: &str) -> Option<i64> {
    let text = text.strip_suffix(" UTC").unwrap_or(text).trim_start();
    let Some(sign) = text.chars().next().filter(|_| text != "Z") else { return Some(0) };
    let sign = match sign {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let (hours, minutes) = text[1..].split_at_checked(2)?;
    let minutes = digits(minutes.strip_prefix(':').unwrap_or(minutes), 2)?;
    Some(sign * (digits(hours, 2)? * 60 + minutes) * 60_000_000)
}

/// The number of a text of that many digits.
fn digits(text: &str, count: usize) -> Option<i64> {
    let is_number = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// The year, month and day that lie this number of days after 1970-01-01 in the Gregorian calendar.
///
/// Years are counted from March, so that the leap day is the last day of its year. A cycle of 400 years
/// has 146,097 days.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (cycle, day_of_cycle) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_cycle = (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
    let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = cycle * 400 + year_of_cycle + i64::from(month <= 2);
    (year, month, day)
}

/// The reverse of [`date`].
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (cycle, year_of_cycle) = (year.div_euclid(400), year.rem_euclid(400));
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_cycle = 365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    cycle * 146_097 + day_of_cycle - 719_468
}

#[cfg(test)]
mod tests {
    use super::{Moment, date, days};
    use std::time::Duration;

    #[test]
    fn dates_are_gregorian() {
        let known = [
            (0, (1970, 1, 1)),
            (-719_528, (0, 1, 1)),
            (11_016, (2000, 2, 29)),
            (20_454, (2026, 1, 1)),
            (47_540, (2100, 2, 28)),
            (47_541, (2100, 3, 1)),
        ];
        for (number, (year, month, day)) in known {
            assert_eq!(date(number), (year, month, day));
            assert_eq!(days(year, month, day), number);
        }
    }

    #[test]
    fn every_form_of_the_api_is_read() {
        let read = |text: &str| Moment::parse(text).unwrap_or_else(|| panic!("{text}")).to_string();
        for (text, expected) in [
            ("2026-02-10T07:50:27.330776Z", "2026-02-10T07:50:27.330776Z"),
            ("2026-02-10T07:50:27Z", "2026-02-10T07:50:27.000000Z"),
            ("2026-02-10T07:50:27.330776+05:30", "2026-02-10T02:20:27.330776Z"),
            ("2026-02-10 07:50:27-05:30", "2026-02-10T13:20:27.000000Z"),
            ("2026-02-10 07:50:27.5", "2026-02-10T07:50:27.500000Z"),
            ("2026-02-10 07:50:27.330776 +0000 UTC", "2026-02-10T07:50:27.330776Z"),
            ("2026-02-10 07:50:27.330776123 +0100", "2026-02-10T06:50:27.330776Z"),
            ("2026-02-10 07:50", "2026-02-10T07:50:00.000000Z"),
            ("2026-02-10", "2026-02-10T00:00:00.000000Z"),
            ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59.000000Z"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_moments() {
        for text in [
            "",
            "now",
            "2026",
            "2026-02-30",
            "2026-13-01",
            "2026-2-10",
            "2026-02-10T",
            "2026-02-10T24:00",
            "2026-02-10 07:50:61",
            "2026-02-10 07:50:27.",
            "2026-02-10 07:50:27 CET",
            "2026-02-10 07:50+5",
            "2026-02-10é07:50",
            "+026-02-10",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn moments_convert_to_system_time_and_back() {
        let moment = Moment::START + Duration::from_micros(7);
        assert_eq!(Moment::from(moment.to_system_time()), moment);
    }
}
