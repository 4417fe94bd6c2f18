//! The head of a resource: its name, its handle, and what it keeps.

use super::answers::answer_named;
use super::context::Cx;
use super::objects::type_name;
use super::references::has_field;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{NO_ID, OperationDoc, ResourceDoc, Spanned};
use crate::model::{Collection, Does, States};
use crate::names;
use crate::spec_file::SpecFile;

/// Why a file cannot have some names.
pub(super) const DEVICE: &str = "Windows has a device of this name, so no file can have it";

/// The name of a resource is a Rust name, that of its file, and none of the client's own names.
pub(super) fn check_name(name: &Spanned<String>, file: &SpecFile, diagnostics: &mut Diagnostics) {
    let is_reserved = names::is_reserved_resource(&name.is) || names::is_device(&name.is);
    if !names::is_snake(&name.is) || is_reserved {
        let (code, label, help) = if names::is_reserved_resource(&name.is) {
            (Code::ReservedName, "the client uses this name itself", "choose another name")
        } else if is_reserved {
            (Code::ReservedName, DEVICE, "choose another name")
        } else {
            (Code::MalformedName, "invalid name", names::SNAKE_CASE)
        };
        let message = format!("`{}` cannot be the name of a resource", name.is);
        diagnostics.push(Diagnostic::new(code, message).at(name.span, label).help(help));
    } else if file.stem() != name.is {
        diagnostics.push(other_file_name("resource", name, file));
    }
}

/// The diagnostic about a file whose name differs from that of its content; `key` has the name in the file.
pub(super) fn other_file_name(key: &str, name: &Spanned<String>, file: &SpecFile) -> Diagnostic {
    let stem = file.stem();
    Diagnostic::new(Code::FileName, format!("`{key}: {}` does not match the name of the file", name.is))
        .at(name.span, format!("expected `{stem}`"))
        .help(format!("rename the file to `{}.yaml`, or write `{key}: {stem}`", name.is))
}

/// The type of the handle, as in `Profiles`.
pub(super) fn handle(cx: &mut Cx<'_, '_>) -> Option<String> {
    let plural = &cx.known.doc.plural;
    let name = Some(&plural.is).filter(|plural| names::is_snake(plural));
    type_name(cx, plural, name.and_then(|name| names::pascal(name)))
}

/// What one object and several of them are called in prose: by the names, unless `prose` says otherwise.
pub(super) fn prose(doc: &ResourceDoc) -> (String, String) {
    let words = |name: &Spanned<String>| name.is.replace('_', " ");
    doc.prose.clone().unwrap_or_else(|| (words(&doc.resource), words(&doc.plural)))
}

/// `object`, `id` and `states`: what the resource keeps.
pub(super) fn collection(cx: &mut Cx<'_, '_>, states: Option<States>) -> Option<Collection> {
    let (object, id) = (cx.known.doc.object.as_ref()?, cx.known.doc.id.as_ref()?);
    if id.is == NO_ID {
        return Some(Collection { object: answer_named(cx, object)?, id: None, states });
    }
    if !has_field(cx.known, id, cx.diagnostics) {
        return None;
    }
    let answer = answer_named(cx, object)?;
    if !cx.model[answer].fields.iter().any(|field| field.name == id.is) {
        cx.diagnostics.push(
            Diagnostic::new(Code::UnknownField, format!("the answer `{}` has no field `{}`", object.is, id.is))
                .at(id.span, "this field identifies an object")
                .with(object.span, "this answer does not have the field")
                .help(format!("add `{}!` to the fields of `{}`", id.is, object.is)),
        );
    }
    Some(Collection { object: answer, id: Some(id.is.clone()), states })
}

/// There is an operation; and `object` and `id` are both there if one needs them.
pub(super) fn check_head(cx: &mut Cx<'_, '_>) {
    let doc = cx.known.doc;
    if doc.operations.is_empty() && !cx.diagnostics.has_broken(doc.file) {
        cx.diagnostics.push(
            Diagnostic::new(Code::NoOperation, "the resource has no operation")
                .at(doc.resource.span, "needs at least one operation")
                .help("add an operation under `operations`"),
        );
    }
    let kept = |(_, operation): &&(Spanned<String>, OperationDoc)| operation.does != Does::Action;
    let needs = doc.operations.iter().find(kept).and_then(|(_, operation)| operation.request.as_ref());
    let states = doc.states.as_ref().map(|states| (states.field.span, "which objects have this state?"));
    let needs = needs.map(|line| (line.span, "this operation works on stored objects")).or(states);
    let (message, span, label, help) = match (&doc.object, &doc.id, needs) {
        (Some(object), None, _) => (
            "`id` is missing",
            object.span,
            "which field identifies this object?",
            "add `id: ..` with the name of that field; or `id: none`, if there is one object from the start",
        ),
        (None, Some(id), _) => (
            "`object` is missing",
            id.span,
            "which answer shows the stored object?",
            "add `object: ..` with the name of that answer",
        ),
        (None, None, Some((span, label))) => {
            let help = "add `object: ..` and `id: ..` at the head of the file; if the resource stores nothing, write \
                `does: action` in every operation";
            ("`object` and `id` are missing", span, label, help)
        }
        _ => return,
    };
    cx.diagnostics.push(Diagnostic::new(Code::NoCollection, message).at(span, label).help(help));
}
