//! The fields that a body, a query or an answer takes, as a list: `[name!, other, third: { source: go }]`.

use super::authorship::{authorship, fact};
use super::contradictions::contradictions;
use super::fields::field;
use super::marks::{by_mark, is_first, marked, required, required_once};
use super::words::comparisons;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{EntryDoc, Map, NamedEntryDoc, Spanned};
use crate::language::{ENTRY, FIXED, KEYS_OF_FIXED_VALUES, KEYS_OF_WHOLE_FIELDS};
use crate::reader::{Keys, boolean, prose, text, wrong_kind};
use crate::yaml::{Data, Entry, Node};

/// A list of names, each with or without a mark and with or without keys.
pub(super) fn entries(node: &Node, diagnostics: &mut Diagnostics) -> Option<Map<EntryDoc>> {
    let Data::List(items) = &node.data else {
        let wrong = wrong_kind(node, "a list");
        diagnostics
            .push(wrong.help("write the names of the fields, as in `[name!, other]`; `!` marks what must be there"));
        return None;
    };
    let mut taken = Map::new();
    for item in items {
        let Some((name, doc)) = item_entry(item, diagnostics) else { continue };
        if is_first(&taken, &name, diagnostics) {
            taken.push((name, doc));
        }
    }
    Some(taken)
}

fn item_entry(item: &Node, diagnostics: &mut Diagnostics) -> Option<(Spanned<String>, EntryDoc)> {
    let Data::Map(keys) = &item.data else {
        let (name, mark) = marked(text(item, diagnostics)?, diagnostics)?;
        let entry = NamedEntryDoc { required: mark.map(by_mark), ..NamedEntryDoc::default() };
        return Some((name, EntryDoc::Named(Box::new(entry))));
    };
    let [entry] = &keys[..] else {
        let several = Diagnostic::new(Code::WrongKind, "an item of this list must be one field");
        let help =
            "write the list in brackets, `[one!, two]`, and the keys of a field in braces, `[one: { source: .. }]`";
        diagnostics.push(several.at(item.span, "these are several keys").help(help));
        return None;
    };
    let (name, mark) = marked(Spanned::new(entry.key.clone(), entry.key_span), diagnostics)?;
    let read = keyed_entry(entry, mark, diagnostics);
    if read.is_none() {
        diagnostics.mark_broken(entry.key_span.file, &name.is);
    }
    Some((name, read?))
}

/// The keys of an entry. With `type`, it is a whole field.
fn keyed_entry(entry: &Entry, mark: Option<Span>, diagnostics: &mut Diagnostics) -> Option<EntryDoc> {
    let Data::Map(keys) = &entry.value.data else {
        let wrong = wrong_kind(&entry.value, "the keys of a field");
        let help = format!("write `{}`, or `{}: {{ .. }}` with keys such as `source`", entry.key, entry.key);
        diagnostics.push(wrong.help(help));
        return None;
    };
    let has_one_of = |names: &[&str]| keys.iter().any(|key| names.contains(&key.key.as_str()));
    if has_one_of(&KEYS_OF_WHOLE_FIELDS) {
        let mut own = field(&entry.value, diagnostics)?;
        own.required = required_once(own.required, mark, diagnostics);
        return Some(EntryDoc::Own(Box::new(own)));
    }
    if has_one_of(&KEYS_OF_FIXED_VALUES) {
        return fixed_entry(&entry.value, mark, diagnostics);
    }
    let mut keys = Keys::open(&entry.value, &ENTRY, diagnostics)?;
    let required = keys.read("required", required, diagnostics);
    let by = authorship(&mut keys, diagnostics);
    let summary = keys.read("summary", prose, diagnostics);
    let filters = keys.read("filters", text, diagnostics);
    let compare = keys.read("compare", comparisons, diagnostics).unwrap_or_default();
    let clears = keys.read("clears", boolean, diagnostics).filter(|clears| clears.is).map(|clears| clears.span);
    let format = keys.read("format", |node, diagnostics| fact(node, text, diagnostics), diagnostics);
    let deprecated = keys.read("deprecated", prose, diagnostics);
    let contradictions = keys.read("contradictions", contradictions, diagnostics).unwrap_or_default();
    keys.close(diagnostics);
    let required = required_once(required, mark, diagnostics);
    Some(EntryDoc::Named(Box::new(NamedEntryDoc {
        required,
        by,
        summary,
        filters,
        compare,
        clears,
        format,
        deprecated,
        contradictions,
    })))
}

/// `{ fixed: value }`: what every request sends, so that no mark is needed.
fn fixed_entry(node: &Node, mark: Option<Span>, diagnostics: &mut Diagnostics) -> Option<EntryDoc> {
    let mut keys = Keys::open(node, &FIXED, diagnostics)?;
    let value = keys.read("fixed", text, diagnostics);
    keys.close(diagnostics);
    if let Some(mark) = mark {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, "a fixed value is marked with `!`")
                .at(mark, "every request sends it")
                .help("remove the mark"),
        );
    }
    value.map(EntryDoc::Fixed)
}
