//! The layout of tables: calls of macros in braces that declare a struct or an enumeration.

use std::mem;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use super::doc_block::{block_of, push_comments};
use super::macro_call::{WIDTH, arguments, brackets, is_set_off, text};

/// How far the contents of braces and the rest of a broken line are indented.
const INDENT: usize = 4;

/// The text of a table: the declaration with a line for each row, and after it a statement for each rule.
pub(super) fn macro_table(name: &Ident, tokens: TokenStream) -> String {
    let mut lines = vec![format!("{name}! {{")];
    entries(tokens, INDENT, &mut lines);
    lines.push("}\n".to_owned());
    lines.join("\n")
}

/// Adds the lines of attributes, of declarations, and of what ends in a comma or a semicolon.
fn entries(tokens: TokenStream, indent: usize, lines: &mut Vec<String>) {
    let margin = " ".repeat(indent);
    let (mut entry, mut depth) = (Vec::new(), 0_usize);
    for token in tokens {
        match token {
            TokenTree::Punct(mark) if depth == 0 && matches!(mark.as_char(), ',' | ';') => {
                if lines.last().is_some_and(|line| line.starts_with(&margin) && line.ends_with('}')) {
                    lines.push(String::new());
                }
                fit(&mem::take(&mut entry), indent, &mark.to_string(), lines);
                continue;
            }
            TokenTree::Group(group) if matches!(&entry[..], [TokenTree::Punct(mark)] if mark.as_char() == '#') => {
                entry.clear();
                lines.push(attribute(inside(group), &margin));
                continue;
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let declaration = text(mem::take(&mut entry));
                let inside = inside(group);
                if inside.is_empty() {
                    lines.push(format!("{margin}{declaration} {{}}"));
                    continue;
                }
                lines.push(format!("{margin}{declaration} {{"));
                entries(inside, indent + INDENT, lines);
                lines.push(format!("{margin}}}"));
                continue;
            }
            TokenTree::Punct(ref mark) if mark.as_char() == '<' => depth += 1,
            TokenTree::Punct(ref mark) if mark.as_char() == '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        entry.push(token);
    }
}

/// What is in a group. Without the group, it is the only one that holds these tokens, and none is copied.
fn inside(group: Group) -> TokenStream {
    group.stream()
}

/// An attribute as lines. Documentation is a comment.
fn attribute(tokens: TokenStream, margin: &str) -> String {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let Some(block) = block_of(&tokens) else { return format!("{margin}#[{}]", text(tokens)) };
    let mut comments = String::with_capacity(block.len());
    push_comments(&block, margin, &mut comments);
    comments.pop();
    comments
}

/// Adds an entry: on one line if it fits, or else each item of its last group on a line of its own.
fn fit(tokens: &[TokenTree], indent: usize, end: &str, lines: &mut Vec<String>) {
    let margin = " ".repeat(indent);
    let line = format!("{margin}{}{end}", text(tokens));
    let fits = line.chars().count() <= WIDTH;
    if let Some((before, group)) = last_group(tokens).filter(|_| !fits) {
        let (opening, items, closing) = open(before, group);
        lines.push(format!("{margin}{opening}"));
        for item in items {
            fit(&item, indent + INDENT, ",", lines);
        }
        lines.push(format!("{margin}{closing}{end}"));
    } else {
        lines.push(line);
    }
}

/// The group at the end, with what is before it.
fn last_group(tokens: &[TokenTree]) -> Option<(&[TokenTree], &Group)> {
    match tokens {
        [before @ .., TokenTree::Group(group)] if !group.stream().is_empty() => Some((before, group)),
        _ => None,
    }
}

/// A group that is broken: the line that opens it, its items, and the line that closes it. A group that is the only
/// item of another one shares its lines.
fn open(before: &[TokenTree], group: &Group) -> (String, Vec<Vec<TokenTree>>, String) {
    let (left, right) = brackets(group.delimiter());
    let before = text(before);
    let blank = if is_set_off(group.delimiter(), &before) { " " } else { "" };
    let opening = format!("{before}{blank}{left}");
    let items = arguments(group.stream());
    if let [item] = &items[..]
        && let Some((before, group)) = last_group(item)
    {
        let (inner, items, closing) = open(before, group);
        return (format!("{opening}{inner}"), items, format!("{closing}{right}"));
    }
    (opening, items, right.to_owned())
}

#[cfg(test)]
mod tests {
    use super::macro_table;

    fn laid_out(code: &str) -> String {
        let call: syn::ItemMacro = syn::parse_str(code).unwrap();
        macro_table(call.mac.path.get_ident().unwrap(), call.mac.tokens)
    }

    #[test]
    fn a_row_is_a_line() {
        let table = "\
open_enum! {
    /// A color.
    #[deprecated = \"Use another.\"]
    pub enum Color {
        /// `RED`: Red, or //.
        Red = \"RED\",
        Blue = \"a, b\",
    }
}
";
        assert_eq!(laid_out(table), table);
    }

    #[test]
    fn a_long_row_breaks_between_facts_and_then_between_arguments() {
        let table = "\
object! {
    pub struct Thing {
        pub odd: BTreeMap<String, serde_json::Value> as \"any\" => 0: Query [Min(-5, Error(PAGE))],
        pub ein_issuing_country: Option<String> => 1: Body [
            MaxLength(2, Warning(GO)),
            Format(Format::Country, Warning(PAGE)),
        ],
        pub documents_of_the_company: Option<Vec<File>> => 2: Body [
            MaxItems(2, Error(PAGE)),
            ContentTypes(
                &[\"application/pdf\", \"application/msword\", \"image/jpeg\", \"image/png\", \"image/gif\"],
                Error(PAGE),
            ),
        ],
    }

    rules: &[
        Rule {
            name: \"public_needs_stock\",
            says: \"A publicly traded company should set both.\",
            then: Consequence::Needs(&[\"stock_symbol\", \"stock_exchange\"]),
        },
        Rule { name: \"short\", when: &[] },
    ];
    at_least: Some((1, Error(DOCS)));
}
";
        assert_eq!(laid_out(table), table);
        assert!(table.lines().all(|line| line.len() <= super::WIDTH));
    }

    #[test]
    fn a_table_may_be_empty() {
        let table = "object! {\n    /// Nothing.\n    pub struct Thing {}\n}\n";
        assert_eq!(laid_out(table), table);
    }
}
