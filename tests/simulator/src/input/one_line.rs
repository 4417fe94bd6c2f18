//! Escapes and shortens texts of users for one line of an error, a header, the record or the log.

use std::fmt::Write;

/// The maximum length, in characters.
const MAX_CHARACTERS: usize = 200;

/// Whether a text is not shortened.
pub(crate) fn is_short(text: &str) -> bool {
    text.chars().nth(MAX_CHARACTERS).is_none()
}

/// The text on one line: control characters and line separators are escaped, and a long text is cut off.
pub(crate) fn escaped(text: &str) -> String {
    let mut line = String::new();
    for character in text.chars().take(MAX_CHARACTERS) {
        if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') {
            // Writing to a string cannot fail.
            let _ = write!(line, "{}", character.escape_default());
        } else {
            line.push(character);
        }
    }
    if !is_short(text) {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{escaped, is_short};

    #[test]
    fn a_text_becomes_one_line() {
        assert_eq!(escaped("a \"b\" ü"), "a \"b\" ü");
        assert_eq!(escaped("a\r\nb\u{1b}[0m\u{85}\u{2028}"), "a\\r\\nb\\u{1b}[0m\\u{85}\\u{2028}");
        let long = "ü".repeat(200);
        assert_eq!(escaped(&long), long);
        assert_eq!(escaped(&format!("{long}x")), format!("{long}…"));
        assert!(is_short(&long) && !is_short(&format!("{long}x")));
    }
}
