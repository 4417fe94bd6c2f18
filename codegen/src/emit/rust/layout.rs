//! Tokens to text: laid out by prettyplease, with imports at the top and blank lines between the items.

use std::mem;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, File, ImplItem, ImplItemConst, ImplItemFn, ImplItemType, Item, ItemMod, parse_quote};

use super::doc_block::push_comments;
use super::imports::Imports;
use super::macro_call::macro_call;
use super::macro_table::macro_table;
use crate::emit::output::GENERATED_MARK;

/// The text of a generated file: its first line, its module documentation, its imports and its code. Each piece of
/// the code is laid out on its own, so that only one of them is in memory as tokens. `last` has imports of its own.
pub(super) fn file(
    origin: &str,
    head: &[String],
    mut imports: Imports<'_>,
    pieces: impl Iterator<Item = TokenStream>,
    last: Option<TokenStream>,
) -> String {
    let mut text = format!("// {GENERATED_MARK} from {origin}. Do not edit.\n\n");
    for line in head {
        text.push_str(format!("//! {line}").trim_end());
        text.push('\n');
    }
    if !head.is_empty() {
        text.push('\n');
    }
    let pieces = pieces.filter(|piece| !piece.is_empty()).map(|piece| {
        imports.add(piece.clone());
        layout(piece)
    });
    let code: Vec<_> = pieces.collect();
    let imports = Some(imports.emit()).filter(|imports| !imports.is_empty()).map(layout);
    text.push_str(&imports.into_iter().chain(code).chain(last.map(layout)).collect::<Vec<_>>().join("\n"));
    text
}

/// Statements as lines of their own.
pub(super) fn statements(tokens: &TokenStream) -> Vec<String> {
    let text = layout(quote!(async fn all() { #tokens }));
    let inside = text.lines().filter_map(|line| line.strip_prefix("    "));
    inside.map(str::to_owned).collect()
}

/// The text of items, with blank lines between them.
fn layout(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut before = None;
    for part in parts(tokens) {
        let items = match part {
            Part::Call(name, arguments) => vec![(Run::None, unparse_call(&name, &arguments))],
            Part::Items(tokens) => match syn::parse2::<File>(tokens.clone()) {
                Ok(file) => file.items.into_iter().map(|item| (Run::of(&item), unparse(item))).collect(),
                // A bug in an emitter. The compiler reports where; a panic here would not.
                Err(_) => vec![(Run::None, tokens.to_string())],
            },
        };
        for (run, item) in items {
            if run.follows_gap(before.replace(run)) {
                text.push('\n');
            }
            text.push_str(&item);
        }
    }
    text
}

/// A part of the items of a file.
enum Part {
    /// A call of a macro, which has a layout of its own.
    Call(Ident, Group),
    /// What is before, between or after such calls.
    Items(TokenStream),
}

fn parts(tokens: TokenStream) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut items: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match (&items[..], &token) {
            ([before @ .., TokenTree::Ident(name), TokenTree::Punct(mark)], TokenTree::Group(arguments))
                if mark.as_char() == '!' && is_end_of_item(before.last()) =>
            {
                let call = Part::Call(name.clone(), arguments.clone());
                items.truncate(items.len() - 2);
                parts.extend(take_items(&mut items));
                parts.push(call);
            }
            ([], TokenTree::Punct(end)) if end.as_char() == ';' => {}
            _ => items.push(token),
        }
    }
    parts.extend(take_items(&mut items));
    parts
}

fn take_items(items: &mut Vec<TokenTree>) -> Option<Part> {
    (!items.is_empty()).then(|| Part::Items(items.drain(..).collect()))
}

/// Whether an item can end with a token, or none is before.
fn is_end_of_item(token: Option<&TokenTree>) -> bool {
    match token {
        None => true,
        Some(TokenTree::Punct(mark)) => mark.as_char() == ';',
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Ident(_) | TokenTree::Literal(_)) => false,
    }
}

fn unparse_call(name: &Ident, arguments: &Group) -> String {
    match arguments.delimiter() {
        Delimiter::Brace => macro_table(name, arguments.stream()),
        Delimiter::Parenthesis | Delimiter::Bracket | Delimiter::None => macro_call(name, arguments.stream()),
    }
}

/// The text of an item.
fn unparse(mut item: Item) -> String {
    // prettyplease leaves calls of macros as they are, so the items of a module are laid out here.
    if let Item::Mod(ItemMod { content: Some((_, items)), .. }) = &mut item {
        let inside: TokenStream = mem::take(items).into_iter().map(ToTokens::into_token_stream).collect();
        return module(&unparse_marked(item), &layout(inside));
    }
    mark_gaps(&mut item);
    unparse_marked(item)
}

