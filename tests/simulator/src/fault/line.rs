//! Texts of a script, as they are repeated in a line of the log, of the record or of an error.

use std::fmt::Write;

/// So many letters are repeated.
const LONGEST: usize = 200;

/// Whether a text is repeated whole.
pub(super) fn is_short(text: &str) -> bool {
    text.chars().nth(LONGEST).is_none()
}

/// The text on one line, and cut where it is long. Nobody can make two lines of one.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::new();
    for letter in text.chars().take(LONGEST) {
        if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') {
            // A string takes every text.
            let _ = write!(shown, "{}", letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    if !is_short(text) {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{is_short, shown};

    #[test]
    fn a_text_is_one_line() {
        assert_eq!(shown("a \"b\" ü"), "a \"b\" ü");
        assert_eq!(shown("a\r\nb\u{1b}[0m\u{85}\u{2028}"), "a\\r\\nb\\u{1b}[0m\\u{85}\\u{2028}");
        let long = "ü".repeat(200);
        assert_eq!(shown(&long), long);
        assert_eq!(shown(&format!("{long}x")), format!("{long}…"));
        assert!(is_short(&long) && !is_short(&format!("{long}x")));
    }
}
