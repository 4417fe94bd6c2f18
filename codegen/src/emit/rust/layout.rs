//! Tokens to text: laid out by prettyplease, with imports at the top and blank lines between the items.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{File, Item, MacroDelimiter};

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

fn layout(tokens: TokenStream) -> String {
    match syn::parse2::<File>(tokens.clone()) {
        Ok(file) => space_out(&unparse(file.items)),
        // A bug in an emitter. The compiler reports where; a panic here would not.
        Err(_) => tokens.to_string(),
    }
}

/// The text of items. Calls of macros have their own layout.
fn unparse(items: Vec<Item>) -> String {
    let text = items.into_iter().map(|item| match item {
        Item::Macro(call) => match call.mac.delimiter {
            MacroDelimiter::Brace(_) => macro_table(&call),
            MacroDelimiter::Paren(_) | MacroDelimiter::Bracket(_) => macro_call(&call),
        },
        item => {
            let items = vec![item];
            prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs: Vec::new(), items })
        }
    });
    text.collect()
}

/// Puts a blank line before each item, except for the first of its container and within runs of one-liners.
fn space_out(text: &str) -> String {
    let Ok(file) = syn::parse_file(text) else { return text.to_owned() };
    let mut starts = HashSet::new();
    collect(&file.items, &mut starts);
    let mut spaced = String::with_capacity(text.len() + starts.len());
    for (index, line) in text.lines().enumerate() {
        if starts.contains(&(index + 1)) {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
    }
    spaced
}

/// How blank lines treat an item: neighbours of the same kind stay together, others get a blank line between them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Use,
    Module,
    Associated,
    None,
}

fn collect(items: &[Item], starts: &mut HashSet<usize>) {
    let mut before = None;
    for item in items {
        let run = match item {
            Item::Use(_) => Run::Use,
            Item::Mod(module) if module.content.is_none() => Run::Module,
            _ => Run::None,
        };
        if before.is_some_and(|before| before != run || run == Run::None) {
            starts.insert(item.span().start().line);
        }
        before = Some(run);
        match item {
            Item::Mod(module) => collect(module.content.as_ref().map_or(&[], |(_, items)| items), starts),
            Item::Impl(item) => collect_members(&item.items, starts),
            _ => {}
        }
    }
}

fn collect_members(items: &[syn::ImplItem], starts: &mut HashSet<usize>) {
    let mut before = None;
    for item in items {
        let run = match item {
            syn::ImplItem::Const(_) | syn::ImplItem::Type(_) => Run::Associated,
            _ => Run::None,
        };
        if before.is_some_and(|before| before != run || run == Run::None) {
            starts.insert(item.span().start().line);
        }
        before = Some(run);
    }
}
