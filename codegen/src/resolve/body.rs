//! The body of a request: its encoding, and which fields it can hold.

use super::queries::holds_file;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Encoding, OperationDoc};
use crate::model::{Body, Location, Model, ObjectId};

pub(super) fn body(model: &Model, doc: &OperationDoc, request: ObjectId, diagnostics: &mut Diagnostics) -> Body {
    let is_multipart = doc.encoding.as_ref().is_some_and(|encoding| encoding.is == Encoding::Multipart);
    if let Some(part) = doc.data_part.as_ref().filter(|_| !is_multipart) {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, "`data_part` needs `encoding: multipart`")
                .at(part.span, "names a part of a multipart body")
                .help("add `encoding: multipart`, or remove `data_part`"),
        );
    }
    if let Some(encoding) = doc.encoding.as_ref().filter(|_| doc.body.is_empty()) {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, "`encoding` needs a `body`")
                .at(encoding.span, "this operation has no `body`")
                .help("add a `body`, or remove `encoding`"),
        );
    }
    if is_multipart {
        check_data_part(doc, diagnostics);
    } else {
        check_no_file(model, doc, request, diagnostics);
    }
    check_flatten_once(model, doc, request, diagnostics);
    match (doc.body.is_empty(), is_multipart) {
        (true, _) => Body::None,
        (false, false) => Body::Json,
        (false, true) => Body::Multipart { data: doc.data_part.as_ref().map(|part| part.is.clone()) },
    }
}

/// Two parts of one name could not be told apart.
fn check_data_part(doc: &OperationDoc, diagnostics: &mut Diagnostics) {
    let Some(part) = &doc.data_part else { return };
    if let Some((field, _)) = doc.body.iter().find(|(name, _)| name.is == part.is) {
        diagnostics.push(
            Diagnostic::new(Code::DuplicateField, format!("the data part and a field are both named `{}`", part.is))
                .at(part.span, "the data part")
                .with(field.span, "the field")
                .help("correct the name of the data part"),
        );
    }
}

/// With two such fields, nothing would show which one an entry belongs to.
fn check_flatten_once(model: &Model, doc: &OperationDoc, request: ObjectId, diagnostics: &mut Diagnostics) {
    let flatten = model[request].fields.iter().filter(|field| field.flatten);
    if let Some(second) = flatten.map(|field| field.name.clone()).nth(1) {
        let span = doc.body.iter().find(|(name, _)| name.is == second).map(|(name, _)| name.span);
        let Some(span) = span else { return };
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, "two fields of one body have `flatten`")
                .at(span, "the second one")
                .help("remove `flatten` from one of them; otherwise nothing shows which field an entry belongs to"),
        );
    }
}

fn check_no_file(model: &Model, doc: &OperationDoc, request: ObjectId, diagnostics: &mut Diagnostics) {
    let fields = model[request].fields.iter().filter(|field| field.location == Location::Body);
    let with_file = fields.filter(|field| holds_file(model, &field.ty)).map(|field| field.name.clone());
    for name in with_file.collect::<Vec<_>>() {
        let span = doc.body.iter().find(|(entry, _)| entry.is == name).map(|(entry, _)| entry.span);
        let Some(span) = span else { continue };
        diagnostics.push(
            Diagnostic::new(Code::FileOutside, "a JSON body cannot contain a file")
                .at(span, "contains a file")
                .help("add `encoding: multipart` to the operation"),
        );
    }
}
