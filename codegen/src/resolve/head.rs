//! The head of a resource: its name, its handle, and what it keeps.

use super::answers::answer_named;
use super::context::Cx;
use super::objects::type_name;
use super::references::has_field;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{OperationDoc, Spanned};
use crate::model::{Collection, Does};
use crate::names;
use crate::spec_file::SpecFile;

/// The name of a resource is a Rust name, that of its file, and none of the client's own names.
pub(super) fn check_name(name: &Spanned<String>, file: &SpecFile, diagnostics: &mut Diagnostics) {
    if !names::is_snake(&name.is) || names::is_reserved_resource(&name.is) {
        let code = if names::is_reserved_resource(&name.is) { Code::ReservedName } else { Code::MalformedName };
        diagnostics.push(
            Diagnostic::new(code, format!("`{}` cannot be the name of a resource", name.is))
                .at(name.span, "")
                .help("write it in small letters, digits and `_`, starting with a letter, and not as a method that every client has"),
        );
    } else if file.stem() != name.is {
        diagnostics.push(
            Diagnostic::new(
                Code::FileName,
                format!("the file `{}` says that it is the resource `{}`", file.path, name.is),
            )
            .at(name.span, format!("the file name says `{}`", file.stem()))
            .help("give the file and the resource one name"),
        );
    }
}

/// The type of the handle, as in `Profiles`.
pub(super) fn handle(cx: &mut Cx<'_, '_>) -> Option<String> {
    let plural = &cx.known.doc.plural;
    let name = Some(&plural.is).filter(|plural| names::is_snake(plural));
    type_name(cx, plural, name.and_then(|name| names::pascal(name)))
}

/// `object` and `id`: what the resource keeps.
pub(super) fn collection(cx: &mut Cx<'_, '_>) -> Option<Collection> {
    let (object, id) = (cx.known.doc.object.as_ref()?, cx.known.doc.id.as_ref()?);
    if !has_field(cx.known, id, cx.diagnostics) {
        return None;
    }
    let answer = answer_named(cx, object)?;
    if !cx.model[answer].fields.iter().any(|field| field.name == id.is) {
        cx.diagnostics.push(
            Diagnostic::new(Code::UnknownField, format!("`{}` has no field `{}`", object.is, id.is))
                .at(id.span, "identifies the object")
                .with(object.span, "but is not in this answer")
                .help(format!("add `{}: always` to the fields of `{}`", id.is, object.is)),
        );
    }
    Some(Collection { object: answer, id: id.is.clone() })
}

/// There is an operation; and `object` and `id` are both there if one needs them.
pub(super) fn check_head(cx: &mut Cx<'_, '_>) {
    let doc = cx.known.doc;
    if doc.operations.is_empty() && !cx.diagnostics.has_broken(doc.file) {
        cx.diagnostics.push(
            Diagnostic::new(Code::NoOperation, "the resource has no operation")
                .at(doc.resource.span, "what can be done with it?")
                .help("add one under `operations`"),
        );
    }
    let kept = |(_, operation): &&(Spanned<String>, OperationDoc)| operation.does != Does::Action;
    let needs = doc.operations.iter().find(kept).and_then(|(_, operation)| operation.request.as_ref());
    let (message, span, label) = match (&doc.object, &doc.id, needs) {
        (Some(object), None, _) => ("`id` is missing", object.span, "what identifies it?"),
        (None, Some(id), _) => ("`object` is missing", id.span, "which answer shows the object?"),
        (None, None, Some(line)) => {
            ("the resource does not say what it keeps", line.span, "this works on stored objects")
        }
        _ => return,
    };
    cx.diagnostics.push(
        Diagnostic::new(Code::NoCollection, message)
            .at(span, label)
            .help("write `object: ..` and `id: ..` at the head of the file, or `does: action` in every operation"),
    );
}
