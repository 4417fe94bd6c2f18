//! The formats of texts. `spec/README.md` defines the built-in ones, and `spec/plivo.yaml` declares others.

/// A format of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A country code: two uppercase letters.
    Country,
    /// A phone number in E.164 format: `+` and 7 to 15 digits, the first of which is not 0.
    E164,
    /// An email address.
    Email,
    /// A UUID with hyphens.
    Uuid,
    /// A URL that starts with `https://` or `http://`.
    Url,
    /// A date: `YYYY-MM-DD`.
    Date,
    /// A date and a time: `YYYY-MM-DD HH:MM`, optionally with seconds and a fraction of up to 6 digits.
    DateTime,
    /// A format that the spec declares.
    Declared(&'static DeclaredFormat),
}

/// A format that the spec declares: a prefix, and then characters of an alphabet.
#[derive(Debug, PartialEq, Eq)]
pub struct DeclaredFormat {
    /// The format in words.
    pub says: &'static str,
    /// The text at the beginning, which may be empty.
    pub prefix: &'static str,
    /// The minimum number of characters after the prefix.
    pub least: u64,
    /// The maximum number of characters after the prefix.
    pub most: u64,
    /// The first and the last character of each range of the alphabet.
    pub alphabet: &'static [(char, char)],
}

impl DeclaredFormat {
    fn matches(&self, text: &str) -> bool {
        let Some(rest) = text.strip_prefix(self.prefix) else { return false };
        let mut count = 0;
        let are_allowed = rest.chars().all(|character| {
            count += 1;
            self.alphabet.iter().any(|(first, last)| (*first..=*last).contains(&character))
        });
        are_allowed && (self.least..=self.most).contains(&count)
    }
}

impl Format {
    /// Whether a text has this format.
    pub(crate) fn matches(self, text: &str) -> bool {
        match self {
            Self::Country => text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_uppercase()),
            Self::E164 => text.strip_prefix('+').is_some_and(is_number),
            Self::Email => text.split_once('@').is_some_and(|(name, domain)| is_mailbox(name, domain)),
            Self::Uuid => is_uuid(text),
            Self::Url => text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).is_some_and(has_host),
            Self::Date => is_date(text.as_bytes()),
            Self::DateTime => is_date_and_time(text.as_bytes()),
            Self::Declared(format) => format.matches(text),
        }
    }

    /// The format in words, with an article.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Country => "two uppercase letters, such as US",
            Self::E164 => "a phone number in E.164 format, such as +12175550123",
            Self::Email => "an email address",
            Self::Uuid => "a UUID",
            Self::Url => "a URL that starts with https:// or http://",
            Self::Date => "a date, such as 2026-01-31",
            Self::DateTime => "a date and a time, such as 2026-01-31 23:59:59",
            Self::Declared(format) => format.says,
        }
    }
}

fn is_number(digits: &str) -> bool {
    (7..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|digit| digit.is_ascii_digit())
}

fn is_mailbox(name: &str, domain: &str) -> bool {
    let is_plain =
        |text: &str| !text.contains(|letter: char| letter == '@' || letter.is_whitespace() || letter.is_control());
    let has_dot_inside = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
    !name.is_empty() && is_plain(name) && is_plain(domain) && has_dot_inside
}

fn is_uuid(text: &str) -> bool {
    let hyphens = [8, 13, 18, 23];
    text.len() == 36
        && text
            .bytes()
            .enumerate()
            .all(|(index, letter)| if hyphens.contains(&index) { letter == b'-' } else { letter.is_ascii_hexdigit() })
}

/// Whether a text matches a pattern, in which `0` matches any digit.
fn is_like(text: &[u8], pattern: &[u8]) -> bool {
    let fits = |(letter, like): (&u8, &u8)| if *like == b'0' { letter.is_ascii_digit() } else { letter == like };
    text.len() == pattern.len() && text.iter().zip(pattern).all(fits)
}

