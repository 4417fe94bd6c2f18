//! The fields of one request by their names on the wire, for what refers to them.

use super::context::Known;
use super::copy_budget::Fields;
use super::fixed::count_fields;
use super::references::{self, unknown};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{OperationDoc, Spanned};
use crate::model::{Location, Model, Object, Presence, Type};
use crate::table::Table;

/// What rules need to know of a field of the request.
#[derive(Clone)]
pub(super) struct RequestField {
    pub(super) ty: Type,
    pub(super) presence: Presence,
    pub(super) location: Location,
}

pub(super) struct RequestFields {
    by_name: Table<RequestField>,
    /// Whether every field that the operation takes was found.
    are_complete: bool,
    /// Whether something of what it takes could not be read, which has been reported.
    is_unread: bool,
}

impl RequestFields {
    pub(super) fn of(request: &Object, operation: &OperationDoc) -> Self {
        let mut by_name = Table::default();
        for field in &request.fields {
            let parameter =
                RequestField { ty: field.ty.clone(), presence: field.presence.clone(), location: field.location };
            by_name.push(&field.name, parameter);
        }
        let taken = count_fields(&operation.body) + count_fields(&operation.query);
        let found = request.fields.iter().filter(|field| field.location != Location::Path).count();
        Self { by_name, are_complete: found == taken, is_unread: operation.is_unread }
    }

    pub(super) fn get(&self, name: &str) -> Option<&RequestField> {
        self.by_name.get(name)
    }

    /// The parameter of that name, or the field of an object in one, to which dots lead. Reports it if there is none.
    pub(super) fn check(
        &self,
        known: &Known<'_>,
        model: &Model,
        fields: &Fields<'_>,
        name: &Spanned<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<RequestField> {
        if let Some(found) = self.by_name.get(&name.is) {
            return Some(found.clone());
        }
        let (first, rest) = name.is.split_once('.').unwrap_or((&name.is, ""));
        if let Some(outer) = self.by_name.get(first) {
            return inside(model, outer, rest, name, diagnostics);
        }
        // A field of the file that the request lacks may be one that the request misspells.
        let may_follow = self.is_unread || (!self.are_complete && fields.contains(first));
        if !may_follow && !known.is_broken(first, diagnostics) {
            unknown(diagnostics, &references::REQUEST_FIELD, name, || self.by_name.names());
        }
        None
    }
}

/// The field of an object, to which the dots in `rest` lead from the field `outer`.
fn inside(
    model: &Model,
    outer: &RequestField,
    rest: &str,
    name: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) -> Option<RequestField> {
    let mut found = outer.clone();
    for step in rest.split('.') {
        let Type::Object(id) = found.ty else {
            diagnostics.push(
                Diagnostic::new(Code::UnknownField, format!("`{}` leads nowhere", name.is))
                    .at(name.span, format!("what is before `{step}` is not an object"))
                    .help("dots lead into objects only, not into lists and maps"),
            );
            return None;
        };
        let sent = || model[id].fields.iter().filter(|field| field.presence != Presence::AnswerOnly);
        let Some(field) = sent().find(|field| field.name == step) else {
            let step = Spanned::new(step.to_owned(), name.span);
            unknown(diagnostics, &references::REQUEST_FIELD, &step, || sent().map(|field| field.name.as_str()));
            return None;
        };
        // What an object requires is required only if the object is given.
        found = RequestField { ty: field.ty.clone(), presence: Presence::Optional, location: outer.location };
    }
    Some(found)
}
