//! `creates`: one request creates one object for each item of a list.

use super::context::Cx;
use super::copy_budget::Fields;
use super::references::{self, unknown};
use super::request_fields::RequestFields;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{CreatesDoc, Spanned};
use crate::model::{Answer, Creates, Does, Type};

pub(super) fn creates(
    cx: &mut Cx<'_, '_>,
    fields: &Fields<'_>,
    parameters: &RequestFields,
    does: Does,
    doc: &CreatesDoc,
    answer: Option<&Answer>,
) -> Option<Creates> {
    if does != Does::Create {
        let message = "`creates` needs `does: create`";
        cx.diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, message)
                .at(doc.each.span, "this operation creates no objects")
                .help("write `does: create`, or remove `creates`"),
        );
        return None;
    }
    let each = parameters.check(cx.known, cx.model, fields, &doc.each, cx.diagnostics)?;
    if doc.each.is.contains('.') {
        reject_inner(cx, &doc.each);
    } else if !matches!(each.ty, Type::List(_)) {
        reject_scalar(cx, &doc.each);
    }
    if let Some(ids) = &doc.ids {
        check_list(cx, ids, answer?, |_| true);
    }
    if let Some(objects) = &doc.objects {
        check_list(cx, objects, answer?, |item| matches!(item, Type::Object(_)));
    }
    let name = |list: &Option<Spanned<String>>| list.as_ref().map(|list| list.is.clone());
    Some(Creates { each: doc.each.is.clone(), ids: name(&doc.ids), objects: name(&doc.objects) })
}

/// The answer has the list, and its items are of the right type.
fn check_list(cx: &mut Cx<'_, '_>, list: &Spanned<String>, answer: &Answer, fits: fn(&Type) -> bool) {
    let Some(object) = answer.object().map(|id| &cx.model[id]) else { return };
    // Problems with fields of the answer have been reported.
    if cx.diagnostics.has_errors() {
        return;
    }
    match object.fields.iter().find(|field| field.name == list.is).map(|field| &field.ty) {
        Some(Type::List(item)) if fits(item) => {}
        Some(Type::List(_)) => reject_plain_items(cx, list),
        Some(_) => reject_scalar(cx, list),
        None => unknown(cx.diagnostics, &references::ANSWER_FIELD, list, || {
            object.fields.iter().map(|field| field.name.as_str())
        }),
    }
}

fn reject_inner(cx: &mut Cx<'_, '_>, name: &Spanned<String>) {
    cx.diagnostics.push(
        Diagnostic::new(Code::MisplacedKey, format!("`{}` is inside of an object", name.is))
            .at(name.span, "`each` names a field of the request itself")
            .help("name a list that the request has at its top"),
    );
}

fn reject_plain_items(cx: &mut Cx<'_, '_>, name: &Spanned<String>) {
    cx.diagnostics.push(
        Diagnostic::new(Code::MisplacedKey, format!("`{}` is not a list of objects", name.is))
            .at(name.span, "`objects` names a list that shows each new object")
            .help("name such a list; a list of ids belongs under `ids`"),
    );
}

fn reject_scalar(cx: &mut Cx<'_, '_>, name: &Spanned<String>) {
    cx.diagnostics.push(
        Diagnostic::new(Code::MisplacedKey, format!("`{}` is not a list", name.is))
            .at(name.span, "`creates` names lists")
            .help("name a field of `type: list`; an operation that creates one object needs no `creates`"),
    );
}
