//! Masks secrets in texts from outside, however they are written there.
//!
//! A gateway may repeat the request in its response: as it was sent, escaped for JSON, a URL or HTML, or cut.

/// Replaces a secret.
const MASK: &str = "[REDACTED]";

/// The number of letters from which the beginning of a secret is masked. Fewer may occur in any text.
const MIN_LETTERS: usize = 8;

/// How often a text can be escaped: JSON in JSON doubles the backslashes, a URL in a URL turns `%` into `%25`.
const MAX_ESCAPES: usize = 4;

/// Replaces the secrets in a text, and the beginnings of secrets.
pub(super) fn mask(text: &str, secrets: &[&str]) -> String {
    let (mut masked, mut rest) = (String::with_capacity(text.len()), text);
    let may_begin = |letter| is_escape(letter) || secrets.iter().any(|secret| secret.starts_with(letter));
    while let Some(start) = rest.find(may_begin) {
        masked.push_str(&rest[..start]);
        rest = &rest[start..];
        let found = secrets.iter().filter_map(|secret| find_prefix(rest, secret)).max();
        let letter = rest.chars().next().map_or(0, char::len_utf8);
        masked.push_str(if found.is_some() { MASK } else { &rest[..letter] });
        rest = &rest[found.unwrap_or(letter)..];
    }
    masked + rest
}

/// Whether a letter may be the beginning of another, escaped letter.
fn is_escape(letter: char) -> bool {
    matches!(letter, '\\' | '%' | '&' | '+')
}

/// The length of a secret or its beginning at the beginning of a text.
fn find_prefix(text: &str, secret: &str) -> Option<usize> {
    let length = |written: fn(&str, char) -> Option<usize>| {
        let (mut end, mut letters) = (0, 0);
        for letter in secret.chars() {
            let Some(length) = written(&text[end..], letter) else { break };
            end += length;
            letters += 1;
        }
        (letters >= MIN_LETTERS).then_some(end)
    };
    length(plain).max(length(escaped))
}

/// The length of a letter at the beginning of a text.
fn plain(text: &str, letter: char) -> Option<usize> {
    text.starts_with(letter).then(|| letter.len_utf8())
}

/// The length of a letter at the beginning of a text in which any letter may be escaped.
fn escaped(text: &str, letter: char) -> Option<usize> {
    match text.as_bytes().first()? {
        b'\\' => backslashed(text, letter),
        b'%' => percent_encoded(text, letter),
        b'&' => entity(text, letter),
        b'+' if letter == ' ' => Some(1),
        _ => None,
    }
    .or_else(|| plain(text, letter))
}

/// The escapes of JSON and of logs: `\/`, `\u002f` and `\x2f`, with one or more backslashes.
fn backslashed(text: &str, letter: char) -> Option<usize> {
    let mut end = 0;
    for unit in letter.encode_utf16(&mut [0; 2]) {
        let rest = &text[end..];
        let backslashes = rest.bytes().take(MAX_ESCAPES).take_while(|byte| *byte == b'\\').count();
        let (mark, digits) = rest[backslashes..].split_at_checked(1)?;
        let value = match mark {
            "u" => hex(digits, 4).map(|value| (value, 5)),
            "x" => hex(digits, 2).map(|value| (value, 3)),
            _ => None,
        };
        let of_escape = value.filter(|(value, _)| backslashes > 0 && *value == u32::from(*unit));
        let length = of_escape.map(|(_, length)| length).or_else(|| plain(mark, letter))?;
        end += backslashes + length;
    }
    Some(end)
}

/// `%2F`, and `%252F` if it was encoded twice.
fn percent_encoded(text: &str, letter: char) -> Option<usize> {
    let mut end = 0;
    for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
        let mut rest = text[end..].strip_prefix('%')?;
        for _ in 0..MAX_ESCAPES {
            rest = rest.strip_prefix("25").filter(|rest| hex(rest, 2).is_some()).unwrap_or(rest);
        }
        (hex(rest, 2)? == u32::from(byte)).then_some(())?;
        end = text.len() - rest.len() + 2;
    }
    Some(end)
}

/// The entities of HTML: `&#47;`, `&#x2F;` and `&amp;`.
fn entity(text: &str, letter: char) -> Option<usize> {
    const MAX_LENGTH: usize = 10;
    let end = text.bytes().take(MAX_LENGTH).position(|byte| byte == b';')?;
    let is_letter = match &text[1..end] {
        "amp" => letter == '&',
        "lt" => letter == '<',
        "gt" => letter == '>',
        "quot" => letter == '"',
        "apos" => letter == '\'',
        name => {
            let digits = name.strip_prefix('#')?;
            let value = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => hex(digits, digits.len()),
                None => digits.parse().ok(),
            };
            value == Some(u32::from(letter))
        }
    };
    is_letter.then_some(end + 1)
}

/// The value of so many hexadecimal digits at the beginning of a text.
fn hex(text: &str, digits: usize) -> Option<u32> {
    let digits = text.get(..digits).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::{MASK, mask};

    #[test]
    fn letters_are_found_in_every_form() {
        let secret = "a/b%\u{e4}\u{1f512}\\&25";
        for text in [
            secret,
            r"a\/b%ä🔒\\&25",
            r"a\\\/b\u0025\u00e4\ud83d\udd12\u005c&25",
            "a%2fb%25%C3%a4%f0%9f%94%92%5C%2625",
            "%2561%252fb%2525%25C3%25a4%25f0%259f%2594%2592%255C%252625",
            "&#97;&#X2f;b&#37;&#xe4;&#x1F512;&#92;&amp;25",
        ] {
            assert_eq!(mask(&format!("({text})"), &[secret]), format!("({MASK})"), "{text}");
        }
    }

    #[test]
    fn a_beginning_is_masked_and_anything_shorter_is_not() {
        let secrets = ["abcdefghijkl", "abcdefghij--"];
        assert_eq!(mask("abcdefgh abcdefghijxy abcdefghij- é", &secrets), format!("{MASK} {MASK}xy {MASK} é"));
        let short = "abcdefg \\ \\\\\\\\\\\\ %a % %2 & &# &#x; &; \\u \\u00 ä";
        assert_eq!(mask(short, &secrets), short);
        assert_eq!(mask("short", &["short"]), "short");
    }

    #[test]
    fn any_text_can_be_masked() {
        let mut random = fastrand::Rng::with_seed(1);
        let pieces = ["\\", "u00", "%", "25", "&", "#x", "2f", ";", "é", "a", "🔒", "/", "x"];
        for _ in 0..20_000 {
            let mut text = |most| (0..random.usize(0..most)).map(|_| pieces[random.usize(0..pieces.len())]).collect();
            let (text, secret): (String, String) = (text(30), text(16));
            let masked = mask(&format!("{text}{secret}"), &[&secret]);
            assert!(secret.chars().count() < 8 || masked.contains(MASK), "{secret} in {text}");
        }
    }
}
