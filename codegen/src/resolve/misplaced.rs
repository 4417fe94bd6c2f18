//! Keys and types that are in the wrong place.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{FieldDoc, Spanned};

pub(super) fn reject_required(doc: &FieldDoc, help: &str, diagnostics: &mut Diagnostics) {
    if let Some(required) = &doc.required {
        let misplaced = Diagnostic::new(Code::MisplacedKey, "`!` and `required` are not allowed here");
        diagnostics.push(misplaced.at(required.span, "not allowed").help(help));
    }
}

/// Reports a key that has no effect on a field; `label` says why.
pub(super) fn reject_key(key: &str, name: &Spanned<String>, label: &str, help: &str, diagnostics: &mut Diagnostics) {
    let misplaced = Diagnostic::new(Code::MisplacedKey, format!("`{key}` is not allowed on the field `{}`", name.is));
    diagnostics.push(misplaced.at(name.span, label).help(help));
}

/// Reports a key that only a query parameter of a list can have.
pub(super) fn reject_filter(key: &str, name: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let help = format!("remove `{key}`; only a field in the `query` of a list can have it");
    reject_key(key, name, "this is not a query parameter", &help, diagnostics);
}

/// Reports `flatten` outside of a body.
pub(super) fn reject_flatten(name: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let help = "remove `flatten`; only a field of a `body` can have it";
    reject_key("flatten", name, "this is not a field of a body", help, diagnostics);
}

/// The diagnostic about a field of a request whose type only answers can have.
pub(super) fn answer_type_in_request(name: &Spanned<String>, help: &str) -> Diagnostic {
    Diagnostic::new(Code::AnswerType, format!("the type of `{}` is not allowed in a request", name.is))
        .at(name.span, "only answers can have this type")
        .help(help)
}
