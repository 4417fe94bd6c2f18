//! Fields of updates that null clears.

use super::objects::FieldAt;
use super::references::same_name;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Encoding, EntryDoc, OperationDoc, Spanned};
use crate::model::Does;
use crate::names;

/// Null clears a field only in the JSON of an update, where a field can also be absent.
pub(super) fn check_clears(doc: &OperationDoc, taken: &[FieldAt], diagnostics: &mut Diagnostics) {
    let in_query = doc.query.iter().map(|entry| (entry, false));
    for ((name, entry), is_body) in doc.body.iter().map(|entry| (entry, true)).chain(in_query) {
        let EntryDoc::Named(entry) = entry else { continue };
        let Some(span) = entry.clears else { continue };
        check_method(name, taken, diagnostics);
        let (label, help) = match doc.does {
            _ if !is_body => ("a query cannot send null", "remove `clears`"),
            _ if entry.required.is_some() => {
                ("a required field cannot be absent", "remove the mark, or remove `clears`")
            }
            Does::Update if is_json(doc) => continue,
            Does::Update => ("only JSON can send null", "remove `clears`"),
            _ => ("only `does: update` keeps a field that is absent", "remove `clears`, or correct `does`"),
        };
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, format!("`clears` is not allowed on the field `{}`", name.is))
                .at(span, label)
                .help(help),
        );
    }
}

fn is_json(doc: &OperationDoc) -> bool {
    doc.encoding.as_ref().is_none_or(|encoding| encoding.is == Encoding::Json)
}

/// In Rust, the method that clears a field stands beside the setters.
fn check_method(name: &Spanned<String>, taken: &[FieldAt], diagnostics: &mut Diagnostics) {
    let Some((field, _)) = taken.iter().find(|(field, _)| field.name == name.is) else { return };
    let method = names::clearing(&field.ident);
    if let Some((_, first)) = taken.iter().find(|(field, _)| field.ident == method) {
        diagnostics.push(same_name("field", &method, name, *first));
    }
}
