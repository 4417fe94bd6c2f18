//! Enumerations: their values, and the Rust variants of these.

use std::collections::{HashMap, HashSet};

use super::context::Cx;
use super::objects::type_name;
use super::references::same_name;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Spanned, ValueDoc};
use crate::limits;
use crate::model::{Enum, EnumId, EnumValue, Type};
use crate::names;

/// Adds an enumeration.
pub(super) fn enumeration(
    cx: &mut Cx<'_, '_>,
    name: &Spanned<String>,
    docs: &[ValueDoc],
    summary: &str,
) -> Option<EnumId> {
    let type_name = type_name(cx, name, Some(name.is.clone()));
    if docs.len() > limits::LISTED {
        let most = limits::LISTED;
        let large = Diagnostic::new(Code::TooLarge, format!("more than {most} values in an enumeration"));
        cx.diagnostics.push(large.at(name.span, "this enumeration").help("write `type: string`"));
    }
    let values = values(docs, cx.diagnostics);
    if docs.is_empty() {
        let empty = Diagnostic::new(Code::EmptyEnumeration, "the enumeration has no values");
        cx.diagnostics.push(empty.at(name.span, "this enumeration").help("list its values, or write `type: string`"));
    }
    let (owner, summary, position) = (cx.known.owner, summary.to_owned(), name.span.into());
    let id = type_name.map(|name| {
        cx.model.enums.push(Enum { name, owner, summary, values, position });
        EnumId(cx.model.enums.len() - 1)
    });
    cx.made.types.insert(name.is.clone(), id.map(Type::Enum));
    id
}

fn values(docs: &[ValueDoc], diagnostics: &mut Diagnostics) -> Vec<EnumValue> {
    let mut values: Vec<EnumValue> = Vec::new();
    let mut names = HashMap::new();
    let mut wires = HashSet::new();
    for doc in docs.iter().take(limits::LISTED) {
        if !wires.insert(&doc.wire.is) {
            continue; // reported as a value that is listed twice
        }
        let spanned = doc.rust.as_ref().unwrap_or(&doc.wire);
        let Some(ident) = variant(doc) else {
            diagnostics.push(without_variant(doc));
            continue;
        };
        if let Some(first) = names.get(&ident) {
            diagnostics.push(same_name("value", &ident, spanned, *first));
            continue;
        }
        names.insert(ident.clone(), spanned.span);
        values.push(EnumValue { wire: doc.wire.is.clone(), ident, summary: doc.summary.clone() });
    }
    values
}

/// The diagnostic about a value that has no variant name.
fn without_variant(doc: &ValueDoc) -> Diagnostic {
    let form = "letters and digits, starting with a capital letter, but neither `Self` nor `Unlisted`";
    match &doc.rust {
        Some(rust) => Diagnostic::new(Code::NamelessValue, format!("`{}` cannot be the name of a variant", rust.is))
            .at(rust.span, "invalid name")
            .help(format!("use {form}")),
        None => Diagnostic::new(Code::NamelessValue, format!("`{}` cannot be turned into a variant name", doc.wire.is))
            .at(doc.wire.span, "needs a name for Rust")
            .help(format!("write `\"{}\": {{ rust: Name, summary: .. }}` with a name of {form}", doc.wire.is)),
    }
}

/// The Rust variant of a value.
fn variant(doc: &ValueDoc) -> Option<String> {
    let ident = match &doc.rust {
        Some(rust) => Some(rust.is.clone()).filter(|ident| names::is_pascal(ident) && ident != "Self"),
        None => names::pascal(&doc.wire.is),
    };
    ident.filter(|ident| ident != "Unlisted")
}
