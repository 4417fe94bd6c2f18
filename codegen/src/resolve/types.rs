//! Types: enumerations and parts get their names and their place in the model.

use std::collections::{HashMap, HashSet};

use super::scope::{Scope, same_name};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::document::{FieldDoc, Map, Spanned, TypeDoc, ValueDoc};
use crate::limits;
use crate::model::{Enum, EnumId, EnumValue, Field, Object, ObjectId, Presence, Role, Type};
use crate::names;

/// The Rust variant of a value.
fn variant(doc: &ValueDoc) -> Option<String> {
    let ident = match &doc.rust {
        Some(rust) => Some(rust.is.clone()).filter(|ident| names::is_pascal(ident) && ident != "Self"),
        None => names::pascal(&doc.wire.is),
    };
    ident.filter(|ident| ident != "Unlisted")
}

/// A field and where it stands in the spec.
pub(super) type Placed = (Field, Span);

impl Scope<'_> {
    /// The types under `types`.
    pub(super) fn types(&mut self) {
        let doc = self.doc;
        for (name, _) in &doc.types {
            if self.type_declared(name).is_none() {
                self.diagnostics.mark_broken(doc.file, &name.is);
            }
        }
    }

    pub(super) fn resolve_type(&mut self, doc: &TypeDoc, summary: &str) -> Option<Type> {
        Some(match doc {
            TypeDoc::Text => Type::Text,
            TypeDoc::Integer => Type::Integer,
            TypeDoc::Number => Type::Number,
            TypeDoc::Boolean => Type::Boolean,
            TypeDoc::Timestamp => Type::Timestamp,
            TypeDoc::Decimal => Type::Decimal,
            TypeDoc::Any => Type::Any,
            TypeDoc::File => Type::File,
            TypeDoc::Named(name) => self.type_named(name)?,
            TypeDoc::Enum { name, values } => Type::Enum(self.enumeration(name, values, summary)?),
            TypeDoc::Object { name, fields } => Type::Object(self.part(name, fields, summary)?),
            TypeDoc::List(items) => Type::List(Box::new(self.resolve_type(items, summary)?)),
            TypeDoc::Map(items) => Type::Map(Box::new(self.resolve_type(items, summary)?)),
        })
    }

    /// What was made of a declaration before, because something else is of its type.
    fn earlier(&self, name: &Spanned<String>) -> Option<&Type> {
        let is_this = self.declared.get(&name.is).is_some_and(|declaration| declaration.span == name.span);
        self.resolved.get(&name.is).and_then(Option::as_ref).filter(|_| is_this)
    }

    fn enumeration(&mut self, name: &Spanned<String>, docs: &[ValueDoc], summary: &str) -> Option<EnumId> {
        if let Some(Type::Enum(id)) = self.earlier(name) {
            return Some(*id);
        }
        let type_name = self.type_name(name, Some(name.is.clone()));
        let mut values: Vec<EnumValue> = Vec::new();
        let mut names = HashMap::new();
        let mut wires = HashSet::new();
        if docs.len() > limits::LISTED {
            let most = limits::LISTED;
            let large = Diagnostic::new(Code::TooLarge, format!("more than {most} values in an enumeration"));
            self.report(large.at(name.span, "").help("let it be `type: string`"));
        }
        for doc in docs.iter().take(limits::LISTED) {
            if !wires.insert(&doc.wire.is) {
                continue; // reported as a value that stands twice
            }
            let spot = doc.rust.as_ref().unwrap_or(&doc.wire);
            let Some(ident) = variant(doc) else {
                self.report(
                    Diagnostic::new(Code::NamelessValue, format!("`{}` gives no name of a variant", spot.is))
                        .at(spot.span, "")
                        .help("name it: `\"value\": { rust: Name, summary: .. }`, with letters and digits and not `Unlisted`"),
                );
                continue;
            };
            if let Some(first) = names.get(&ident) {
                self.report(same_name("value", &ident, spot, *first));
                continue;
            }
            names.insert(ident.clone(), spot.span);
            values.push(EnumValue { wire: doc.wire.is.clone(), ident, summary: doc.summary.clone() });
        }
        if docs.is_empty() {
            let empty = Diagnostic::new(Code::EmptyEnumeration, "the enumeration lists no value");
            self.report(empty.at(name.span, "").help("list its values, or make it `type: string`"));
        }
        let id = type_name.map(|name| {
            self.model.enums.push(Enum { name, owner: self.owner, summary: summary.to_owned(), values });
            EnumId(self.model.enums.len() - 1)
        });
        self.resolved.insert(name.is.clone(), id.map(Type::Enum));
        id
    }

    fn part(&mut self, name: &Spanned<String>, docs: &Map<FieldDoc>, summary: &str) -> Option<ObjectId> {
        if let Some(Type::Object(id)) = self.earlier(name) {
            return Some(*id);
        }
        let type_name = self.type_name(name, Some(name.is.clone()));
        let role = if self.in_answers { Role::Answer } else { Role::Part };
        // Its place is known before its fields are: one of them may be of this type again.
        let id = type_name.map(|name| self.reserve_object(name, role, summary));
        self.resolved.insert(name.is.clone(), id.map(Type::Object));
        self.resolving.push(name.is.clone());
        let fields = docs.iter().filter_map(|(name, doc)| Some((self.part_field(name, doc)?, name.span))).collect();
        self.resolving.pop();
        self.complete_object(id?, fields);
        id
    }

    /// Adds an object.
    pub(super) fn push_object(&mut self, name: String, role: Role, summary: &str, fields: Vec<Placed>) -> ObjectId {
        let id = self.reserve_object(name, role, summary);
        self.complete_object(id, fields);
        id
    }

    /// Adds an object that has no fields yet.
    pub(super) fn reserve_object(&mut self, name: String, role: Role, summary: &str) -> ObjectId {
        let (owner, summary, fields, rules) = (self.owner, summary.to_owned(), Vec::new(), Vec::new());
        self.model.objects.push(Object { name, owner, role, summary, fields, rules, at_least: None });
        ObjectId(self.model.objects.len() - 1)
    }

    /// Gives an object its fields, which must differ, on the wire and in Rust.
    pub(super) fn complete_object(&mut self, id: ObjectId, fields: Vec<Placed>) {
        self.check_distinct(&fields);
        if self.model[id].role != Role::Answer {
            self.check_required_fields(&fields);
        }
        for (field, span) in &fields {
            if let Type::Object(inner) = field.ty {
                self.inlined.push((id, inner, *span));
            }
        }
        self.model.objects[id.0].fields = fields.into_iter().map(|(field, _)| field).collect();
    }

    fn check_distinct(&mut self, fields: &[Placed]) {
        let (mut idents, mut wires) = (HashMap::new(), HashMap::new());
        for (field, span) in fields {
            if let Some(first) = idents.get(&field.ident) {
                self.report(same_name("field", &field.ident, &Spanned::new(field.name.clone(), *span), *first));
            } else if let Some(first) = wires.get(&field.name) {
                self.report(
                    Diagnostic::new(Code::DuplicateField, format!("the request carries `{}` twice", field.name))
                        .at(*span, "here again")
                        .with(*first, "first here")
                        .help("remove one of them; one request cannot hold two fields of one name"),
                );
            }
            idents.entry(&field.ident).or_insert(*span);
            wires.entry(&field.name).or_insert(*span);
        }
    }

    /// The builder names every required field in every setter of one.
    fn check_required_fields(&mut self, fields: &[Placed]) {
        let mut required = fields.iter().filter(|(field, _)| matches!(field.presence, Presence::Required(_)));
        if let Some((_, span)) = required.nth(limits::REQUIRED) {
            let most = limits::REQUIRED;
            self.report(
                Diagnostic::new(Code::TooManyRequired, format!("more than {most} required fields in one object"))
                    .at(*span, "this is one too many")
                    .help("let it be optional, or group fields into objects"),
            );
        }
    }
}
