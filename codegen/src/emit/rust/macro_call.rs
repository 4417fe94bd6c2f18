//! The layout of calls of macros in parentheses. prettyplease prints macros as raw tokens.

use std::borrow::Borrow;
use std::mem;

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};

/// The width of a line.
pub(super) const WIDTH: usize = 100;

/// The text of a call as an item: on one line if it fits. Otherwise the first argument, which names the type, has a line
/// of its own, and the others share lines; none of them is broken.
pub(super) fn macro_call(name: &Ident, tokens: TokenStream) -> String {
    let arguments: Vec<_> = arguments(tokens).into_iter().map(text).collect();
    let line = format!("{name}!({});\n", arguments.join(", "));
    if line.trim_end().len() <= WIDTH {
        return line;
    }
    let mut lines: Vec<String> = Vec::new();
    for (index, argument) in arguments.iter().enumerate() {
        match lines.last_mut() {
            Some(line) if index > 1 && line.len() + argument.len() + " ,".len() <= WIDTH => {
                line.push_str(&format!(" {argument},"));
            }
            _ => lines.push(format!("    {argument},")),
        }
    }
    format!("{name}!(\n{}\n);\n", lines.join("\n"))
}

/// What is between the commas. Those inside `<` and `>` do not count.
pub(super) fn arguments(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut arguments = Vec::new();
    let mut argument = Vec::new();
    let mut depth = 0_usize;
    for token in tokens {
        match &token {
            TokenTree::Punct(mark) if mark.as_char() == ',' && depth == 0 => {
                arguments.push(mem::take(&mut argument));
                continue;
            }
            TokenTree::Punct(mark) if mark.as_char() == '<' => depth += 1,
            TokenTree::Punct(mark) if mark.as_char() == '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        argument.push(token);
    }
    arguments.push(argument);
    arguments.retain(|argument: &Vec<_>| !argument.is_empty());
    arguments
}

/// Tokens as text, with blanks as in Rust: `a: b`, `A = "b"`, `a => b`, `a::Page<A, B>`, `A { b }`.
pub(super) fn text<T: Borrow<TokenTree>>(tokens: impl IntoIterator<Item = T>) -> String {
    let mut text = String::new();
    push_text(tokens, &mut text);
    text
}

fn push_text<T: Borrow<TokenTree>>(tokens: impl IntoIterator<Item = T>, text: &mut String) {
    let mut is_path = false;
    for token in tokens {
        match token.borrow() {
            TokenTree::Punct(mark) => match mark.as_char() {
                ':' if is_path || mark.spacing() == Spacing::Joint => {
                    text.push(':');
                    is_path = !is_path;
                }
                ':' => text.push_str(": "),
                ',' => text.push_str(", "),
                '=' if mark.spacing() == Spacing::Joint => text.push_str(" ="),
                '=' => text.push_str(" = "),
                '>' if text.ends_with('=') => text.push_str("> "),
                other => text.push(other),
            },
            TokenTree::Group(group) => {
                let (left, right) = brackets(group.delimiter());
                let is_block = group.delimiter() == Delimiter::Brace;
                let blank = if is_block && !group.stream().is_empty() { " " } else { "" };
                text.push_str(if is_set_off(group.delimiter(), text) { " " } else { "" });
                text.extend([left, blank]);
                push_text(group.stream(), text);
                text.extend([blank, right]);
            }
            word @ (TokenTree::Ident(_) | TokenTree::Literal(_)) => {
                let word = word.to_string();
                text.push_str(if ends_in_word(text) || word == "as" { " " } else { "" });
                text.push_str(&word);
            }
        }
    }
}

/// Whether a blank stands between a text and the group after it: `A { b }` and `A [b]`, but `a(b)` and `&[b]`. No macro
/// that is laid out here has an index.
pub(super) fn is_set_off(delimiter: Delimiter, text: &str) -> bool {
    matches!(delimiter, Delimiter::Brace | Delimiter::Bracket) && ends_in_word(text)
}

fn ends_in_word(text: &str) -> bool {
    text.ends_with(|last: char| last.is_alphanumeric() || last == '_')
}

/// The brackets of a group.
pub(super) fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::None => ("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::macro_call;

    fn laid_out(code: &str) -> String {
        let call: syn::ItemMacro = syn::parse_str(code).unwrap();
        macro_call(call.mac.path.get_ident().unwrap(), call.mac.tokens)
    }

    #[test]
    fn a_short_call_is_one_line() {
        for (code, expected) in [
            ("paged ! (A , B) ;", "paged!(A, B);\n"),
            ("object ! (A , 0 : b) ;", "object!(A, 0: b);\n"),
            ("open_enum ! (A , B = \"b, c\") ;", "open_enum!(A, B = \"b, c\");\n"),
            (
                "a ! (Page < BTreeMap < String , serde_json :: Value > >) ;",
                "a!(Page<BTreeMap<String, serde_json::Value>>);\n",
            ),
        ] {
            assert_eq!(laid_out(code), expected);
        }
    }

    #[test]
    fn a_long_call_breaks_between_arguments() {
        let code = "open_enum!(Thing, First = \"FIRST\", Second = \"SECOND\", Third = \"THIRD\", Fourth = \"FOURTH\", \
            Fifth = \"FIFTH\", Sixth = \"SIXTH\");";
        let expected = "open_enum!(\n    Thing,\n    First = \"FIRST\", Second = \"SECOND\", Third = \"THIRD\", \
            Fourth = \"FOURTH\", Fifth = \"FIFTH\",\n    Sixth = \"SIXTH\",\n);\n";
        assert_eq!(laid_out(code), expected);
    }
}
