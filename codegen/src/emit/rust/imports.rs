//! The `use` lines of a generated file. They follow from its tokens: emitters write plain names, and one table has
//! the module of each.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::types::ident;
use crate::rust_names::HOMES;

/// The names that the tokens of a file use, and where they can be imported from.
pub(super) struct Imports<'m> {
    /// The types that other modules declare, with their modules.
    shared: BTreeMap<&'m str, String>,
    /// The names as they are in the table, imported or not.
    used: HashSet<String>,
}

impl<'m> Imports<'m> {
    /// No imports yet. `shared` are the types that other modules declare, with the paths of these modules.
    pub(super) fn new(shared: BTreeMap<&'m str, String>) -> Self {
        Self { shared, used: HashSet::new() }
    }

    /// Adds the names that tokens use.
    pub(super) fn add(&mut self, tokens: TokenStream) {
        self.walk(tokens, false);
    }

    /// Each identifier counts by its neighbours, so that a field, a method or a variant of the spec with the
    /// spelling of an imported name is not mistaken for it.
    fn walk(&mut self, tokens: TokenStream, are_variants: bool) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let (before, after) = (&tokens[..at], &tokens[at + 1..]);
            match token {
                // Attributes are documentation, or name nothing that is imported.
                TokenTree::Group(_) if is_attribute(before) => {}
                TokenTree::Group(group) => {
                    self.walk(group.stream(), is_body_of_enum(before) || is_list_of_facts(before))
                }
                TokenTree::Ident(name) if !is_member(before) && !is_after_number(before) => {
                    self.used.extend(key(name.to_string(), after, are_variants));
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// The module that a name of the table, or the type of another module, is imported from.
    fn home(&self, key: &str) -> Option<&str> {
        let home = HOMES.iter().find(|(known, _)| *known == key).map(|(_, home)| *home);
        home.or_else(|| self.shared.get(key).map(String::as_str))
    }

    /// The `use` lines, those of `std` first.
    pub(super) fn emit(&self) -> TokenStream {
        let mut homes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for key in &self.used {
            if let Some(home) = self.home(key) {
                homes.entry(home).or_default().insert(key.trim_end_matches('!'));
            }
        }
        let (std, own): (Vec<_>, Vec<_>) = homes.into_iter().partition(|(home, _)| home.starts_with("std"));
        let lines = std.into_iter().chain(own).map(|(home, names)| {
            let home = home.split("::").map(ident);
            let names: Vec<_> = names.into_iter().map(ident).collect();
            match &names[..] {
                [name] => quote!(use #(#home)::*::#name;),
                names => quote!(use #(#home)::*::{#(#names),*};),
            }
        });
        quote!(#(#lines)*)
    }
}

/// The key of an identifier in the table, by the tokens that follow it. `None`: it is a field, a method, a variable
/// or a variant of the spec, whatever its spelling.
fn key(name: String, after: &[TokenTree], are_variants: bool) -> Option<String> {
    let is_type = name.starts_with(|first: char| first.is_ascii_uppercase());
    match is_type {
        _ if is_macro_call(after) => Some(format!("{name}!")),
        true => (!are_variants).then_some(name),
        false => follows(after, "::").then_some(name),
    }
}

/// Whether a name before these tokens is called as a macro. `a != b` is no call.
fn is_macro_call(after: &[TokenTree]) -> bool {
    follows(after, "!") && matches!(after.get(1), Some(TokenTree::Group(_)))
}

/// Whether the token after these is the location in the row of a table, `0: Body`.
fn is_after_number(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Literal(_), TokenTree::Punct(mark)] if mark.as_char() == ':')
}

/// Whether the group after these tokens has the facts of a row, `0: Body [Always]`.
fn is_list_of_facts(before: &[TokenTree]) -> bool {
    matches!(before, [before @ .., TokenTree::Ident(_)] if is_after_number(before))
}

/// Whether the group after these tokens is that of an attribute.
fn is_attribute(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Punct(mark)] if mark.as_char() == '#')
}

/// Whether the token after these is a field, a method, or a later segment of a path.
fn is_member(before: &[TokenTree]) -> bool {
    let mark = |token: &TokenTree| if let TokenTree::Punct(mark) = token { Some(mark.as_char()) } else { None };
    let mut marks = before.iter().rev().map_while(mark);
    match (marks.next(), marks.next()) {
        (Some('.'), first) => first != Some('.'), // `..Thing::draft()` is no access
        (last, first) => last == Some(':') && first == Some(':'),
    }
}

/// Whether tokens begin with these marks.
fn follows(tokens: &[TokenTree], marks: &str) -> bool {
    let found = tokens.iter().map_while(|token| match token {
        TokenTree::Punct(mark) => Some(mark.as_char()),
        _ => None,
    });
    found.take(marks.len()).eq(marks.chars())
}

/// Whether the group after these tokens is the body of an enumeration, which declares variants.
fn is_body_of_enum(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Ident(keyword), TokenTree::Ident(_)] if keyword == "enum")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imports(code: &str) -> String {
        let mut imports = Imports::new(BTreeMap::from([("Color", "crate::types".to_owned())]));
        imports.add(code.parse().unwrap());
        imports.emit().to_string().replace(' ', "")
    }

    #[test]
    fn names_are_imported_from_their_homes() {
        let code = "const A: Page<Color> = Page::new(BTreeMap::new()); object!(A); fn a() { schema::debug(File) }";
        let expected = "usestd::collections::BTreeMap;usecrate::{File,Page,schema};usecrate::macros::object;\
            usecrate::types::Color;";
        assert_eq!(imports(code), expected);
    }

    #[test]
    fn names_of_the_spec_are_not_taken_for_imports() {
        for code in [
            "pub enum Kind { Page, File(u8), #[doc = \"x\"] Client }",
            "match it { Self::Page => {} Self::File => {} }",
            "struct A { schema: u8, object: u8, pending: u8 }",
            "fn schema(mut self, schema: u8) -> Self { self.schema = Some(schema); self.object(schema) }",
            "type A = Unknown<field::schema, serde_json::Value>;",
            "const A: &str = \"Page\";",
            "fn a() -> bool { object != pending }",
            "object! { struct A { pub b: String as \"c\" => 0: Page [File, Client(Error(D))], pub e: F => 1: Value, } }",
        ] {
            assert_eq!(imports(code).replace("usecrate::macros::object;", ""), "", "{code}");
        }
    }

    #[test]
    fn a_type_in_a_variant_or_after_two_dots_counts() {
        assert_eq!(imports("enum A { B(Page) }"), "usecrate::Page;");
        assert_eq!(imports("A { b, ..Page::draft() }"), "usecrate::Page;");
    }
}
