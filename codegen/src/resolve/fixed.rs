//! Fixed values: what every request of an operation sends.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{EntryDoc, Map, OperationDoc, Spanned};
use crate::model::{Fixed, Location, Object};

/// The fixed values of an operation: those of the query first.
pub(super) fn fixed(doc: &OperationDoc) -> Vec<Fixed> {
    let values = fixed_entries(doc).map(|(name, value, location)| Fixed {
        name: name.is.clone(),
        value: value.is.clone(),
        location,
    });
    values.collect()
}

/// The fixed values with their names.
pub(super) fn fixed_entries(
    doc: &OperationDoc,
) -> impl Iterator<Item = (&Spanned<String>, &Spanned<String>, Location)> {
    let in_query = doc.query.iter().map(|entry| (entry, Location::Query));
    let in_body = doc.body.iter().map(|entry| (entry, Location::Body));
    in_query.chain(in_body).filter_map(|((name, entry), location)| match entry {
        EntryDoc::Fixed(value) => Some((name, value, location)),
        EntryDoc::Named { .. } | EntryDoc::Own(_) => None,
    })
}

/// The number of entries that are fields.
pub(super) fn count_fields(entries: &Map<EntryDoc>) -> usize {
    entries.iter().filter(|(_, entry)| !matches!(entry, EntryDoc::Fixed(_))).count()
}

/// A name stands for one value of a request.
pub(super) fn check_fixed(request: &Object, doc: &OperationDoc, diagnostics: &mut Diagnostics) {
    let mut seen: Vec<&Spanned<String>> = Vec::new();
    for (name, _, _) in fixed_entries(doc) {
        let other = seen.iter().find(|other| other.is == name.is).map(|other| other.span);
        let is_free = request.fields.iter().any(|field| field.name == name.is);
        if is_free || other.is_some() {
            let problem = if is_free { "is also a field of this request" } else { "is fixed twice" };
            let both = Diagnostic::new(Code::FixedAndFree, format!("`{}` {problem}", name.is))
                .at(name.span, "this value is fixed")
                .help("remove one of the two");
            diagnostics.push(match other {
                Some(other) => both.with(other, "fixed here as well"),
                None => both,
            });
        }
        seen.push(name);
    }
}
