//! Text of the spec as documentation: wrapped, and escaped so that it stays text.

use std::borrow::Cow;
use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::doc_block::emit_block;

/// The width at which text is wrapped. With the indentation of a row and `/// `, a line has at most 100 characters.
const WIDTH: usize = 88;

/// The documentation of the fields of an object, by their Rust names. A setter has the same as its field.
pub(super) type FieldDocs<'m> = HashMap<&'m str, TokenStream>;

/// Doc attributes for paragraphs of the spec.
pub(super) fn emit_doc(paragraphs: &[String]) -> TokenStream {
    let lines = paragraphs.iter().enumerate().flat_map(|(index, paragraph)| {
        let in_list = is_item(paragraph) && index > 0 && is_item(&paragraphs[index - 1]);
        let gap = (index > 0 && !in_list).then(String::new);
        gap.into_iter().chain(lines(paragraph))
    });
    emit_block(lines)
}

/// A paragraph of documentation in the generator's own words, which may contain links.
pub(super) fn emit_own_doc(text: &str) -> TokenStream {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push_str(&format!(" {word}"))
            }
            _ => lines.push(word.to_owned()),
        }
    }
    emit_block(lines)
}

/// Lines of code as documentation.
pub(super) fn emit_code(lines: &[String]) -> TokenStream {
    emit_block(lines)
}

/// `#[deprecated]` with its reason in one line. The compiler shows the reason verbatim, rustdoc as Markdown.
pub(super) fn emit_deprecated(reason: Option<&str>) -> Option<TokenStream> {
    reason.map(|reason| {
        let reason = lines(reason).join(" ");
        quote! { #[deprecated = #reason] }
    })
}

fn is_item(paragraph: &str) -> bool {
    paragraph.starts_with("- ")
}

/// A text of the spec as lines: escaped, and wrapped at the width.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n") {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        for (index, item) in paragraph.split("\n- ").enumerate() {
            let item = if index > 0 { format!("- {item}") } else { item.to_owned() };
            lines.extend(wrap(&escape(item.trim())));
        }
    }
    lines
}

/// A text of the spec as Markdown in one line.
pub(in crate::emit) fn line(text: &str) -> String {
    let words = escape(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let is_marked = words.split(' ').next().is_some_and(is_mark);
    if is_marked { format!("\\{words}") } else { words }
}

/// Wraps a text. No line but the first of a list item starts with a mark of Markdown.
fn wrap(text: &str) -> Vec<String> {
    let indent = if is_item(text) { "  " } else { "" };
    let mut lines = vec![String::new()];
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        let fits = width + 1 + length <= WIDTH;
        match lines.last_mut() {
            Some(line) if line.is_empty() => {
                let escape = if is_mark(word) && !is_item(text) { "\\" } else { "" };
                line.push_str(escape);
                line.push_str(word);
                width = escape.len() + length;
            }
            Some(line) if fits || is_mark(word) => {
                line.push(' ');
                line.push_str(word);
                width += 1 + length;
            }
            _ => {
                lines.push(format!("{indent}{word}"));
                width = indent.len() + length;
            }
        }
    }
    lines
}

/// Whether Markdown would take the first word of a line for the mark of a list, a heading, a rule, a
/// table, a quotation, a fence, a footnote or HTML. Blocks go before code, so it matters in code as well.
fn is_mark(word: &str) -> bool {
    let digits = word.trim_end_matches(['.', ')']);
    let is_number = digits.len() < word.len() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_address = word.starts_with("<http");
    is_number || (word.starts_with(['-', '+', '*', '#', '=', '|', '_', '<', '>', '~', '[']) && !is_address)
}

/// Escapes links, HTML, and code that rustdoc would run.
fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains("://") && !text.bytes().any(|byte| byte == b'`' || may_need_escape(byte)) {
        return Cow::Borrowed(text);
    }
    let text = single_ticks(text);
    let ticks = text.matches('`').count();
    let mut escaped = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        let is_code = index % 2 == 1 && index < ticks;
        if index > 0 {
            escaped.push_str(if is_code || index % 2 == 0 { "`" } else { "\\`" });
        }
        if is_code {
            escape_letters(part, &[], &mut escaped);
        } else {
            escape_prose(part, &mut escaped);
        }
    }
    Cow::Owned(escaped)
}

/// Replaces runs of ticks by single ones: Markdown pairs runs of equal length.
fn single_ticks(text: &str) -> Cow<'_, str> {
    if !text.contains("``") {
        return Cow::Borrowed(text);
    }
    let mut before = ' ';
    let is_first = |letter: &char| {
        let is_next = *letter == '`' && before == '`';
        before = *letter;
        !is_next
    };
    Cow::Owned(text.chars().filter(is_first).collect())
}

