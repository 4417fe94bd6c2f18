//! How the body of a request travels, and where files can stand.

use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Encoding, OperationDoc, Spanned};
use crate::model::{Body, Location, Model, ObjectId, Type};

impl Scope<'_> {
    pub(super) fn body(&mut self, doc: &OperationDoc, request: ObjectId) -> Body {
        let is_multipart = doc.encoding.as_ref().is_some_and(|encoding| encoding.is == Encoding::Multipart);
        if let Some(part) = doc.data_part.as_ref().filter(|_| !is_multipart) {
            self.report(
                Diagnostic::new(Code::MisplacedKey, "`data_part` does not go here")
                    .at(part.span, "names a part of a multipart body")
                    .help("add `encoding: multipart`, or remove it"),
            );
        }
        if let Some(encoding) = doc.encoding.as_ref().filter(|_| doc.body.is_empty()) {
            self.report(
                Diagnostic::new(Code::MisplacedKey, "`encoding` does not go here")
                    .at(encoding.span, "this operation has no `body`")
                    .help("remove it, or describe the body"),
            );
        }
        if is_multipart {
            self.check_data_part(doc);
        } else {
            self.check_no_file(doc, request);
        }
        self.check_spread_once(doc, request);
        match (doc.body.is_empty(), is_multipart) {
            (true, _) => Body::None,
            (false, false) => Body::Json,
            (false, true) => Body::Multipart { data: doc.data_part.as_ref().map(|part| part.is.clone()) },
        }
    }

    /// Two parts of one name could not be told apart.
    fn check_data_part(&mut self, doc: &OperationDoc) {
        let Some(part) = &doc.data_part else { return };
        if let Some((field, _)) = doc.body.iter().find(|(name, _)| name.is == part.is) {
            self.report(
                Diagnostic::new(Code::DuplicateField, format!("a field of the body is called `{}` as well", part.is))
                    .at(part.span, "the part that holds the fields")
                    .with(field.span, "one of them")
                    .help("correct the name of the part"),
            );
        }
    }

    /// Whose entry would it be?
    fn check_spread_once(&mut self, doc: &OperationDoc, request: ObjectId) {
        let flatten = self.model[request].fields.iter().filter(|field| field.flatten);
        if let Some(second) = flatten.map(|field| field.name.clone()).nth(1) {
            let span = doc.body.iter().find(|(name, _)| name.is == second).map(|(name, _)| name.span);
            let Some(span) = span else { return };
            self.report(
                Diagnostic::new(Code::MisplacedKey, "two fields of one body are `flatten`")
                    .at(span, "the second")
                    .help("nobody could tell whose an entry is; let one of them travel under its name"),
            );
        }
    }

    fn check_no_file(&mut self, doc: &OperationDoc, request: ObjectId) {
        let fields = self.model[request].fields.iter().filter(|field| field.location == Location::Body);
        let with_file = fields.filter(|field| holds_file(self.model, &field.ty)).map(|field| field.name.clone());
        for name in with_file.collect::<Vec<_>>() {
            let span = doc.body.iter().find(|(entry, _)| entry.is == name).map(|(entry, _)| entry.span);
            let Some(span) = span else { continue };
            self.report(
                Diagnostic::new(Code::FileOutside, "a JSON body cannot hold a file")
                    .at(span, "holds a file")
                    .help("add `encoding: multipart` to the operation"),
            );
        }
    }

    /// Answers bring addresses of files, and not the files.
    pub(super) fn refuse_file(&mut self, name: &Spanned<String>, ty: &Type) {
        if holds_file(self.model, ty) {
            self.report(
                Diagnostic::new(Code::FileOutside, "an answer cannot hold a file")
                    .at(name.span, "")
                    .help("describe what comes instead, such as an address with `type: string`"),
            );
        }
    }
}

impl Scope<'_> {
    /// Parts are named by fields and by places in lists; the keys of a map are anybody's.
    pub(super) fn refuse_file_in_map(&mut self, name: &Spanned<String>, ty: &Type) {
        let in_map = match ty {
            Type::Map(items) => holds_file(self.model, items),
            Type::List(items) => return self.refuse_file_in_map(name, items),
            _ => false,
        };
        if in_map {
            self.report(
                Diagnostic::new(Code::FileOutside, "a map cannot hold a file")
                    .at(name.span, "")
                    .help("make it a list, or an object with a field for each file"),
            );
        }
    }
}

fn holds_file(model: &Model, ty: &Type) -> bool {
    let mut seen = Vec::new();
    holds_unseen_file(model, ty, &mut seen)
}

/// An object may hold itself, so each is looked into once.
fn holds_unseen_file(model: &Model, ty: &Type, seen: &mut Vec<ObjectId>) -> bool {
    match ty {
        Type::File => true,
        Type::List(items) | Type::Map(items) => holds_unseen_file(model, items, seen),
        Type::Object(id) if !seen.contains(id) => {
            seen.push(*id);
            model[*id].fields.iter().any(|field| holds_unseen_file(model, &field.ty, seen))
        }
        Type::Object(_)
        | Type::Text
        | Type::Integer
        | Type::Number
        | Type::Boolean
        | Type::Timestamp
        | Type::Decimal
        | Type::Any
        | Type::Enum(_) => false,
    }
}
