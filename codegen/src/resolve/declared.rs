//! The types that a file declares, wherever they stand, so that others can be of them.

use super::scope::{Scope, owned};
use crate::diagnostic::{Code, Span};
use crate::document::{AnswerDoc, EntryDoc, FieldDoc, Map, ResourceDoc, Spanned, TypeDoc};
use crate::model::Type;
use crate::table::Table;

/// Where a named type is described.
#[derive(Clone, Copy)]
pub(super) enum Declared<'a> {
    /// By a field, or under `types`.
    Type { ty: &'a TypeDoc, summary: &'a str },
    /// Under `answers`.
    Answer(&'a AnswerDoc),
}

/// What a name stands for, and where it stands first.
pub(super) struct Declaration<'a> {
    pub(super) span: Span,
    pub(super) is: Declared<'a>,
    /// Whether only answers hold it.
    pub(super) in_answers: bool,
}

/// Every named type of a file, in the order in which the generated code holds them.
pub(super) fn declarations(doc: &ResourceDoc) -> Table<Declaration<'_>> {
    let mut found = Found { all: Table::new(), in_answers: false };
    for (_, named) in &doc.types {
        found.within(&named.ty, &named.summary);
    }
    found.fields(&doc.fields);
    for (_, operation) in &doc.operations {
        found.fields(&operation.path);
        found.entries(&operation.query);
        found.entries(&operation.body);
    }
    found.in_answers = true;
    for (name, answer) in &doc.answers {
        found.add(name, Declared::Answer(answer));
        found.entries(&answer.fields);
    }
    found.all
}

struct Found<'a> {
    all: Table<Declaration<'a>>,
    in_answers: bool,
}

impl<'a> Found<'a> {
    fn add(&mut self, name: &Spanned<String>, is: Declared<'a>) {
        self.all.push(name.is.as_str(), Declaration { span: name.span, is, in_answers: self.in_answers });
    }

    fn entries(&mut self, entries: &'a Map<EntryDoc>) {
        for (_, entry) in entries {
            if let EntryDoc::Own(field) = entry {
                self.within(&field.ty, &field.summary);
            }
        }
    }

    fn fields(&mut self, fields: &'a Map<FieldDoc>) {
        for (_, field) in fields {
            self.within(&field.ty, &field.summary);
        }
    }

    fn within(&mut self, ty: &'a TypeDoc, summary: &'a str) {
        match ty {
            TypeDoc::Enum { name, .. } | TypeDoc::Object { name, .. } => {
                self.add(name, Declared::Type { ty, summary });
            }
            TypeDoc::List(items) | TypeDoc::Map(items) => self.within(items, summary),
            TypeDoc::Text
            | TypeDoc::Integer
            | TypeDoc::Number
            | TypeDoc::Boolean
            | TypeDoc::Timestamp
            | TypeDoc::Decimal
            | TypeDoc::Any
            | TypeDoc::File
            | TypeDoc::Named(_) => {}
        }
        if let TypeDoc::Object { fields, .. } = ty {
            self.fields(fields);
        }
    }
}

impl<'a> Scope<'a> {
    /// The declaration of a name in this file.
    pub(super) fn declaration(&self, name: &str) -> Option<(Declared<'a>, bool)> {
        self.declared.get(name).map(|declaration| (declaration.is, declaration.in_answers))
    }

    /// Whether the file declares an answer of this name, and nothing else before it.
    pub(super) fn is_answer(&self, name: &str) -> bool {
        matches!(self.declaration(name), Some((Declared::Answer(_), _)))
    }

    /// The type that a name stands for: one of this file, or one that resources share.
    pub(super) fn type_named(&mut self, name: &Spanned<String>) -> Option<Type> {
        // That a type holds itself is no use of it.
        if !self.resolving.contains(&name.is) {
            self.mentioned.insert(name.is.clone());
        }
        self.type_declared(name)
    }

    /// The same, where the name is declared and not mentioned.
    pub(super) fn type_declared(&mut self, name: &Spanned<String>) -> Option<Type> {
        if let Some(known) = self.resolved.get(&name.is) {
            return known.clone();
        }
        match self.declaration(&name.is) {
            Some((Declared::Type { ty, summary }, in_answers)) => self.resolve_declared(ty, summary, in_answers),
            Some((Declared::Answer(_), _)) => self.answer_type(&name.is).map(Type::Object),
            None => self.shared_type(name),
        }
    }

    fn shared_type(&mut self, name: &Spanned<String>) -> Option<Type> {
        if let Some(ty) = self.shared.get(&name.is) {
            return Some(ty.clone());
        }
        if !self.diagnostics.is_broken(self.doc.file, &name.is) {
            let known = |scope: &Self| owned(scope.declared.names().chain(scope.shared.names()));
            self.unknown(Code::UnknownType, "type", name, known);
        }
        None
    }

    /// A type where it is declared, whoever asks for it.
    fn resolve_declared(&mut self, ty: &'a TypeDoc, summary: &'a str, in_answers: bool) -> Option<Type> {
        let before = std::mem::replace(&mut self.in_answers, in_answers);
        let resolved = self.resolve_type(ty, summary);
        self.in_answers = before;
        resolved
    }
}
