//! Fields, their types and constraints, and how bodies and answers take them.

use super::authorship::authorship;
use super::constraints::{constraints, default};
use super::contradictions::contradictions;
use super::marks::{is_first, marked, required, required_once};
use super::words::{also, comparisons, delimiter, enum_values, example, is_word, plain_example, plain_type};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{FieldDoc, ItemsDoc, Map, Spanned, TypeDoc, ValueDoc};
use crate::language::{
    FIELD, FIELD_TYPES, GIVEN_BY, IN, ITEM_TYPES, ITEMS, KEYS_OF_NAMED_TYPES, KINDS, NAMED_TYPE, NAMED_TYPES, ONE,
    TYPES, names_a_type,
};
use crate::reader::{Keys, boolean, map, prose, summary, text, word, wrong_kind};
use crate::yaml::{Data, Entry, Node};

pub(super) fn field(node: &Node, diagnostics: &mut Diagnostics) -> Option<FieldDoc> {
    let mut keys = Keys::open(node, &FIELD, diagnostics)?;
    let ty = read_type(&mut keys, diagnostics);
    let summary = summary(&mut keys, diagnostics);
    let rust = keys.read("rust", text, diagnostics);
    let constraints = constraints(&mut keys, diagnostics);
    let required = keys.read("required", required, diagnostics);
    let by = authorship(&mut keys, diagnostics);
    let answers_only = keys.read("in", |node, diagnostics| word(node, &IN, diagnostics), diagnostics);
    let given = keys.read("given_by", |node, diagnostics| word(node, &GIVEN_BY, diagnostics), diagnostics);
    let holds = keys.read("holds", text, diagnostics);
    let holds_path = keys.read("holds_path", text, diagnostics);
    let filters = keys.read("filters", text, diagnostics);
    let compare = keys.read("compare", comparisons, diagnostics);
    let delimiter = keys.read("delimiter", delimiter, diagnostics);
    let all = keys.read("all", text, diagnostics);
    let flatten = keys.read("flatten", boolean, diagnostics).filter(|flatten| flatten.is).map(|flatten| flatten.span);
    let sensitive = keys.read("sensitive", boolean, diagnostics).is_some_and(|sensitive| sensitive.is);
    let deprecated = keys.read("deprecated", prose, diagnostics);
    let also = keys.read("also", also, diagnostics);
    let one = keys.read("one", |node, diagnostics| word(node, &ONE, diagnostics), diagnostics);
    let example = match ty {
        Some(TypeDoc::Integer | TypeDoc::Number | TypeDoc::Boolean) => keys.read("example", plain_example, diagnostics),
        _ => keys.read("example", example, diagnostics),
    };
    let default = keys.read("default", default, diagnostics);
    let contradictions = keys.read("contradictions", contradictions, diagnostics).unwrap_or_default();
    keys.close(diagnostics);
    Some(FieldDoc {
        ty: ty?,
        summary,
        rust,
        constraints,
        required,
        by,
        answers_only: answers_only.is_some(),
        given_by_server: given.is_some(),
        holds,
        holds_path,
        filters,
        compare: compare.unwrap_or_default(),
        delimiter,
        all,
        flatten,
        sensitive,
        deprecated,
        also,
        one: one.map(|one| one.span),
        example,
        default,
        contradictions,
    })
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
        let described = if is_word(&entry.value) { summarized } else { field };
        match described(&entry.value, diagnostics) {
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

/// `name: The name.`: a string with this summary, and nothing else to say.
fn summarized(node: &Node, diagnostics: &mut Diagnostics) -> Option<FieldDoc> {
    let said = text(node, diagnostics)?;
    if !said.is.ends_with('.') {
        diagnostics.push(
            Diagnostic::new(Code::WrongKind, format!("expected a sentence, found `{}`", said.is))
                .at(said.span, "does not end in a full stop")
                .help(
                    "write what the string is, as in `name: The name.`; or the keys of the field, as in `{ type: .. }`",
                ),
        );
        return None;
    }
    Some(FieldDoc::new(TypeDoc::Text, said.is))
}

/// A type under `types`. Its key is its name.
pub(super) fn named_type(node: &Node, diagnostics: &mut Diagnostics) -> Option<(NamedType, String)> {
    let mut keys = Keys::open(node, &NAMED_TYPE, diagnostics)?;
    let implied = KEYS_OF_NAMED_TYPES.implied.iter().find(|(key, _)| keys.has(key)).map(|(key, _)| *key);
    let key = match implied {
        Some(implied) if !keys.has("type") => Some(implied),
        _ => {
            keys.read("type", |node, diagnostics| word(node, &NAMED_TYPES, diagnostics), diagnostics).map(|key| key.is)
        }
    };
    let summary = summary(&mut keys, diagnostics);
    let ty = match key {
        Some("fields") => keys.needed("fields", described_fields, diagnostics).map(NamedType::Object),
        Some("values") => keys.needed("values", enum_values, diagnostics).map(NamedType::Enum),
        Some(_) => {
            let forms = keys.needed("forms", |node, diagnostics| map(node, text, diagnostics), diagnostics);
            forms.map(NamedType::Choice)
        }
        None => {
            for key in KEYS_OF_NAMED_TYPES.all_keys() {
                keys.entry(key);
            }
            None
        }
    };
    keys.close(diagnostics);
    Some((ty?, summary))
}

/// The content of a type under `types`.
pub(super) enum NamedType {
    Object(Map<FieldDoc>),
    Enum(Vec<ValueDoc>),
    Choice(Map<Spanned<String>>),
}

impl NamedType {
    pub(super) fn called(self, name: &Spanned<String>) -> TypeDoc {
        match self {
            Self::Object(fields) => TypeDoc::Object { name: name.clone(), fields },
            Self::Enum(values) => TypeDoc::Enum { name: name.clone(), values },
            Self::Choice(forms) => TypeDoc::Choice { name: name.clone(), forms },
        }
    }
}

/// The keys that make a type: `type`, and what belongs to it.
fn read_type(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<TypeDoc> {
    let name =
        if keys.has_misspelt("name") { Named::Misspelt } else { Named::of(keys.read("name", text, diagnostics)) };
    let name_entry = keys.entry("name");
    let values = keys.entry("values");
    let fields = keys.entry("fields");
    let items = keys.entry("items");
    let word = match implied_type(keys) {
        Some(word) if !keys.has("type") && !keys.has_misspelt("type") => {
            keys.entry("type");
            word
        }
        _ => keys.read("type", text, diagnostics)?,
    };
    let is_known = TYPES.contains(&word.is.as_str()) || names_a_type(&word.is);
    for (key, entry) in [("name", name_entry), ("values", values), ("fields", fields), ("items", items)] {
        let owners = FIELD_TYPES.owners(key);
        if let Some(entry) = entry.filter(|_| is_known && !owners.contains(&word.is.as_str())) {
            diagnostics.push(misplaced_key(key, entry, &word.is, &owners));
        }
    }
    Some(match word.is.as_str() {
        "enum" => {
            let values =
                needed(values, "values", &word, diagnostics).and_then(|entry| enum_values(&entry.value, diagnostics));
            TypeDoc::Enum { name: type_name(name, &word, diagnostics)?, values: values? }
        }
        "object" => {
            let fields = needed(fields, "fields", &word, diagnostics)
                .and_then(|entry| described_fields(&entry.value, diagnostics));
            TypeDoc::Object { name: type_name(name, &word, diagnostics)?, fields: fields? }
        }
        "list" => TypeDoc::List(Box::new(
            needed(items, "items", &word, diagnostics).and_then(|entry| items_type(entry, diagnostics))?,
        )),
        "map" => TypeDoc::Map(Box::new(
            needed(items, "items", &word, diagnostics).and_then(|entry| items_type(entry, diagnostics))?,
        )),
        _ => plain_type(word, diagnostics)?,
    })
}

/// The type that is written, or that a key implies.
fn written_type(keys: &mut Keys<'_>) -> Option<Spanned<String>> {
    let written = keys.entry("type").and_then(|entry| match &entry.value.data {
        Data::Scalar { text, .. } => Some(Spanned::new(text.clone(), entry.value.span)),
        _ => None,
    });
    written.or_else(|| implied_type(keys))
}

/// The type that a key implies.
fn implied_type(keys: &Keys<'_>) -> Option<Spanned<String>> {
    FIELD_TYPES.implied.iter().find_map(|(key, word)| Some(Spanned::new((*word).to_owned(), keys.span(key)?)))
}

fn items_type(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<ItemsDoc> {
    if is_word(&entry.value) {
        return plain_items(&entry.value, diagnostics);
    }
    let mut keys = Keys::open(&entry.value, &ITEMS, diagnostics)?;
    let ty = read_type(&mut keys, diagnostics);
    keys.entry("summary");
    let summary = ty.as_ref().and_then(|ty| item_summary(&mut keys, ty, diagnostics));
    let also = keys.read("also", |node, diagnostics| word(node, &KINDS, diagnostics), diagnostics);
    keys.close(diagnostics);
    Some(ItemsDoc { ty: ty?, summary, also })
}

/// What one item is. Only a type that is declared here has it, and has to: the summary of the field is that of all items.
fn item_summary(keys: &mut Keys<'_>, ty: &TypeDoc, diagnostics: &mut Diagnostics) -> Option<String> {
    let said = keys.entry("summary");
    let ty_word = written_type(keys)?;
    let is_declared = matches!(ty, TypeDoc::Enum { .. } | TypeDoc::Object { .. });
    match said {
        Some(said) if is_declared => prose(&said.value, diagnostics),
        Some(said) => {
            diagnostics.push(misplaced_key("summary", said, &ty_word.is, &ITEM_TYPES.owners("summary")));
            None
        }
        None if !is_declared || keys.has_misspelt("summary") => None,
        None => {
            diagnostics.push(missing_for_type("summary", &ty_word));
            None
        }
    }
}

/// `items: string`, or the name of a type.
fn plain_items(node: &Node, diagnostics: &mut Diagnostics) -> Option<ItemsDoc> {
    let word = text(node, diagnostics)?;
    Some(ItemsDoc { ty: plain_type(word, diagnostics)?, summary: None, also: None })
}

fn needed<'n>(
    entry: Option<&'n Entry>,
    key: &str,
    ty: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) -> Option<&'n Entry> {
    if entry.is_none() {
        diagnostics.push(missing_for_type(key, ty));
    }
    entry
}

/// The `name` of a type, as far as it was found.
enum Named {
    As(Spanned<String>),
    /// Reported as an unknown key.
    Misspelt,
    Not,
}

impl Named {
    fn of(name: Option<Spanned<String>>) -> Self {
        name.map_or(Self::Not, Self::As)
    }
}

fn type_name(name: Named, ty: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Spanned<String>> {
    match name {
        Named::As(name) => Some(name),
        Named::Misspelt => None,
        Named::Not => {
            diagnostics.push(missing_for_type("name", ty));
            None
        }
    }
}

fn missing_for_type(key: &str, ty: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(Code::MissingKey, format!("`{key}` is missing"))
        .at(ty.span, format!("this type needs `{key}`"))
        .help(format!("add `{key}: ..` beside `type: {}`", ty.is))
}

fn misplaced_key(key: &str, entry: &Entry, ty: &str, owners: &[&str]) -> Diagnostic {
    Diagnostic::new(Code::MisplacedKey, format!("`{key}` is not allowed with `type: {ty}`"))
        .at(entry.key_span, format!("only with `type: {}`", owners.join("` or `type: ")))
        .help(format!("remove `{key}`, or correct the type"))
}