/// What starts a link or HTML, and what escapes.
const MARKS: [char; 6] = ['<', '>', '[', ']', '\\', '~'];

fn escape_prose(text: &str, escaped: &mut String) {
    let mut rest = text;
    while rest.contains("://") {
        let schemes = ["https://", "http://"];
        let Some(start) = schemes.iter().filter_map(|scheme| rest.find(scheme)).min() else { break };
        let (before, from) = rest.split_at(start);
        let url = address(from);
        escape_letters(before, &MARKS, escaped);
        escaped.push_str(&if url.ends_with("://") { url.to_owned() } else { format!("<{url}>") });
        rest = &from[url.len()..];
    }
    escape_letters(rest, &MARKS, escaped);
}

/// The URL that a text begins with, or its scheme alone, without the punctuation of the sentence.
fn address(text: &str) -> &str {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '<' | '>') || visible(letter) != letter;
    let address = &text[..text.find(ends).unwrap_or(text.len())];
    let scheme = text.find("://").map_or(0, |colon| colon + "://".len());
    &address
        [..address.trim_end_matches(['.', ',', ';', ':', ')', ']', '}', '\'', '"', '*', '_', '~']).len().max(scheme)]
}

/// Whether a byte can belong to a character that is escaped or replaced.
fn may_need_escape(byte: u8) -> bool {
    !(b' '..0x7f).contains(&byte) || matches!(byte, b'<' | b'>' | b'[' | b']' | b'\\' | b'~')
}

/// Copies a text, with a backslash before marks. What needs no look at its characters is copied in one piece.
fn escape_letters(text: &str, marks: &[char], escaped: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.bytes().position(may_need_escape) {
        let (before, from) = rest.split_at(start);
        escaped.push_str(before);
        let mut letters = from.chars();
        if let Some(letter) = letters.next() {
            escaped.push_str(if marks.contains(&letter) { "\\" } else { "" });
            escaped.push(visible(letter));
        }
        rest = letters.as_str();
    }
    escaped.push_str(rest);
}

/// Replaces control characters and marks that change the direction of text: the compiler refuses them in comments.
fn visible(letter: char) -> char {
    let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if turns || (letter.is_control() && !letter.is_whitespace()) { '\u{fffd}' } else { letter }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn text_stays_text() {
        for (text, expected) in [
            ("Plain words.", "Plain words."),
            ("a `Vec<u8>` of [x]", "a `Vec<u8>` of \\[x\\]"),
            ("<b>bold</b>", "\\<b\\>bold\\</b\\>"),
            ("see https://example.com/a.", "see <https://example.com/a>."),
            ("one ` tick", "one \\` tick"),
            ("```rust panic!()```", "`rust panic!()`"),
            ("*/ \"# ]]", "\\*/ \"# \\]\\]"),
            ("a\u{202e}b", "a\u{fffd}b"),
            ("``two`` and ``` `one` ```", "`two` and ` `one` `"),
            ("~~~ rust", "\\~\\~\\~ rust"),
            (
                "see (https://example.com/x), *https://example.com*",
                "see (<https://example.com/x>), *<https://example.com>*",
            ),
            ("x=https://example.com/?a=b.", "x=<https://example.com/?a=b>."),
            ("with or without https://.", "with or without https://."),
            ("https://example.com)\u{7}>", "<https://example.com>)\u{fffd}\\>"),
            ("https://example.com<https://example.com>", "<https://example.com>\\<<https://example.com>\\>"),
            ("https://example.com/\u{202e}a", "<https://example.com/>\u{fffd}a"),
            ("1. one", "\\1. one"),
            ("# no heading", "\\# no heading"),
        ] {
            assert_eq!(lines(text), [expected], "{text}");
        }
    }

    #[test]
    fn long_lines_are_wrapped() {
        let text = "word ".repeat(50);
        assert!(lines(&text).iter().all(|line| line.len() <= super::WIDTH));
        assert_eq!(lines("one\n\ntwo"), ["one", "", "two"]);
        assert_eq!(lines("- one\n- two\n  more"), ["- one", "- two more"]);
    }

    #[test]
    fn no_line_starts_with_a_mark() {
        for mark in ["-", "+", "*", "1.", "2)", "#", "==", "|", "` <!-- `", "` > `", "` ~~~ `", "` [^1]: `"] {
            let text = format!("word {}", format!("{mark} word ").repeat(60));
            assert!(
                lines(&text).iter().all(|line| line.starts_with("word") || line.starts_with("` ") || line == "`"),
                "{:?}",
                lines(&text)
            );
        }
    }
}
