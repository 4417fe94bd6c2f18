//! Prose as HTML.

use maud::{Markup, html};

use crate::emit::reference::prose::{Block, Inline, blocks, inlines};

/// A text in a line: code and addresses are marked up.
pub(super) fn inline(text: &str) -> Markup {
    html! {
        @for part in inlines(text) {
            @match part {
                Inline::Text(text) => (text),
                Inline::Code(code) => (code_of(code)),
                Inline::Address(url) => a href=(url) rel="noreferrer" { (url) },
            }
        }
    }
}

/// A path, which breaks after its slashes, but not after the first one.
pub(super) fn path_of(path: &str) -> Markup {
    html! { @for (index, part) in path.split_inclusive('/').enumerate() { @if index > 1 { wbr; } (part) } }
}

/// Code, which may be a path.
fn code_of(code: &str) -> Markup {
    html! { code { (path_of(code)) } }
}

/// A text as paragraphs and items.
pub(super) fn prose(text: &str) -> Markup {
    html! {
        @for block in blocks(text) {
            @match block {
                Block::Paragraph(text) => p { (inline(text)) },
                Block::Item(text) => p.item { "• " (inline(text)) },
            }
        }
    }
}

/// Sentences as a list, if there are any.
pub(super) fn list<'t>(sentences: impl IntoIterator<Item = &'t str>) -> Markup {
    let sentences: Vec<_> = sentences.into_iter().collect();
    html! {
        @if !sentences.is_empty() {
            ul { @for sentence in &sentences { li { (inline(sentence)) } } }
        }
    }
}
