//! The named types of a file, wherever they are declared, so that a field can have a type that is declared later.

use crate::diagnostic::Span;
use crate::document::{AnswerDoc, EntryDoc, FieldDoc, Map, ResourceDoc, Spanned, TypeDoc};
use crate::model::Role;
use crate::table::Table;

/// Where a named type is described.
#[derive(Clone, Copy)]
pub(super) enum Declared<'a> {
    /// At a field, or under `types`.
    Type { ty: &'a TypeDoc, summary: &'a str },
    /// Under `answers`.
    Answer(&'a AnswerDoc),
}

/// The first declaration of a name.
pub(super) struct Declaration<'a> {
    pub(super) span: Span,
    pub(super) is: Declared<'a>,
    /// [`Role::Answer`] where only answers hold it.
    pub(super) role: Role,
}

/// Every named type of a file, in the order in which the generated code holds them.
pub(super) fn declarations(doc: &ResourceDoc) -> Table<Declaration<'_>> {
    let mut found = Found { all: Table::default() };
    for (_, named) in &doc.types {
        found.within(&named.ty, &named.summary, Role::Part);
    }
    found.fields(&doc.fields, Role::Part);
    for (_, operation) in &doc.operations {
        found.fields(&operation.path, Role::Part);
        found.entries(&operation.query, Role::Part);
        found.entries(&operation.body, Role::Part);
    }
    for (name, answer) in &doc.answers {
        found.add(name, Declared::Answer(answer), Role::Answer);
        found.entries(&answer.fields, Role::Answer);
    }
    found.all
}

struct Found<'a> {
    all: Table<Declaration<'a>>,
}

impl<'a> Found<'a> {
    fn add(&mut self, name: &Spanned<String>, is: Declared<'a>, role: Role) {
        self.all.push(name.is.as_str(), Declaration { span: name.span, is, role });
    }

    fn entries(&mut self, entries: &'a Map<EntryDoc>, role: Role) {
        for (_, entry) in entries {
            if let EntryDoc::Own(field) = entry {
                self.within(&field.ty, &field.summary, role);
            }
        }
    }

    fn fields(&mut self, fields: &'a Map<FieldDoc>, role: Role) {
        for (_, field) in fields {
            self.within(&field.ty, &field.summary, role);
        }
    }

    fn within(&mut self, ty: &'a TypeDoc, summary: &'a str, role: Role) {
        match ty {
            TypeDoc::Enum { name, .. } | TypeDoc::Object { name, .. } | TypeDoc::Choice { name, .. } => {
                self.add(name, Declared::Type { ty, summary }, role);
            }
            TypeDoc::List(items) | TypeDoc::Map(items) => self.within(&items.ty, items.summary(summary), role),
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
            self.fields(fields, role);
        }
    }
}
