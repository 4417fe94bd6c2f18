//! Prose of the spec: paragraphs and items, with code and addresses in them. Everything else is plain text.

/// A paragraph, or an item of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block<'t> {
    Paragraph(&'t str),
    Item(&'t str),
}

/// A part of a paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inline<'t> {
    Text(&'t str),
    Code(&'t str),
    Address(&'t str),
}

/// The blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    for paragraph in text.split("\n\n") {
        for (index, part) in paragraph.split("\n- ").enumerate() {
            let part = part.trim();
            blocks.push(match part.strip_prefix("- ") {
                Some(item) => Block::Item(item),
                None if index > 0 => Block::Item(part),
                None => Block::Paragraph(part),
            });
        }
    }
    blocks
}

/// The parts of a paragraph. A tick without a partner is text.
pub(super) fn inlines(text: &str) -> Vec<Inline<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((code, after)) = after.split_once('`') else { break };
        addresses(before, &mut parts);
        parts.push(Inline::Code(code));
        rest = after;
    }
    addresses(rest, &mut parts);
    parts
}

fn addresses<'t>(text: &'t str, parts: &mut Vec<Inline<'t>>) {
    let mut rest = text;
    while let Some(start) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let (before, from) = rest.split_at(start);
        let end =
            from.find(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"')).unwrap_or(from.len());
        let address = from[..end].trim_end_matches(['.', ',', ';', ':', ')', ']', '}', '\'']);
        let scheme = from.find("://").map_or(0, |colon| colon + 3);
        // A scheme alone is a word.
        let (part, length) = if address.len() > scheme {
            (Inline::Address(address), address.len())
        } else {
            (Inline::Text(&from[..scheme]), scheme)
        };
        if !before.is_empty() {
            parts.push(Inline::Text(before));
        }
        parts.push(part);
        rest = &from[length..];
    }
    if !rest.is_empty() {
        parts.push(Inline::Text(rest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_items() {
        let expected = [Block::Paragraph("One."), Block::Item("two"), Block::Item("three"), Block::Paragraph("Four.")];
        assert_eq!(blocks("One.\n- two\n- three\n\nFour."), expected);
        assert_eq!(blocks("- one"), [Block::Item("one")]);
    }

    #[test]
    fn code_and_addresses_are_found_in_text() {
        let expected = [
            Inline::Text("see "),
            Inline::Code("a<b"),
            Inline::Text(" at "),
            Inline::Address("https://example.com/x"),
            Inline::Text(", or https"),
        ];
        assert_eq!(inlines("see `a<b` at https://example.com/x, or https"), expected);
        assert_eq!(inlines("one ` tick"), [Inline::Text("one ` tick")]);
        assert_eq!(inlines("with https://."), [Inline::Text("with "), Inline::Text("https://"), Inline::Text(".")]);
    }
}
