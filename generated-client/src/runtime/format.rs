//! The forms of text. `spec/README.md` defines them.

use super::schema::Format;

impl Format {
    /// Whether a text has this form.
    pub(crate) fn fits(self, text: &str) -> bool {
        match self {
            Self::Country => text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_uppercase()),
            Self::E164 => text.strip_prefix('+').is_some_and(is_number),
            Self::Email => text.split_once('@').is_some_and(|(name, domain)| is_mailbox(name, domain)),
            Self::Uuid => is_uuid(text),
            Self::Url => text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).is_some_and(has_host),
        }
    }

    /// What a text of this form is, in words.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Country => "a country code of two capital letters, such as US",
            Self::E164 => "a telephone number in E.164 form, such as +12175550123",
            Self::Email => "an e-mail address",
            Self::Uuid => "a UUID",
            Self::Url => "an address that starts with https:// or http://",
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

fn has_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty() && !host.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::Format;

    fn check(format: Format, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(format.fits(text), "{format:?} refuses {text:?}");
        }
        for text in bad {
            assert!(!format.fits(text), "{format:?} accepts {text:?}");
        }
    }

    #[test]
    fn forms_are_as_defined() {
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
    }
}
