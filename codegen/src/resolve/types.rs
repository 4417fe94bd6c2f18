//! Types: enumerations and parts get their names and their place in the model.

use super::scope::{Scope, same_name};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::{FieldDoc, Map, Spot, TypeDoc, ValueDoc};
use crate::model::{Enum, EnumId, EnumValue, Field, Object, ObjectId, Role, Type};
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
pub(super) type Placed = (Field, Place);

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
    fn earlier(&self, name: &Spot<String>) -> Option<&Type> {
        let is_first = self.declared.iter().find(|declaration| declaration.name.is == name.is);
        let is_this = is_first.is_some_and(|declaration| declaration.name.place == name.place);
        self.resolved.get(&name.is).and_then(Option::as_ref).filter(|_| is_this)
    }

    fn enumeration(&mut self, name: &Spot<String>, docs: &[ValueDoc], summary: &str) -> Option<EnumId> {
        if let Some(Type::Enum(id)) = self.earlier(name) {
            return Some(*id);
        }
        let type_name = self.type_name(name, Some(name.is.clone()));
        let mut values: Vec<EnumValue> = Vec::new();
        let mut names = Vec::new();
        for (index, doc) in docs.iter().enumerate() {
            if docs[..index].iter().any(|first| first.wire.is == doc.wire.is) {
                continue; // reported as a value that stands twice
            }
            let spot = doc.rust.as_ref().unwrap_or(&doc.wire);
            let Some(ident) = variant(doc) else {
                self.report(
                    Diagnostic::new(Code::NamelessValue, format!("`{}` gives no name of a variant", spot.is))
                        .at(spot.place, "")
                        .help("name it: `\"value\": { rust: Name, summary: .. }`, with letters and digits and not `Unlisted`"),
                );
                continue;
            };
            if let Some((_, first)) = names.iter().find(|(name, _)| *name == ident) {
                self.report(same_name("value", &ident, spot, *first));
                continue;
            }
            names.push((ident.clone(), spot.place));
            values.push(EnumValue { wire: doc.wire.is.clone(), ident, summary: doc.summary.clone() });
        }
        if docs.is_empty() {
            let empty = Diagnostic::new(Code::EmptyEnumeration, "the enumeration lists no value");
            self.report(empty.at(name.place, "").help("list its values, or make it `type: string`"));
        }
        let id = type_name.map(|name| {
            self.model.enums.push(Enum { name, owner: self.owner, summary: summary.to_owned(), values });
            EnumId(self.model.enums.len() - 1)
        });
        self.resolved.insert(name.is.clone(), id.map(Type::Enum));
        id
    }

    fn part(&mut self, name: &Spot<String>, docs: &Map<FieldDoc>, summary: &str) -> Option<ObjectId> {
        if let Some(Type::Object(id)) = self.earlier(name) {
            return Some(*id);
        }
        let type_name = self.type_name(name, Some(name.is.clone()));
        let role = if self.in_answers { Role::Answer } else { Role::Part };
        // Its place is known before its fields are: one of them may be of this type again.
        let id = type_name.map(|name| self.reserve_object(name, role, summary));
        self.resolved.insert(name.is.clone(), id.map(Type::Object));
        let fields = docs.iter().filter_map(|(name, doc)| Some((self.part_field(name, doc)?, name.place))).collect();
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
        for (index, (field, place)) in fields.iter().enumerate() {
            let spot = Spot::new(field.name.clone(), *place);
            let earlier = &fields[..index];
            if let Some((_, first)) = earlier.iter().find(|(first, _)| first.ident == field.ident) {
                self.report(same_name("field", &field.ident, &spot, *first));
            } else if let Some((_, first)) = earlier.iter().find(|(first, _)| first.name == field.name) {
                self.report(
                    Diagnostic::new(Code::DuplicateField, format!("the request carries `{}` twice", field.name))
                        .at(*place, "here again")
                        .with(*first, "first here")
                        .help("remove one of them; one request cannot hold two fields of one name"),
                );
            }
        }
        for (field, place) in &fields {
            if let Type::Object(inner) = field.ty {
                self.inlined.push((id, inner, *place));
            }
        }
        self.model.objects[id.0].fields = fields.into_iter().map(|(field, _)| field).collect();
    }

    /// A struct cannot hold itself; a list or a map of itself it can.
    pub(super) fn check_recursion(&mut self) {
        let mut reported: Vec<ObjectId> = Vec::new();
        for (outer, inner, place) in self.inlined.clone() {
            let reached = self.reach(inner);
            if !reached.contains(&outer) || reported.contains(&outer) {
                continue;
            }
            reported.extend(reached);
            let name = &self.model[outer].name;
            let recursive = Diagnostic::new(Code::RecursiveType, format!("`{name}` holds itself"));
            self.diagnostics.push(
                recursive
                    .at(place, "a value of it would have no end")
                    .help("make this a list or a map, which can be empty; or describe the inner value as `type: any`"),
            );
        }
    }

    /// Every object that one holds directly, and what these hold.
    fn reach(&self, from: ObjectId) -> Vec<ObjectId> {
        let mut reached = vec![from];
        let mut next = 0;
        while let Some(at) = reached.get(next).copied() {
            let inner = self.inlined.iter().filter(|(outer, ..)| *outer == at).map(|(_, inner, _)| *inner);
            let new: Vec<_> = inner.filter(|inner| !reached.contains(inner)).collect();
            reached.extend(new);
            next += 1;
        }
        reached
    }
}
