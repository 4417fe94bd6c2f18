//! What is described and nobody uses: probably a slip, and never an error.

use std::collections::BTreeSet;

use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ResourceDoc, Spanned};

impl Scope<'_> {
    /// Warns of fields and types of the file that nothing in it takes.
    pub(super) fn check_unused(&mut self) {
        let doc = self.doc;
        // What could not be read may be what uses it.
        if self.diagnostics.has_errors() {
            return;
        }
        for (name, _) in doc.fields.iter().filter(|(name, _)| !self.mentioned.contains(&name.is)) {
            self.diagnostics.push(unused(Code::UnusedField, "field", name, "no operation and no answer takes it"));
        }
        let types = doc.types.iter().map(|(name, _)| name).chain(doc.answers.iter().map(|(name, _)| name));
        for name in types.filter(|name| !self.mentioned.contains(&name.is)) {
            self.diagnostics.push(unused(Code::UnusedType, "type", name, "nothing is of this type"));
        }
        self.check_unused_sources();
    }

    pub(super) fn check_unused_sources(&mut self) {
        for (index, (name, _)) in self.doc.sources.iter().enumerate().skip(1) {
            if !self.diagnostics.has_errors() && !self.cited.contains(&index) {
                self.diagnostics.push(unused(Code::UnusedSource, "source", name, "no fact rests on it"));
            }
        }
    }
}

/// Warns of shared types that no file mentions.
pub(super) fn check_shared(doc: Option<&ResourceDoc>, mentioned: &BTreeSet<String>, diagnostics: &mut Diagnostics) {
    let Some(doc) = doc.filter(|_| !diagnostics.has_errors()) else { return };
    for (name, _) in doc.types.iter().filter(|(name, _)| !mentioned.contains(&name.is)) {
        diagnostics.push(unused(Code::UnusedType, "type", name, "no resource mentions it"));
    }
}

fn unused(code: Code, what: &str, name: &Spanned<String>, label: &str) -> Diagnostic {
    Diagnostic::new(code, format!("the {what} `{}` is never used", name.is))
        .at(name.span, label)
        .help("use it, or remove it")
}