fn is_date(text: &[u8]) -> bool {
    is_like(text, b"0000-00-00")
        && (b"01".as_slice()..=b"12").contains(&&text[5..7])
        && (b"01".as_slice()..=b"31").contains(&&text[8..])
}

fn is_date_and_time(text: &[u8]) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else { return false };
    let (time, fraction) = time.split_at(time.iter().position(|letter| *letter == b'.').unwrap_or(time.len()));
    let is_time = is_like(time, b" 00:00:00") || (is_like(time, b" 00:00") && fraction.is_empty());
    // The bytes of digits have the order of the digits.
    let in_bounds = is_time
        && &time[1..3] <= b"23".as_slice()
        && &time[4..6] <= b"59".as_slice()
        && time.get(7..).is_none_or(|seconds| seconds <= b"59".as_slice());
    let is_fraction = fraction.is_empty()
        || ((2..=7).contains(&fraction.len()) && fraction[1..].iter().all(|digit| digit.is_ascii_digit()));
    is_date(date) && in_bounds && is_fraction
}

fn has_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty() && !host.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::{DeclaredFormat, Format};

    fn check(format: Format, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(format.matches(text), "{format:?} refuses {text:?}");
        }
        for text in bad {
            assert!(!format.matches(text), "{format:?} accepts {text:?}");
        }
    }

    #[test]
    fn formats_accept_what_the_spec_defines() {
        check(Format::Country, &["US"], &["", "us", "USA", "U1"]);
        check(
            Format::E164,
            &["+12175550123", "+1234567"],
            &["", "+", "12175550123", "+0123456789", "+123456", "+1234567890123456"],
        );
        check(
            Format::Email,
            &["ada@example.com", "a.b+c@mail.example.com"],
            &["", "@", "a@b", "@b.c", "a@.c", "a@b.", "a@b@c.d", "a b@c.d", "a@b\u{7}.c"],
        );
        check(
            Format::Uuid,
            &["201faedc-7df9-4840-9ab1-3997ce3f7cf4"],
            &["", "201faedc7df948409ab13997ce3f7cf4", "201faedc-7df9-4840-9ab1-3997ce3f7cfg"],
        );
        check(
            Format::Url,
            &["https://example.com/x", "http://a"],
            &["", "example.com", "https://", "ftp://a", "https:///x"],
        );
        check(
            Format::Date,
            &["2026-01-31", "0000-12-01"],
            &["", "2026-1-31", "2026-13-01", "2026-01-32", "2026-00-01", "26-01-01", "2026-01-01 ", "2026/01/01"],
        );
        check(
            Format::DateTime,
            &["2026-01-31 23:59", "2026-01-31 00:00:00", "2026-01-31 12:30:59.5", "2026-01-31 12:30:59.123456"],
            &["", "2026-01-31", "2026-01-31T12:30", "2026-01-31 24:00", "2026-01-31 12:60", "2026-01-31 12:30:60"],
        );
        check(
            Format::DateTime,
            &[],
            &[
                "2026-01-31 12:30:59.",
                "2026-01-31 12:30:59.1234567",
                "2026-01-31 12:30.5",
                "2026-01-31 1:30",
                "ééééééé",
            ],
        );
    }

    #[test]
    fn a_declared_format_is_a_prefix_and_characters_of_an_alphabet() {
        const ALPHABET: &[(char, char)] = &[('A', 'Z'), ('0', '9'), ('é', 'é')];
        const ID: DeclaredFormat =
            DeclaredFormat { says: "an id", prefix: "SA", least: 2, most: 3, alphabet: ALPHABET };
        check(Format::Declared(&ID), &["SAA1", "SAAé0"], &["", "SA", "SAA", "SAaa", "sAAA", "SAAAAA", "AASA", "SA- "]);
        const CODE: DeclaredFormat =
            DeclaredFormat { says: "a code", prefix: "", least: 0, most: 1, alphabet: ALPHABET };
        check(Format::Declared(&CODE), &["", "Z"], &["ZZ", "-"]);
    }
}
