//! The formats of strings. `spec/README.md` defines them.

use crate::model::{DeclaredFormat, Format, Model};

/// Whether a string has a format.
pub(super) fn has_format(declared: &[DeclaredFormat], format: Format, text: &str) -> bool {
    match format {
        Format::Country => text.len() == 2 && text.chars().all(|letter| letter.is_ascii_uppercase()),
        Format::E164 => text.strip_prefix('+').is_some_and(is_number),
        Format::Email => text.split_once('@').is_some_and(|(name, domain)| is_email(name, domain)),
        Format::Uuid => is_uuid(text),
        Format::Url => after_scheme(text).is_some_and(has_host),
        Format::Date => is_date(text),
        Format::DateTime => text.split_once(' ').is_some_and(|(date, time)| is_date(date) && is_time(time)),
        Format::Declared(id) => declared.get(id.0).is_some_and(|format| is_declared(format, text)),
    }
}

/// What a format requires, in words that follow the name of a field.
pub(super) fn demand(model: &Model, format: Format) -> String {
    let demand = match format {
        Format::Declared(id) => return format!("must be {}", model[id].in_words()),
        Format::Country => "must be an ISO 3166-1 country code of two capital letters",
        Format::E164 => "must be a telephone number in E.164 form, as in +12175550123",
        Format::Email => "must be an e-mail address",
        Format::Uuid => "must be a UUID",
        Format::Url => "must be a URL that starts with http:// or https://",
        Format::Date => "must be a date, as in 2026-01-31",
        Format::DateTime => "must be a date and a time, as in 2026-01-31 23:59:59",
    };
    demand.to_owned()
}

/// A prefix, and then characters of the alphabet.
fn is_declared(format: &DeclaredFormat, text: &str) -> bool {
    let Some(rest) = text.strip_prefix(&format.prefix) else { return false };
    let is_allowed = |letter: char| {
        let mut ranges = format.alphabet.iter().map(|characters| characters.range());
        ranges.any(|(first, last)| (first..=last).contains(&letter))
    };
    let length = u64::try_from(rest.chars().count()).unwrap_or(u64::MAX);
    (format.least..=format.most).contains(&length) && rest.chars().all(is_allowed)
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    number(year, 4).is_some() && within(month, 1, 12) && within(day, 1, 31)
}

/// `HH:MM`, `HH:MM:SS`, or the latter with a fraction of one to six digits.
fn is_time(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, "00"),
        [hour, minute, second] => (hour, minute, second),
        _ => return false,
    };
    let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
    let is_fraction = (1..=6).contains(&fraction.len()) && number(fraction, fraction.len()).is_some();
    within(hour, 0, 23) && within(minute, 0, 59) && within(second, 0, 59) && is_fraction
}

fn within(text: &str, least: u32, most: u32) -> bool {
    number(text, 2).is_some_and(|number| (least..=most).contains(&number))
}

/// The number that a string of exactly this many digits stands for.
fn number(text: &str, digits: usize) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

fn is_number(digits: &str) -> bool {
    (7..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.chars().all(|digit| digit.is_ascii_digit())
}

fn is_email(name: &str, domain: &str) -> bool {
    let plain =
        |text: &str| !text.contains(|letter: char| letter == '@' || letter.is_whitespace() || letter.is_control());
    let dotted = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
    !name.is_empty() && plain(name) && plain(domain) && dotted
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.chars().all(|digit| digit.is_ascii_hexdigit()))
}

fn after_scheme(text: &str) -> Option<&str> {
    text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))
}

fn has_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty() && !host.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::{has_format, is_declared};
    use crate::model::{Characters, DeclaredFormat, Format};

    fn check(format: Format, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(has_format(&[], format, text), "{format:?} refuses {text:?}");
        }
        for text in bad {
            assert!(!has_format(&[], format, text), "{format:?} accepts {text:?}");
        }
    }

    #[test]
    fn formats_are_as_defined() {
        check(Format::Country, &["US", "IN"], &["", "us", "USA", "U", "Ü", "1A"]);
        check(
            Format::E164,
            &["+12175550123", "+1234567", "+123456789012345"],
            &["", "+", "12175550123", "+0123456789", "+123456", "+1234567890123456", "+1217555012a", "++1234567"],
        );
        check(
            Format::Email,
            &["a@b.c", "ada.b+c@mail.example.com", "ü@b.c"],
            &[
                "",
                "@",
                "a@b",
                "@b.c",
                "a@.c",
                "a@b.",
                "a@b@c.d",
                "a b@c.d",
                "a@b.c ",
                "a@b .c",
                "a@b.c.",
                "a@.b.c",
                "a\u{7}@b.c",
            ],
        );
        check(
            Format::Uuid,
            &["201faedc-7df9-4840-9ab1-3997ce3f7cf4", "201FAEDC-7DF9-4840-9AB1-3997CE3F7CF4"],
            &["", "201faedc7df948409ab13997ce3f7cf4", "201faedc-7df9-4840-9ab1-3997ce3f7cfg", "----"],
        );
        check(
            Format::Url,
            &["http://a", "https://example.com/x?y#z", "https://localhost:1/"],
            &["", "example.com", "ftp://a.b", "https://", "https:///x", "http://?x"],
        );
        check(
            Format::Date,
            &["2026-01-31", "0000-12-01"],
            &["", "2026-1-31", "2026-13-01", "2026-01-32", "2026-01-00", "26-01-01", "2026-01-01 ", "2026-01-01-01"],
        );
        check(
            Format::DateTime,
            &["2026-01-31 23:59", "2026-01-31 00:00:00", "2026-01-31 12:30:59.5", "2026-01-31 12:30:59.123456"],
            &[
                "",
                "2026-01-31",
                "2026-01-31T12:30",
                "2026-01-31 24:00",
                "2026-01-31 12:60",
                "2026-01-31 12:30:60",
                "2026-01-31 12:30:59.",
                "2026-01-31 12:30:59.1234567",
                "2026-01-31 12:30.5",
                "2026-01-31 1:30",
                "2026-01-31  12:30",
            ],
        );
    }

    #[test]
    fn a_declared_format_is_a_prefix_and_characters_of_an_alphabet() {
        let format = DeclaredFormat {
            name: "plate".to_owned(),
            says: "a plate".to_owned(),
            prefix: "P-".to_owned(),
            least: 2,
            most: 3,
            alphabet: vec![Characters::Uppercase, Characters::Digits, Characters::One('é')],
        };
        for text in ["P-A1", "P-éé9"] {
            assert!(is_declared(&format, text), "{text:?}");
        }
        for text in ["", "P-", "P-A", "P-AAAA", "p-AA", "P-aa", "P-A ", "AA", "P-AÉ"] {
            assert!(!is_declared(&format, text), "{text:?}");
        }
        assert!(is_declared(&format, &format.sample(&mut |count| count - 1)));
        assert_eq!(format.in_words(), "a plate: P- and 2 to 3 uppercase letters, digits or \"é\"");
    }
}