/// The text of a module, from that of the empty module and that of its items.
fn module(empty: &str, inside: &str) -> String {
    let mut text = empty.trim_end().trim_end_matches('}').to_owned();
    text.push('\n');
    for line in inside.lines() {
        if !line.is_empty() {
            text.push_str("    ");
        }
        text.push_str(line);
        text.push('\n');
    }
    text + "}\n"
}

fn unparse_marked(item: Item) -> String {
    lines(&prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] }))
}

/// How blank lines treat an item: neighbours of the same kind stay together, others get a blank line between them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Use,
    Module,
    Associated,
    None,
}

impl Run {
    fn of(item: &Item) -> Self {
        match item {
            Item::Use(_) => Self::Use,
            Item::Mod(module) if module.content.is_none() => Self::Module,
            _ => Self::None,
        }
    }

    fn of_member(item: &ImplItem) -> Self {
        match item {
            ImplItem::Const(_) | ImplItem::Type(_) => Self::Associated,
            _ => Self::None,
        }
    }

    /// Whether a blank line is between an item and the one before it in its container.
    fn follows_gap(self, before: Option<Self>) -> bool {
        before.is_some_and(|before| before != self || self == Self::None)
    }
}

/// The documentation of an item that stands for a blank line before it. prettyplease prints no blank lines, and no text
/// of the spec contains a control character.
const GAP: &str = "\u{1}";

/// Marks the members of an item that a blank line precedes.
fn mark_gaps(item: &mut Item) {
    let Item::Impl(item) = item else { return };
    let gap: Attribute = parse_quote!(#[doc = #GAP]);
    let mut before = None;
    for member in &mut item.items {
        let run = Run::of_member(member);
        if run.follows_gap(before.replace(run))
            && let Some(attributes) = attributes_of_member(member)
        {
            attributes.insert(0, gap.clone());
        }
    }
}

fn attributes_of_member(member: &mut ImplItem) -> Option<&mut Vec<Attribute>> {
    match member {
        ImplItem::Const(ImplItemConst { attrs, .. })
        | ImplItem::Fn(ImplItemFn { attrs, .. })
        | ImplItem::Type(ImplItemType { attrs, .. }) => Some(attrs),
        _ => None,
    }
}

/// Puts a blank line in the place of each mark, and makes lines of each block of documentation.
fn lines(text: &str) -> String {
    let mut lines = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        let code = line.trim_start_matches(' ');
        match code.strip_prefix("///") {
            Some(GAP) => lines.push('\n'),
            Some(block) => push_comments(block, &line[..line.len() - code.len()], &mut lines),
            None => {
                lines.push_str(line);
                lines.push('\n');
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::layout;

    fn laid_out(code: &str) -> String {
        layout(code.parse().unwrap())
    }

    #[test]
    fn blank_lines_are_between_items_and_members_but_not_within_runs() {
        let code = "\
use a::A;
use b::B;

mod one;
mod two;

/// A.
struct A {
    b: B,
}

impl A {
    const B: u8 = 1;
    type C = u8;

    /// D.
    fn d() {
        let e = 1;
        let f = 2;
    }

    fn g() {}
}

mod three {
    use a::A;
    use b::B;

    impl A {
        fn a() {}

        fn b() {}
    }

    object! {
        /// C.
        pub struct C {}
    }

    fn h() {}
}
";
        assert_eq!(laid_out(code), code);
    }

    #[test]
    fn calls_of_macros_are_items_too() {
        let code = "\
const A: u8 = maximum!(1, 2);

object! {
    pub struct B {
        pub c: String => 0: path,
    }
}

draft!(B);

impl B {
    fn d() {
        e!();
    }
}

paged!(B, C);

paged!(D, E);
";
        assert_eq!(laid_out(code), code);
    }

    #[test]
    fn a_block_of_documentation_has_a_line_for_each_of_its_lines() {
        let code = "impl A { #[doc = \" One \\\"line\\\".\u{2}\u{2} Two.\"] #[doc = \" Three.\"] fn b() {} }";
        let expected = "\
impl A {
    /// One \"line\".
    ///
    /// Two.
    /// Three.
    fn b() {}
}
";
        assert_eq!(laid_out(code), expected);
    }

    #[test]
    fn what_is_no_item_is_left_to_the_compiler() {
        assert_eq!(laid_out("draft!(A); let b"), "draft!(A);\n\nlet b");
    }
}
