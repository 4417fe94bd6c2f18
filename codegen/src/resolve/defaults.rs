//! What is assumed if a field has no value.

use super::context::Known;
use super::queries::is_scalar;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Authorship, DefaultDoc, FieldDoc};
use crate::interpret;
use crate::model::{Constraints, DefaultValue, Model, Type};
use crate::yaml::Node;

/// The default of a field. It satisfies the constraints of the field.
pub(super) fn default(
    known: &Known<'_>,
    model: &Model,
    field: &FieldDoc,
    ty: &Type,
    constraints: &Constraints,
    diagnostics: &mut Diagnostics,
) -> Option<DefaultValue> {
    let doc = field.default.as_ref()?;
    check_has_use(doc, field, ty, diagnostics);
    let by = Authorship { sources: doc.sources.clone(), enforce: None };
    let sources = known.sources(&by, Some(&field.by), diagnostics);
    let is = doc.is.is.json();
    for violation in interpret::validate_value(model, ty, constraints, &is) {
        diagnostics.push(
            Diagnostic::new(Code::FieldExample, format!("the `default` of this field {}", violation.demand))
                .at(doc.is.is.head(), format!("violates `{}`", violation.rule))
                .help(format!("correct the default or `{}`", violation.rule)),
        );
    }
    Some(DefaultValue { is, sources })
}

/// A default is one value, and stands in for a value that a request may leave out.
fn check_has_use(doc: &DefaultDoc, field: &FieldDoc, ty: &Type, diagnostics: &mut Diagnostics) {
    let (label, help) = if field.given_by_server || field.answers_only {
        ("no request has this field", "remove `default`; `example` is for the values of answers")
    } else if field.required.is_some() {
        ("the field is required", "remove `default` or `required`")
    } else if !is_scalar(ty) {
        ("not a `string`, `integer`, `number`, `boolean` or `enum`", "remove `default`, and say it in the `summary`")
    } else {
        return;
    };
    let span = Node::head(&doc.is.is);
    diagnostics
        .push(Diagnostic::new(Code::MisplacedKey, "`default` is not allowed on this field").at(span, label).help(help));
}
