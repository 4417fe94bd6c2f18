//! The fields that a body, a query or an answer takes, as a list: `[name!, other, third: { source: go }]`.

use super::contradictions::contradictions;
use super::fields::{comparisons, field};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{Authorship, EntryDoc, FieldDoc, Map, NamedEntryDoc, RequiredDoc, Spanned};
use crate::reader::{Keys, authorship, prose, text, wrong_kind};
use crate::yaml::{Data, Entry, Node};

/// The mark of a field that must be there.
const MARK: char = '!';

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
    if keys.iter().any(|key| key.key == "type") {
        let mut own = field(&entry.value, diagnostics)?;
        own.required = required_once(own.required, mark, diagnostics);
        return Some(EntryDoc::Own(Box::new(own)));
    }
    let mut keys = Keys::open(&entry.value, "an entry", diagnostics)?;
    let required = keys.optional("required", required, diagnostics);
    let by = authorship(&mut keys, diagnostics);
    let summary = keys.optional("summary", prose, diagnostics);
    let filters = keys.optional("filters", text, diagnostics);
    let compare = keys.optional("compare", comparisons, diagnostics).unwrap_or_default();
    let deprecated = keys.optional("deprecated", prose, diagnostics);
    let contradictions = keys.optional("contradictions", contradictions, diagnostics).unwrap_or_default();
    keys.close(diagnostics);
    let required = required_once(required, mark, diagnostics);
    Some(EntryDoc::Named(Box::new(NamedEntryDoc {
        required,
        by,
        summary,
        filters,
        compare,
        deprecated,
        contradictions,
    })))
}

/// Fields that are described here: a mapping from names to fields. Only those of an object can be marked.
pub(super) fn described_fields(node: &Node, diagnostics: &mut Diagnostics) -> Option<Map<FieldDoc>> {
    let Data::Map(entries) = &node.data else {
        diagnostics.push(wrong_kind(node, "a mapping").help("write it as `name: { type: .. }` lines"));
        return None;
    };
    let mut fields = Map::new();
    for entry in entries {
        let Some((name, mark)) = marked(Spanned::new(entry.key.clone(), entry.key_span), diagnostics) else { continue };
        let is_first = is_first(&fields, &name, diagnostics);
        match field(&entry.value, diagnostics) {
            Some(mut field) if is_first => {
                field.required = required_once(field.required, mark, diagnostics);
                fields.push((name, field));
            }
            Some(_) => {}
            None => diagnostics.mark_broken(entry.key_span.file, &name.is),
        }
    }
    Some(fields)
}

/// `{ source: .., enforce: .. }`: who requires the field, and how a violation counts.
pub(super) fn required(node: &Node, diagnostics: &mut Diagnostics) -> Option<RequiredDoc> {
    if !matches!(&node.data, Data::Map(keys) if !keys.is_empty()) {
        let wrong = wrong_kind(node, "`source` or `enforce`");
        diagnostics.push(wrong.help("mark the name instead, as in `name!`; or write `required: { source: .. }`"));
        return None;
    }
    let mut keys = Keys::open(node, "`required`", diagnostics)?;
    let by = authorship(&mut keys, diagnostics);
    keys.close(diagnostics);
    Some(RequiredDoc { span: node.span, by })
}

fn by_mark(span: Span) -> RequiredDoc {
    RequiredDoc { span, by: Authorship::default() }
}

/// A field is marked, or has the key, and never both.
fn required_once(key: Option<RequiredDoc>, mark: Option<Span>, diagnostics: &mut Diagnostics) -> Option<RequiredDoc> {
    if let (Some(key), Some(mark)) = (&key, mark) {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, "a field is marked with `!` and has `required`")
                .at(key.span, "says who requires it")
                .with(mark, "says that the first source does")
                .help("remove one of the two"),
        );
    }
    key.or(mark.map(by_mark))
}

/// Takes the mark off a name.
fn marked(name: Spanned<String>, diagnostics: &mut Diagnostics) -> Option<(Spanned<String>, Option<Span>)> {
    let Spanned { is, span } = name;
    let bare = is.strip_suffix(MARK).unwrap_or(&is);
    if bare.contains(MARK) || bare.ends_with(char::is_whitespace) || bare.is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::MalformedName, format!("`{is}` is not the name of a field"))
                .at(span, "`!` can only be the last character of a name")
                .help("write `name` or `name!`; the mark says that the field must be there"),
        );
        return None;
    }
    let mark = (bare.len() < is.len()).then_some(span);
    // Unquoted, the mark is the last byte of the span.
    let is_plain = span.end - span.start == is.len();
    let named = Span { end: span.end - usize::from(is_plain && mark.is_some()), ..span };
    Some((Spanned::new(bare.to_owned(), named), mark))
}

/// Whether a name was not listed before. A second time is reported.
pub(super) fn is_first<T>(taken: &Map<T>, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> bool {
    let first = taken.iter().find(|(other, _)| other.is == name.is);
    if let Some((first, _)) = first {
        diagnostics.push(
            Diagnostic::new(Code::DuplicateField, format!("the field `{}` is listed twice", name.is))
                .at_repeated(name.span, first.span)
                .help("remove one of them"),
        );
    }
    first.is_none()
}
