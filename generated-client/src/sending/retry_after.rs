//! The wait that a server requests with `Retry-After`.

use std::time::Duration;

use http::HeaderMap;
use http::header::{DATE, HeaderName, RETRY_AFTER};

use super::http_date;

/// Reads `Retry-After`, which holds seconds or a date. A date in the past means no wait.
///
/// A date is compared with the server's own `Date` header if there is one, because the two clocks may differ.
pub(crate) fn retry_after(headers: &HeaderMap, since_1970: Duration) -> Option<Duration> {
    let text = text(headers, RETRY_AFTER)?;
    if !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_digit()) {
        // A larger number saturates at 136 years.
        let seconds = text.parse().unwrap_or(u32::MAX);
        return Some(Duration::from_secs(seconds.into()));
    }
    let until = http_date::parse(text)?;
    let own_time = || i64::try_from(since_1970.as_secs()).unwrap_or(i64::MAX);
    let now = self::text(headers, DATE).and_then(http_date::parse).unwrap_or_else(own_time);
    let seconds = u64::try_from(until.saturating_sub(now)).unwrap_or(0);
    Some(Duration::from_secs(seconds))
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT
    const NOW: Duration = Duration::from_secs(784_111_777);

    fn seconds(value: &str, date: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().expect("a value"));
        if let Some(date) = date {
            headers.insert(DATE, date.parse().expect("a value"));
        }
        retry_after(&headers, NOW).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_and_dates_are_accepted() {
        assert_eq!(retry_after(&HeaderMap::new(), NOW), None);
        for (value, wait) in [
            ("0", Some(0)),
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("99999999999999999999", Some(u32::MAX.into())),
            ("Sun, 06 Nov 1994 08:50:07 GMT", Some(30)),
            ("Sunday, 06-Nov-94 08:50:07 GMT", Some(30)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
            ("Sat, 05 Nov 1994 08:49:37 GMT", Some(0)),
            ("Thu, 01 Jan 0001 00:00:00 GMT", Some(0)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(253_402_300_799 - 784_111_777)),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(seconds(value, None), wait, "{value:?}");
        }
    }

    #[test]
    fn a_date_is_compared_with_the_date_of_the_server() {
        let until = "Sun, 06 Nov 1994 08:50:07 GMT";
        assert_eq!(seconds(until, Some("Sun, 06 Nov 1994 08:50:00 GMT")), Some(7));
        assert_eq!(seconds(until, Some("yesterday")), Some(30));
        assert_eq!(seconds("7", Some("Sun, 06 Nov 1994 08:50:00 GMT")), Some(7));
    }
}
