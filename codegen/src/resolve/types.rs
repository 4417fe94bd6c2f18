//! Types: enumerations and parts get their names and their place in the model.

use super::scope::{Scope, same_name};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{FieldDoc, Map, Spot, TypeDoc, ValueDoc};
use crate::model::{Enum, EnumId, EnumValue, Object, ObjectId, Role, Type};
use crate::names;

/// The Rust variant of a value.
fn variant(doc: &ValueDoc) -> Option<String> {
    let ident = match &doc.rust {
        Some(rust) => Some(rust.is.clone()).filter(|ident| names::is_pascal(ident) && ident != "Self"),
        None => names::pascal(&doc.wire.is),
    };
    ident.filter(|ident| ident != "Unlisted")
}

impl Scope<'_> {
    pub(super) fn resolve_type(&mut self, doc: &TypeDoc, summary: &str) -> Option<Type> {
        Some(match doc {
            TypeDoc::Text => Type::Text,
            TypeDoc::Integer => Type::Integer,
            TypeDoc::Number => Type::Number,
            TypeDoc::Boolean => Type::Boolean,
            TypeDoc::Timestamp => Type::Timestamp,
            TypeDoc::Decimal => Type::Decimal,
            TypeDoc::Any => Type::Any,
            TypeDoc::Enum { name, values } => Type::Enum(self.enumeration(name, values, summary)?),
            TypeDoc::Object { name, fields } => Type::Object(self.part(name, fields, summary)?),
            TypeDoc::List(items) => Type::List(Box::new(self.resolve_type(items, summary)?)),
            TypeDoc::Map(items) => Type::Map(Box::new(self.resolve_type(items, summary)?)),
        })
    }

    fn enumeration(&mut self, name: &Spot<String>, docs: &[ValueDoc], summary: &str) -> Option<EnumId> {
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
                    Diagnostic::new(Code::Malformed, format!("`{}` gives no name of a variant", spot.is))
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
            let empty = Diagnostic::new(Code::MissingKey, "the enumeration lists no value");
            self.report(empty.at(name.place, "").help("list its values, or make it `type: string`"));
        }
        self.model.enums.push(Enum { name: type_name?, resource: self.id, summary: summary.to_owned(), values });
        Some(EnumId(self.model.enums.len() - 1))
    }

    fn part(&mut self, name: &Spot<String>, docs: &Map<FieldDoc>, summary: &str) -> Option<ObjectId> {
        let type_name = self.type_name(name, Some(name.is.clone()));
        let fields = docs.iter().filter_map(|(name, doc)| self.nested_field(name, doc)).collect();
        self.push_object(type_name?, Role::Part, summary, fields, docs.iter().map(|(name, _)| name))
    }

    /// Adds an object whose fields must have different Rust names.
    pub(super) fn push_object<'n>(
        &mut self,
        name: String,
        role: Role,
        summary: &str,
        fields: Vec<crate::model::Field>,
        spots: impl Iterator<Item = &'n Spot<String>>,
    ) -> Option<ObjectId> {
        let spots: Vec<_> = spots.collect();
        let spot_of = |wire: &str| spots.iter().find(|spot| spot.is == wire).copied();
        for (index, field) in fields.iter().enumerate() {
            let Some(first) = fields[..index].iter().find(|first| first.ident == field.ident) else { continue };
            if let (Some(spot), Some(first)) = (spot_of(&field.name), spot_of(&first.name)) {
                self.report(same_name("field", &field.ident, spot, first.place));
            }
        }
        let (rules, at_least) = (Vec::new(), None);
        self.model.objects.push(Object {
            name,
            resource: self.id,
            role,
            summary: summary.to_owned(),
            fields,
            rules,
            at_least,
        });
        Some(ObjectId(self.model.objects.len() - 1))
    }
}
