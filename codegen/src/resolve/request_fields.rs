//! The fields of one request by their names on the wire, for what refers to them.

use super::context::Known;
use super::copy_budget::Fields;
use super::references::{self, unknown};
use crate::diagnostic::Diagnostics;
use crate::document::{OperationDoc, Spanned};
use crate::model::{Location, Object, Presence, Type};
use crate::table::Table;

/// What rules need to know of a field of the request.
pub(super) struct RequestField {
    pub(super) ty: Type,
    pub(super) presence: Presence,
    pub(super) location: Location,
}

pub(super) struct RequestFields {
    by_name: Table<RequestField>,
    /// Whether every field that the operation takes was found.
    are_complete: bool,
}

impl RequestFields {
    pub(super) fn of(request: &Object, operation: &OperationDoc) -> Self {
        let mut by_name = Table::default();
        for field in &request.fields {
            let parameter = RequestField { ty: field.ty.clone(), presence: field.presence, location: field.location };
            by_name.push(&field.name, parameter);
        }
        let taken = operation.body.len() + operation.query.len();
        let found = request.fields.iter().filter(|field| field.location != Location::Path).count();
        Self { by_name, are_complete: found == taken }
    }

    pub(super) fn get(&self, name: &str) -> Option<&RequestField> {
        self.by_name.get(name)
    }

    /// The parameter of that name. Reports it if there is none.
    pub(super) fn check(
        &self,
        known: &Known<'_>,
        fields: &Fields,
        name: &Spanned<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<&RequestField> {
        let found = self.by_name.get(&name.is);
        // A field of the file that the request lacks may be one that the request misspells.
        let may_follow = !self.are_complete && fields.contains(&name.is);
        if found.is_none() && !may_follow && !diagnostics.is_broken(known.doc.file, &name.is) {
            unknown(diagnostics, &references::REQUEST_FIELD, name, || self.by_name.names());
        }
        found
    }
}
