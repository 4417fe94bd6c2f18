//! The parameters of paths.

use std::collections::{HashMap, HashSet};

use super::context::Cx;
use super::copy_budget::Fields;
use super::entries::check_sendable;
use super::fields::field;
use super::misplaced::reject_required;
use super::objects::FieldAt;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{FieldDoc, OperationDoc, Spanned};
use crate::model::{ACCOUNT, Authority, Level, Location, Path, Presence, Role, Segment};
use crate::reader::did_you_mean;

/// The parameters of the path, in its order: declared in `path`, or fields of the file.
pub(super) fn path_fields(
    cx: &mut Cx<'_, '_>,
    fields: &mut Fields<'_>,
    line: &Spanned<String>,
    path: &Path,
    doc: &OperationDoc,
) -> Vec<FieldAt> {
    let parameters = path.segments.iter().filter_map(|segment| match segment {
        Segment::Parameter(name) => Some(name),
        Segment::Literal(_) | Segment::Account => None,
    });
    let in_path: HashSet<_> = parameters.clone().collect();
    for (name, _) in doc.path.iter().filter(|(name, _)| !in_path.contains(&name.is)) {
        cx.diagnostics.push(
            Diagnostic::new(Code::PathParameter, format!("the path has no parameter `{}`", name.is))
                .at(name.span, "declared here")
                .with(line.span, "not in this path")
                .help(format!("add `{{{0}}}` to the path, or remove `{0}` from `path`", name.is)),
        );
    }
    let declared: HashMap<_, _> = doc.path.iter().map(|entry| (entry.0.is.as_str(), entry)).collect();
    let mut found = Vec::new();
    for name in parameters {
        found.extend(match declared.get(name.as_str()) {
            Some((spanned, doc)) => declared_parameter(cx, spanned, doc),
            None => taken_parameter(cx, fields, line, name),
        });
    }
    found
}

fn declared_parameter(cx: &mut Cx<'_, '_>, name: &Spanned<String>, doc: &FieldDoc) -> Option<FieldAt> {
    reject_required(doc, "remove `required`; a path parameter is always required", cx.diagnostics);
    let field = field(cx, Role::Part, name, doc)?;
    Some(in_path(cx, name, field))
}

/// A parameter that is a field of the file, or a shared one.
fn taken_parameter(
    cx: &mut Cx<'_, '_>,
    fields: &mut Fields<'_>,
    line: &Spanned<String>,
    name: &str,
) -> Option<FieldAt> {
    let spanned = Spanned::new(name.to_owned(), line.span);
    let field = fields.copy(&spanned, cx.diagnostics);
    if !fields.contains(name) && !cx.known.is_broken(name, cx.diagnostics) {
        cx.diagnostics.push_with(|| {
            let is_account = name == cx.model.auth.account;
            let account = is_account.then(|| format!("write `{{{ACCOUNT}}}` for the caller's account"));
            let close = account.or_else(|| did_you_mean(name, fields.names()));
            let help = || format!("declare `{name}` under `fields`, or under `path` of this operation");
            Diagnostic::new(Code::PathParameter, format!("the path parameter `{name}` is not declared"))
                .at(line.span, format!("`{{{name}}}` is in this path"))
                .help(close.unwrap_or_else(help))
        });
    }
    Some(in_path(cx, &spanned, field?))
}

fn in_path(cx: &mut Cx<'_, '_>, name: &Spanned<String>, mut field: crate::model::Field) -> FieldAt {
    field.location = Location::Path;
    // An id that the server gives is what callers know an object by.
    field.given_by_server = false;
    field.presence = Presence::Required(Authority { sources: field.sources.clone(), level: Level::Error });
    check_sendable(cx.model, name, &field, cx.diagnostics);
    (field, name.span)
}
