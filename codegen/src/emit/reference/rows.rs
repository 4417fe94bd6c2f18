//! Rows of tables: the arguments of an operation, and the fields of an object.

use std::collections::HashSet;

use super::page::{Need, Row, ValueEntry};
use super::subject::{Subject, anchor, contradictions, value_entries};
use crate::emit::second_forms::second_forms;
use crate::emit::{transfer, words};
use crate::model::{Field, Level, Object, ObjectId, Operation, Presence, Role, Type};

/// The arguments of an operation. The fields of an object follow it.
pub(super) fn argument_rows(subject: Subject<'_>, operation: &Operation) -> Vec<Row> {
    let mut rows = Rows { subject, role: Role::Request, rows: Vec::new(), around: Vec::new(), listed: HashSet::new() };
    for field in subject.model.request_fields(operation) {
        let at = rows.rows.len();
        rows.field_with_parts(field, &operation.name, "");
        rows.rows[at].location = Some(transfer::location(field.location));
    }
    rows.rows
}

/// The fields of an object, without those of objects in it, which have tables of their own.
pub(super) fn object_rows(subject: Subject<'_>, object: &Object) -> Vec<Row> {
    let mut rows = Rows { subject, role: object.role, rows: Vec::new(), around: Vec::new(), listed: HashSet::new() };
    for field in &object.fields {
        rows.field(field, &object.name, "");
    }
    rows.rows
}

struct Rows<'m> {
    subject: Subject<'m>,
    role: Role,
    rows: Vec<Row>,
    /// The objects around the current field.
    around: Vec<ObjectId>,
    /// The objects whose fields are listed. A second list of the same would tell nothing, and objects that hold others
    /// twice would double the table at each level.
    listed: HashSet<ObjectId>,
}

impl Rows<'_> {
    fn field_with_parts(&mut self, field: &Field, page: &str, outer: &str) {
        self.field(field, page, outer);
        let Some(id) = object_in(&field.ty) else { return };
        if !self.listed.insert(id) {
            let name = &self.subject.model[id].name;
            let again = format!("Its fields are those of the other `{name}` in this table.");
            return self.rows.last_mut().map_or((), |row| row.facts.push(again));
        }
        self.around.push(id);
        let outer = format!("{outer}{}.", field.name);
        let inner = self.subject.model[id].fields.iter();
        for field in inner.filter(|field| field.presence != Presence::AnswerOnly) {
            self.field_with_parts(field, page, &outer);
        }
        self.around.pop();
    }

    fn field(&mut self, field: &Field, page: &str, outer: &str) {
        let (subject, role) = (self.subject, self.role);
        // A field of a shared object names the sources of the shared file.
        let subject = match self.around.last() {
            Some(id) => subject.of(subject.model[*id].owner),
            None => subject,
        };
        self.rows.push(Row {
            anchor: anchor(&format!("{page}.{outer}{}", field.name)),
            name: field.name.clone(),
            outer: outer.to_owned(),
            depth: self.around.len(),
            location: None,
            ty: subject.type_label(&field.ty),
            need: need(subject, role, &field.presence),
            summary: field.summary.clone(),
            values: values(subject, &field.ty),
            facts: facts(subject, role, field),
            sources: subject.names(&field.sources),
            contradictions: contradictions(&field.contradictions),
            contradictions_at: None,
            position: field.position,
        });
    }
}

impl<'m> Subject<'m> {
    /// The same for the module that declares something.
    fn of(self, owner: crate::model::Owner) -> Self {
        self.model.module(owner).map_or(self, |module| Self { owner, module, ..self })
    }
}

fn object_in(ty: &Type) -> Option<ObjectId> {
    match ty {
        Type::Object(id) => Some(*id),
        Type::List(items) | Type::Map(items) => object_in(items),
        _ => None,
    }
}

fn need(subject: Subject<'_>, role: Role, presence: &Presence) -> Need {
    let word = match presence {
        Presence::Required(authority) if authority.level == Level::Error => "required",
        Presence::Required(_) => "should be set",
        Presence::Always(_) => "always present",
        Presence::AnswerOnly => "answers only",
        Presence::Optional if role == Role::Answer => "may be absent",
        Presence::Optional => "optional",
    };
    let sentence = match presence {
        Presence::Required(authority) if authority.level == Level::Warn => words::presence(subject.module, presence),
        _ => None,
    };
    Need { word, sentence }
}

fn values(subject: Subject<'_>, ty: &Type) -> Vec<ValueEntry> {
    match ty {
        Type::Enum(id) => value_entries(&subject.model[*id]),
        Type::Choice(id) => {
            let forms = subject.model[*id].forms.iter();
            forms.map(|form| ValueEntry { wire: form.template(), summary: None }).collect()
        }
        Type::List(items) | Type::Map(items) => values(subject, items),
        _ => Vec::new(),
    }
}

fn facts(subject: Subject<'_>, role: Role, field: &Field) -> Vec<String> {
    let deprecated = field.deprecated.iter().map(|reason| words::deprecated(reason));
    let example = field.example.iter().map(|example| format!("Example: `{}`.", example.replace('`', "'")));
    let rust = (field.ident != field.name).then(|| format!("In Rust: `{}`.", field.ident));
    let facts = deprecated.chain(words::facts(subject.model, subject.module, role, field));
    let format = (role == Role::Answer).then(|| words::server_format(subject.model, subject.module, field)).flatten();
    let facts = facts.chain(format).chain(second_forms(role, field)).chain(words::relations(role, field));
    facts.chain(rust).chain(example).collect()
}
