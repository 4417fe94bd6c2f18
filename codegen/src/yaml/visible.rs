//! Characters that nobody sees: two names that look alike would differ.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};

/// Reports the characters of a file that cannot be seen. Returns whether there are any.
pub(super) fn has_invisible(text: &str, file: usize, diagnostics: &mut Diagnostics) -> bool {
    let mut found = false;
    for (start, character) in text.char_indices().filter(|(_, character)| is_invisible(*character)) {
        let span = Span { file, start, end: start + character.len_utf8() };
        let code_point = format!("{:04X}", u32::from(character));
        found = true;
        diagnostics.push_with(|| {
            Diagnostic::new(Code::Invisible, format!("the invisible character U+{code_point}")).at(span, "here").help(
                format!("remove it, or write a space; if it is meant, write `\"\\u{code_point}\"` in double quotes"),
            )
        });
    }
    found
}

/// Spaces other than the usual one, and characters without a shape.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{a0}' | '\u{ad}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{feff}'
    )
}
