//! `like`: what an operation leaves out of the body of another one.

use super::context::Known;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{EntryDoc, Map, OperationDoc};
use crate::reader::did_you_mean;
use crate::text::listing;

/// The other operation takes each field that is left out.
pub(super) fn check_without(known: &Known<'_>, operation: &OperationDoc, diagnostics: &mut Diagnostics) {
    let Some(like) = operation.like.as_ref().filter(|_| !operation.is_unread) else { return };
    let Some((_, source)) = known.doc.operations.iter().find(|(name, _)| name.is == like.operation.is) else { return };
    // An unknown name in that body has been reported. It may be a misspelt field of the file.
    let is_known =
        |name: &str, entry: &EntryDoc| !matches!(entry, EntryDoc::Named(_)) || known.field_names.contains(name);
    let names = || taken(&source.body).filter(|(name, entry)| is_known(name, entry)).map(|(name, _)| name);
    let is_complete = taken(&source.body).count() == names().count();
    let has = |name: &str| taken(&source.body).any(|(taken, _)| taken == name);
    for name in like.without.iter().filter(|name| !has(&name.is)) {
        let may_follow = !is_complete && known.field_names.contains(name.is.as_str());
        if may_follow {
            continue;
        }
        let help = did_you_mean(&name.is, names()).unwrap_or_else(|| format!("its body has {}", listing(names())));
        let unknown =
            Diagnostic::new(Code::UnknownField, format!("`{}` does not take `{}`", like.operation.is, name.is));
        diagnostics.push(unknown.at(name.span, "not in its body").help(help));
    }
}

/// The fields of a body, and its fixed values.
fn taken(body: &Map<EntryDoc>) -> impl Iterator<Item = (&str, &EntryDoc)> {
    body.iter().map(|(name, entry)| (name.is.as_str(), entry))
}
