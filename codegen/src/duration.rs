//! Durations as text, such as `30s`.

use std::time::Duration;

/// The units, with their length in milliseconds.
const UNITS: [(&str, u64); 5] = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// The longest duration: a century. Times plus a duration then stay within four digits of the year.
const LONGEST: u64 = 36_525 * 86_400_000;

/// The names of the units.
pub(crate) fn units() -> Vec<&'static str> {
    UNITS.iter().map(|(name, _)| *name).collect()
}

/// The duration that a text stands for: a whole number and a unit, which is `ms`, `s`, `m`, `h` or `d`. `None`: the
/// text has another form, or is longer than a century.
pub fn duration_of(text: &str) -> Option<Duration> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let (_, milliseconds) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let total = number.parse::<u64>().ok()?.checked_mul(*milliseconds)?;
    (total <= LONGEST).then(|| Duration::from_millis(total))
}

/// The duration of a number of seconds. `None`: it is negative, or longer than a century.
pub fn duration_of_seconds(seconds: f64) -> Option<Duration> {
    let duration = Duration::try_from_secs_f64(seconds).ok()?;
    (duration <= Duration::from_millis(LONGEST)).then_some(duration)
}

#[cfg(test)]
mod tests {
    use super::{duration_of, duration_of_seconds};
    use std::time::Duration;

    #[test]
    fn a_duration_is_a_number_with_a_unit() {
        let milliseconds = |text| duration_of(text).map(|duration| duration.as_millis());
        for (text, expected) in [("250ms", 250), ("0s", 0), ("30s", 30_000), ("5m", 300_000), ("2h", 7_200_000)] {
            assert_eq!(milliseconds(text), Some(expected), "{text}");
        }
        assert_eq!(milliseconds("36525d"), Some(3_155_760_000_000));
        for text in ["", "5", "s", "-1s", "1.5s", "1 s", "5 minutes", "1m30s", "36526d", "99999999999999999999s"] {
            assert_eq!(milliseconds(text), None, "{text}");
        }
    }

    #[test]
    fn seconds_are_a_duration_too() {
        assert_eq!(duration_of_seconds(0.5), Some(Duration::from_millis(500)));
        for seconds in [-1.0, f64::NAN, f64::INFINITY, 1e18] {
            assert_eq!(duration_of_seconds(seconds), None, "{seconds}");
        }
    }
}
