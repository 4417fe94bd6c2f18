//! Fields: their types, their limits, and whether they are there.

use super::scope::Scope;
use super::types::Placed;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Authorship, ChecksDoc, EntryDoc, Fact, FieldDoc, Map, Spot, Use};
use crate::model::{Checks, Field, Limit, Place, Presence, Type};
use crate::names;

/// What takes fields, and which uses of a field it has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Taker {
    Request(Place),
    Answer,
}

impl Scope<'_> {
    /// Resolves the file's `fields`.
    pub(super) fn fields(&mut self) {
        for (name, doc) in &self.doc.fields {
            self.refuse_required(doc, "say `required` in the body or query of the operation that requires it");
            if doc.answers_only {
                self.refuse("in", name, "a field of the file is in answers where an answer takes it");
            }
            match self.field(name, doc) {
                Some(field) => self.known.push(&name.is, field),
                None => self.diagnostics.mark_broken(self.doc.file, &name.is),
            }
        }
    }

    pub(super) fn field(&mut self, name: &Spot<String>, doc: &FieldDoc) -> Option<Field> {
        let ty = self.resolve_type(&doc.ty, &doc.summary);
        let ident = self.field_ident(name, doc.rust.as_ref());
        let contradictions = self.contradictions(&doc.contradictions);
        let source = self.source(&doc.by, None);
        let ty = ty?;
        let mut checks = self.checks(&doc.checks, &doc.by, &ty, doc);
        if holds_enum(&ty) {
            checks.values = Some(self.authority(&Authorship::default(), Some(&doc.by)));
        }
        Some(Field {
            name: name.is.clone(),
            ident: ident?,
            place: Place::Body,
            ty,
            summary: doc.summary.clone(),
            presence: if doc.answers_only { Presence::AnswerOnly } else { Presence::Optional },
            checks,
            also: doc.also,
            example: doc.example.as_ref().map(|example| example.is.clone()),
            filters: doc.filters.as_ref().filter(|name| self.has_field(name)).map(|name| name.is.clone()),
            sensitive: doc.sensitive,
            deprecated: doc.deprecated.clone(),
            given_by_server: doc.given_by_server,
            source,
            contradictions,
        })
    }

    /// A field inside an object.
    pub(super) fn part_field(&mut self, name: &Spot<String>, doc: &FieldDoc) -> Option<Field> {
        if doc.given_by_server {
            self.refuse("given_by", name, "inside an object, what requests never carry is marked `in: answers`");
        }
        if doc.answers_only {
            self.refuse_required(doc, "a field that is `in: answers` is not in requests");
        }
        self.nested_field(name, doc)
    }

    pub(super) fn refuse_required(&mut self, doc: &FieldDoc, help: &str) {
        if let Some(fact) = &doc.required {
            let misplaced = Diagnostic::new(Code::MisplacedKey, "`required` does not go here");
            self.report(misplaced.at(fact.is.place, "").help(help));
        }
    }

    fn refuse(&mut self, key: &str, name: &Spot<String>, help: &str) {
        let misplaced = Diagnostic::new(Code::MisplacedKey, format!("`{key}` does not go with `{}`", name.is));
        self.report(misplaced.at(name.place, "").help(help));
    }

    /// A field that says itself whether it is required.
    fn nested_field(&mut self, name: &Spot<String>, doc: &FieldDoc) -> Option<Field> {
        let mut field = self.field(name, doc)?;
        let required = doc.required.as_ref().filter(|fact| fact.is.is && !doc.answers_only);
        if let Some(fact) = required {
            let by = Authorship { enforce: None, ..doc.by.clone() };
            field.presence = Presence::Required(self.authority(&fact.by, Some(&by)));
        }
        Some(field)
    }

    fn field_ident(&mut self, name: &Spot<String>, rust: Option<&Spot<String>>) -> Option<String> {
        let (given, ident) = match rust {
            Some(rust) => (rust, names::snake(&rust.is).filter(|_| names::is_snake(&rust.is))),
            None => (name, names::snake(&name.is)),
        };
        if ident.is_none() {
            self.report(
                Diagnostic::new(Code::MalformedName, format!("`{}` gives no name of a Rust field", given.is))
                    .at(given.place, "")
                    .help(
                        "give the field a name with `rust:`, in small letters, digits and `_`, starting with a letter",
                    ),
            );
        }
        ident
    }

    fn checks(&mut self, docs: &ChecksDoc, by: &Authorship, ty: &Type, field: &FieldDoc) -> Checks {
        let text = matches!(ty, Type::Text);
        let number = matches!(ty, Type::Integer | Type::Number);
        self.fits("min_length", docs.min_length.as_ref(), text, "a text");
        self.fits("max_length", docs.max_length.as_ref(), text, "a text");
        self.fits("format", docs.format.as_ref(), text, "a text");
        self.fits("min", docs.min.as_ref(), number, "a number");
        self.fits("max", docs.max.as_ref(), number, "a number");
        self.possible("length", docs.min_length.as_ref(), docs.max_length.as_ref());
        self.possible("value", docs.min.as_ref(), docs.max.as_ref());
        let checks = Checks {
            min_length: docs.min_length.as_ref().map(|fact| self.limit(fact, by)),
            max_length: docs.max_length.as_ref().map(|fact| self.limit(fact, by)),
            min: docs.min.as_ref().map(|fact| self.limit(fact, by)),
            max: docs.max.as_ref().map(|fact| self.limit(fact, by)),
            format: docs.format.as_ref().map(|fact| self.limit(fact, by)),
            values: None,
        };
        if let Some(example) = &field.example {
            self.check_field_example(example, ty, &checks);
        }
        checks
    }

    pub(super) fn limit<T: Copy>(&mut self, fact: &Fact<T>, by: &Authorship) -> Limit<T> {
        Limit { is: fact.is.is, authority: self.authority(&fact.by, Some(by)) }
    }

    fn fits<T>(&mut self, key: &str, fact: Option<&Fact<T>>, fits: bool, needs: &str) {
        if let Some(fact) = fact.filter(|_| !fits) {
            self.report(
                Diagnostic::new(Code::LimitOfAnotherType, format!("`{key}` does not go with this type"))
                    .at(fact.is.place, format!("`{key}` limits {needs}"))
                    .help("remove it, or correct the type"),
            );
        }
    }

    fn possible<T: PartialOrd + Copy>(&mut self, what: &str, min: Option<&Fact<T>>, max: Option<&Fact<T>>) {
        if let (Some(min), Some(max)) = (min, max)
            && min.is.is > max.is.is
        {
            self.report(
                Diagnostic::new(Code::ImpossibleLimit, format!("no {what} can meet both limits"))
                    .at(max.is.place, "the upper limit")
                    .with(min.is.place, "is less than the lower one")
                    .help("correct one of them"),
            );
        }
    }

    /// The fields that a body, a query or an answer takes.
    pub(super) fn entries(&mut self, docs: &Map<EntryDoc>, taker: Taker) -> Vec<Placed> {
        docs.iter().filter_map(|(name, doc)| Some((self.entry(name, doc, taker)?, name.place))).collect()
    }

    fn entry(&mut self, name: &Spot<String>, doc: &EntryDoc, taker: Taker) -> Option<Field> {
        let mut field = match doc {
            EntryDoc::Own(doc) => self.own_field(name, doc, taker)?,
            EntryDoc::Named { is, by, summary, contradictions } => {
                let mut field = self.field_named(name)?;
                field.presence = self.presence(is, by, taker)?;
                field.contradictions.extend(self.contradictions(contradictions));
                if let Some(summary) = summary {
                    field.summary.clone_from(summary);
                }
                if by.source.is_some() {
                    field.source = self.source(by, None);
                }
                field
            }
        };
        if let Taker::Request(place) = taker {
            field.place = place;
            self.check_sendable(name, &field);
        }
        Some(field)
    }

    fn own_field(&mut self, name: &Spot<String>, doc: &FieldDoc, taker: Taker) -> Option<Field> {
        if taker == Taker::Answer {
            self.refuse_required(doc, "in an answer: put the field into `fields` and write `always` here");
        }
        self.nested_field(name, doc)
    }

    fn presence(&mut self, is: &Spot<Use>, by: &Authorship, taker: Taker) -> Option<Presence> {
        let (word, other) = match (is.is, taker) {
            (Use::Optional, _) => return Some(Presence::Optional),
            (Use::Required, Taker::Request(_)) => return Some(Presence::Required(self.authority(by, None))),
            (Use::Always, Taker::Answer) => return Some(Presence::Always(self.source(by, None))),
            (Use::Required, Taker::Answer) => ("required", "an answer gives a field `always` or `optional`"),
            (Use::Always, Taker::Request(_)) => ("always", "a request takes a field `required` or `optional`"),
        };
        self.report(
            Diagnostic::new(Code::AnswerUse, format!("`{word}` does not go here")).at(is.place, "").help(other),
        );
        None
    }

    /// A request carries what its place can carry, and nothing that the server gives.
    pub(super) fn check_sendable(&mut self, name: &Spot<String>, field: &Field) {
        let (code, message, help) = if field.given_by_server || field.presence == Presence::AnswerOnly {
            let help = "remove it here, or remove `given_by` or `in` from the field";
            (Code::ServerField, "is given by the server and cannot be sent", help)
        } else if holds_answer_type(&field.ty) {
            (Code::AnswerType, "has a type that stands in answers only", "in a request it is `type: string`")
        } else if field.place != Place::Body && !is_scalar(&field.ty) {
            let help = "only texts, numbers, truth values and enumerations do";
            (Code::NotInPath, "does not fit into a path or a query", help)
        } else {
            return;
        };
        self.report(Diagnostic::new(code, format!("`{}` {message}", name.is)).at(name.place, "").help(help));
    }
}

/// Whether values of the type, or the items of its lists, are listed ones.
fn holds_enum(ty: &Type) -> bool {
    match ty {
        Type::Enum(_) => true,
        Type::List(items) | Type::Map(items) => holds_enum(items),
        _ => false,
    }
}

fn holds_answer_type(ty: &Type) -> bool {
    match ty {
        Type::Timestamp | Type::Decimal => true,
        Type::List(items) | Type::Map(items) => holds_answer_type(items),
        _ => false,
    }
}

fn is_scalar(ty: &Type) -> bool {
    matches!(ty, Type::Text | Type::Integer | Type::Number | Type::Boolean | Type::Enum(_))
}
