//! Timestamps of answers as times of `jiff`.

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;

use super::wire_text::Timestamp;

/// Plivo's formats with a time zone that is not ISO 8601: `2023-07-12 15:52:14.772699 +0000 UTC`.
const WITH_ZONE_NAME: &str = "%Y-%m-%d %H:%M:%S%.f %z UTC";

/// The length of a date such as `2017-05-22`.
const DATE_LENGTH: usize = 10;

/// Converts the text of an answer to an instant. The feature `jiff` enables it.
///
/// Plivo writes instants in several formats: `2020-02-10T07:50:27.330776Z`, `2017-05-22 17:49:40+05:30`,
/// `2023-07-12 15:52:14.772699 +0000 UTC` and `2017-05-22 13:17:49.050872`. The last one names no time zone and is taken
/// as UTC, as Plivo does with times in queries. Text without a time of day of the form `hh:mm`, or with the name of a
/// time zone instead of an offset, is an error. Convert a date to a [`jiff::civil::Date`].
impl TryFrom<&Timestamp> for jiff::Timestamp {
    type Error = jiff::Error;

    fn try_from(timestamp: &Timestamp) -> Result<Self, jiff::Error> {
        let text = timestamp.as_str();
        if let Ok(instant) = text.parse() {
            return Ok(instant);
        }
        if let Ok(parts) = BrokenDownTime::parse(WITH_ZONE_NAME, text) {
            return parts.to_timestamp();
        }
        let civil: DateTime = text.parse()?;
        if !text.contains(':') {
            return Err(jiff::Error::from_args(format_args!("`{text}` has no time of day of the form hh:mm")));
        }
        if text.contains('[') {
            return Err(jiff::Error::from_args(format_args!("`{text}` names a time zone, but no offset from UTC")));
        }
        TimeZone::UTC.to_timestamp(civil)
    }
}

/// Converts the text of an answer to its date, in the time zone in which it is written. The feature `jiff` enables it.
///
/// The text is a date such as `2017-05-22`, or an instant in one of the formats that convert to a [`jiff::Timestamp`].
impl TryFrom<&Timestamp> for Date {
    type Error = jiff::Error;

    fn try_from(timestamp: &Timestamp) -> Result<Self, jiff::Error> {
        let text = timestamp.as_str();
        let date = text.get(..DATE_LENGTH).unwrap_or(text).parse()?;
        if text.len() > DATE_LENGTH {
            jiff::Timestamp::try_from(timestamp)?;
        }
        Ok(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> Option<String> {
        jiff::Timestamp::try_from(&Timestamp::new(text)).ok().map(|instant| instant.to_string())
    }

    #[test]
    fn every_format_of_plivo_is_an_instant() {
        for (text, expected) in [
            ("2020-02-10T07:50:27.330776Z", "2020-02-10T07:50:27.330776Z"),
            ("2019-07-15T12:22:00Z", "2019-07-15T12:22:00Z"),
            ("2023-06-30T12:12:03.187679+05:30", "2023-06-30T06:42:03.187679Z"),
            ("2017-05-22 17:49:40+05:30", "2017-05-22T12:19:40Z"),
            ("2017-05-22 13:17:49.050872", "2017-05-22T13:17:49.050872Z"),
            ("2023-07-12 15:52:14.772699 +0000 UTC", "2023-07-12T15:52:14.772699Z"),
            ("2023-07-12 15:52:14 +0000 UTC", "2023-07-12T15:52:14Z"),
        ] {
            assert_eq!(instant(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_date_is_no_instant_and_other_text_is_an_error() {
        for text in [
            "2017-05-22",
            "",
            "soon",
            "2017-05-22 25:00:00",
            "2017-13-22T00:00:00Z",
            "1495459180",
            "2017-05-22T13:17:49[America/New_York]",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
        let error = |text: &str| jiff::Timestamp::try_from(&Timestamp::new(text)).unwrap_err().to_string();
        assert_eq!(error("20170522T131749"), "`20170522T131749` has no time of day of the form hh:mm");
    }

    #[test]
    fn the_date_is_the_one_that_is_written() {
        let date = |text: &str| Date::try_from(&Timestamp::new(text)).ok().map(|date| date.to_string());
        assert_eq!(date("2017-05-22").as_deref(), Some("2017-05-22"));
        assert_eq!(date("2017-05-22 23:49:40-05:30").as_deref(), Some("2017-05-22"));
        for text in ["soon", "2017-05-22garbage", "2017-05-22T25:00:00Z", "2017-05-22 "] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(date("ééééééé"), None);
    }
}
