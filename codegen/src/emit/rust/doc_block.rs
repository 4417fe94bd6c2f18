//! Blocks of documentation. A block is one attribute as long as the code is tokens, because the attributes of single
//! lines would be most of the tokens. The layout makes lines of it.

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;

/// Ends the lines of a block but the last. No text of the spec has control characters by then.
const BREAK: char = '\u{2}';

/// A block of these lines.
pub(super) fn emit_block(lines: impl IntoIterator<Item = impl AsRef<str>>) -> TokenStream {
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_none() {
        return quote!();
    }
    let mut block = String::new();
    for (index, line) in lines.enumerate() {
        if index > 0 {
            block.push(BREAK);
        }
        let line = line.as_ref();
        block.push_str(if line.is_empty() { "" } else { " " });
        block.push_str(line);
    }
    let block = raw_string(&block);
    quote! { #[doc = #block] }
}

/// A text as it is, which needs no escapes here and no reading of them by the layout. A text that contains the end of
/// such a literal is escaped.
fn raw_string(text: &str) -> Literal {
    format!("r#\"{text}\"#").parse().unwrap_or_else(|_| Literal::string(text))
}

/// The block in the brackets of an attribute, if it is one.
pub(super) fn block_of(attribute: &[TokenTree]) -> Option<String> {
    match attribute {
        [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(block)] if name == "doc" => {
            match syn::Lit::new(block.clone()) {
                syn::Lit::Str(block) => Some(block.value()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Adds the lines of a block as comments.
pub(super) fn push_comments(block: &str, margin: &str, text: &mut String) {
    for line in block.split(BREAK) {
        text.push_str(margin);
        text.push_str("///");
        text.push_str(line.trim_end_matches(' '));
        text.push('\n');
    }
}
