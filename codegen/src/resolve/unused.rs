//! What is described and never used: probably a slip, and never an error.

use std::collections::BTreeSet;

use super::context::Known;
use super::declared::declarations;
use super::uses::{Uses, uses};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ResourceDoc, Spanned};
use crate::parse::Documents;

/// Warns of fields, types and sources of a resource that nothing in its file uses.
pub(super) fn check_unused(known: &Known<'_>, diagnostics: &mut Diagnostics) {
    let doc = known.doc;
    // What could not be read may be what uses it.
    if diagnostics.has_errors() {
        return;
    }
    let uses = uses(doc, &known.declared);
    let is_unused = |name: &&Spanned<String>| !uses.names.contains(name.is.as_str());
    for name in doc.fields.iter().map(|(name, _)| name).filter(is_unused) {
        diagnostics.push(unused(Code::UnusedField, "field", name, "no operation and no answer uses it"));
    }
    let types = doc.types.iter().map(|(name, _)| name).chain(doc.answers.iter().map(|(name, _)| name));
    for name in types.filter(is_unused) {
        diagnostics.push(unused(Code::UnusedType, "type", name, "no field and no operation uses it"));
    }
    check_sources(doc, &uses, diagnostics);
}

fn check_sources(doc: &ResourceDoc, uses: &Uses<'_>, diagnostics: &mut Diagnostics) {
    for (name, _) in doc.sources.iter().skip(1).filter(|(name, _)| !uses.sources.contains(name.is.as_str())) {
        diagnostics.push(unused(Code::UnusedSource, "source", name, "no fact, contradiction or example names it"));
    }
}

/// Warns of shared fields, types and answers that no file mentions, and of sources of `types.yaml` that no fact there
/// rests on.
pub(super) fn check_unused_shared(documents: &Documents, diagnostics: &mut Diagnostics) {
    let Some(shared) = documents.shared.as_ref().filter(|_| !diagnostics.has_errors()) else { return };
    let mut mentioned = BTreeSet::new();
    for doc in documents.resources.iter().chain([shared]) {
        let declared = declarations(doc);
        mentioned.extend(uses(doc, &declared).names.into_iter().map(str::to_owned));
    }
    check_sources(shared, &uses(shared, &declarations(shared)), diagnostics);
    let is_unused = |name: &&Spanned<String>| !mentioned.contains(&name.is);
    for name in shared.fields.iter().map(|(name, _)| name).filter(is_unused) {
        diagnostics.push(unused(Code::UnusedField, "field", name, "no file uses it"));
    }
    let types = shared.types.iter().map(|(name, _)| name).chain(shared.answers.iter().map(|(name, _)| name));
    for name in types.filter(is_unused) {
        diagnostics.push(unused(Code::UnusedType, "type", name, "no file uses it"));
    }
}

fn unused(code: Code, what: &str, name: &Spanned<String>, label: &str) -> Diagnostic {
    Diagnostic::new(code, format!("the {what} `{}` is never used", name.is))
        .at(name.span, label)
        .help("use it, or remove it")
}
