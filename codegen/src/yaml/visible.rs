//! Characters that nobody sees: two names that look alike would differ.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};

/// Reports the characters of a file that cannot be seen. Returns whether there are any.
pub(super) fn has_invisible(text: &str, file: usize, diagnostics: &mut Diagnostics) -> bool {
    // Most files have nothing but these.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return false;
    }
    let mut found = false;
    for (start, character) in text.char_indices().filter(|(_, character)| is_invisible(*character)) {
        let span = Span { file, start, end: start + character.len_utf8() };
        let code = u32::from(character);
        let code_point = format!("{code:04X}");
        // YAML's `\u` takes exactly four digits.
        let escape = if code > 0xFFFF { format!("\\U{code:08X}") } else { format!("\\u{code_point}") };
        found = true;
        diagnostics.push_with(|| {
            Diagnostic::new(Code::Invisible, format!("the invisible character U+{code_point}"))
                .at(span, "here")
                .help(format!("remove it, or write a space; if it is meant, write `\"{escape}\"` in double quotes"))
        });
    }
    found
}

/// Control characters, spaces other than the usual one, and characters without a shape: Unicode's `White_Space`,
/// `Default_Ignorable_Code_Point` and the marks of interlinear annotations, and the empty cell of Braille.
fn is_invisible(character: char) -> bool {
    let is_usual = matches!(character, ' ' | '\t' | '\n' | '\r');
    let has_no_shape = matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    );
    !is_usual && (character.is_control() || character.is_whitespace() || has_no_shape)
}

#[cfg(test)]
mod tests {
    use super::is_invisible;

    #[test]
    fn characters_without_a_shape_are_invisible() {
        for character in "\0\u{8}\u{7f}\u{85}\u{a0}\u{34f}\u{61c}\u{115f}\u{2003}\u{200b}\u{202e}\u{2069}\u{2800}\u{3164}\u{fe0f}\u{ffa0}\u{e0041}\u{e0100}".chars() {
            assert!(is_invisible(character), "U+{:04X}", u32::from(character));
        }
        for character in "a \t\r\n-é…\u{301}\u{600}漢🙂".chars() {
            assert!(!is_invisible(character), "U+{:04X}", u32::from(character));
        }
    }
}
