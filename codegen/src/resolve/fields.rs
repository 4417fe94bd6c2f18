//! Fields: their types, their limits, and whether they are there.

use super::scope::Scope;
use super::types::Placed;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Authorship, ConstraintsDoc, EntryDoc, Fact, FieldDoc, Map, Spanned, Use};
use crate::model::{Comparison, Constraint, Constraints, Delimiter, Field, Location, Presence, Role, Type, ValueKind};
use crate::names;

/// What takes fields, and which uses of a field it has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Taker {
    Request(Location),
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
            if !doc.compare.is_empty() {
                self.refuse("compare", name, "write the field out in the `query` of the list");
            }
            match self.field(name, doc) {
                Some(field) => self.known.push(&name.is, field),
                None => self.diagnostics.mark_broken(self.doc.file, &name.is),
            }
        }
    }

    pub(super) fn field(&mut self, name: &Spanned<String>, doc: &FieldDoc) -> Option<Field> {
        let ty = self.resolve_type(&doc.ty, &doc.summary);
        let ident = self.field_ident(name, doc.rust.as_ref());
        let contradictions = self.contradictions(&doc.contradictions);
        let source = self.source(&doc.by, None);
        let ty = ty?;
        self.check_flatten(name, doc, &ty);
        self.refuse_file_in_map(name, &ty);
        self.check_also(doc, &ty);
        let mut constraints = self.constraints(&doc.constraints, &doc.by, &ty, doc);
        constraints.delimiter = self.delimiter(doc, &ty);
        if matches!(item_of(&ty), Type::Enum(_)) {
            constraints.values = Some(self.authority(&Authorship::default(), Some(&doc.by)));
        }
        Some(Field {
            name: name.is.clone(),
            ident: ident?,
            location: Location::Body,
            ty,
            summary: doc.summary.clone(),
            presence: if doc.answers_only { Presence::AnswerOnly } else { Presence::Optional },
            constraints,
            also: doc.also.as_ref().map(|also| also.is),
            example: doc.example.as_ref().map(|example| example.is.clone()),
            filters: doc.filters.as_ref().filter(|name| self.has_field(name)).map(|name| name.is.clone()),
            compares: Comparison::Is,
            flatten: doc.flatten.is_some(),
            sensitive: doc.sensitive,
            deprecated: doc.deprecated.clone(),
            given_by_server: doc.given_by_server,
            source,
            contradictions,
        })
    }

    /// A field inside an object.
    pub(super) fn part_field(&mut self, name: &Spanned<String>, doc: &FieldDoc) -> Option<Field> {
        if doc.given_by_server {
            self.refuse("given_by", name, "inside an object, what requests never carry is marked `in: answers`");
        }
        if doc.answers_only {
            self.refuse_required(doc, "a field that is `in: answers` is not in requests");
        }
        if doc.flatten.is_some() {
            self.refuse("flatten", name, "it stands at a field of a body");
        }
        if !doc.compare.is_empty() {
            self.refuse("compare", name, "it stands at a field of the `query` of a list");
        }
        if doc.filters.is_some() {
            self.refuse("filters", name, "it stands at a field of the `query` of a list");
        }
        let field = self.nested_field(name, doc)?;
        if !self.in_answers && !doc.answers_only && self.holds_answer(&field.ty) {
            let help = match item_of(&field.ty) {
                Type::Object(_) => "mark the field `in: answers`, or describe the type under `types`",
                _ => "mark the field `in: answers`, or make it `type: string`",
            };
            let message = format!("`{}` has a type that stands in answers only", name.is);
            self.report(Diagnostic::new(Code::AnswerType, message).at(name.span, "").help(help));
        }
        Some(field)
    }

    pub(super) fn refuse_required(&mut self, doc: &FieldDoc, help: &str) {
        if let Some(fact) = &doc.required {
            let misplaced = Diagnostic::new(Code::MisplacedKey, "`required` does not go here");
            self.report(misplaced.at(fact.is.span, "").help(help));
        }
    }

    fn refuse(&mut self, key: &str, name: &Spanned<String>, help: &str) {
        let misplaced = Diagnostic::new(Code::MisplacedKey, format!("`{key}` does not go with `{}`", name.is));
        self.report(misplaced.at(name.span, "").help(help));
    }

    /// A field that says itself whether it is required.
    fn nested_field(&mut self, name: &Spanned<String>, doc: &FieldDoc) -> Option<Field> {
        let mut field = self.field(name, doc)?;
        let required = doc.required.as_ref().filter(|fact| fact.is.is && !doc.answers_only);
        if let Some(fact) = required {
            let by = Authorship { enforce: None, ..doc.by.clone() };
            field.presence = Presence::Required(self.authority(&fact.by, Some(&by)));
        }
        Some(field)
    }

    fn field_ident(&mut self, name: &Spanned<String>, rust: Option<&Spanned<String>>) -> Option<String> {
        let (given, ident) = match rust {
            Some(rust) => (rust, names::snake(&rust.is).filter(|_| names::is_snake(&rust.is))),
            None => (name, names::snake(&name.is)),
        };
        if ident.is_none() {
            self.report(
                Diagnostic::new(Code::MalformedName, format!("`{}` gives no name of a Rust field", given.is))
                    .at(given.span, "")
                    .help(
                        "give the field a name with `rust:`, in small letters, digits and `_`, starting with a letter",
                    ),
            );
        }
        ident
    }

    fn constraints(&mut self, docs: &ConstraintsDoc, by: &Authorship, ty: &Type, field: &FieldDoc) -> Constraints {
        let text = *item_of(ty) == Type::Text;
        let number = matches!(item_of(ty), Type::Integer | Type::Number);
        self.fits("min_length", docs.min_length.as_ref(), text, "a text");
        self.fits("max_length", docs.max_length.as_ref(), text, "a text");
        self.fits("format", docs.format.as_ref(), text, "a text");
        self.fits("min", docs.min.as_ref(), number, "a number");
        self.fits("max", docs.max.as_ref(), number, "a number");
        self.possible("length", docs.min_length.as_ref(), docs.max_length.as_ref());
        self.possible("value", docs.min.as_ref(), docs.max.as_ref());
        let constraints = Constraints {
            min_length: docs.min_length.as_ref().map(|fact| self.limit(fact, by)),
            max_length: docs.max_length.as_ref().map(|fact| self.limit(fact, by)),
            min: docs.min.as_ref().map(|fact| self.limit(fact, by)),
            max: docs.max.as_ref().map(|fact| self.limit(fact, by)),
            format: docs.format.as_ref().map(|fact| self.limit(fact, by)),
            delimiter: None,
            values: None,
        };
        if let Some(example) = &field.example {
            self.check_field_example(example, ty, &constraints);
        }
        constraints
    }

    pub(super) fn limit<T: Copy>(&mut self, fact: &Fact<T>, by: &Authorship) -> Constraint<T> {
        Constraint { is: fact.is.is, authority: self.authority(&fact.by, Some(by)) }
    }

    fn fits<T>(&mut self, key: &str, fact: Option<&Fact<T>>, fits: bool, needs: &str) {
        if let Some(fact) = fact.filter(|_| !fits) {
            self.report(
                Diagnostic::new(Code::LimitOfAnotherType, format!("`{key}` does not go with this type"))
                    .at(fact.is.span, format!("`{key}` limits {needs}"))
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
                    .at(max.is.span, "the upper limit")
                    .with(min.is.span, "is less than the lower one")
                    .help("correct one of them"),
            );
        }
    }

    /// How a list of plain values becomes one text.
    fn delimiter(&mut self, doc: &FieldDoc, ty: &Type) -> Option<Delimiter> {
        let delimiter = doc.delimiter.as_ref()?;
        let fits = match ty {
            Type::List(items) => is_scalar(items),
            Type::Map(items) => is_scalar(items) && !delimiter.is.contains('='),
            _ => false,
        };
        // A letter or a digit would stand in many an item.
        let separates = !delimiter.is.contains(char::is_alphanumeric);
        if !separates {
            self.report(
                Diagnostic::new(Code::MisplacedKey, format!("`{}` cannot separate items", delimiter.is))
                    .at(delimiter.span, "")
                    .help("write the mark that stands between two items, such as `\",\"`"),
            );
        }
        if !fits {
            self.report(
                Diagnostic::new(Code::MisplacedKey, "`delimiter` does not go with this type")
                    .at(delimiter.span, "joins the items of a list")
                    .help("it goes with a list, or a map, of texts, numbers, truth values or listed values"),
            );
        }
        let authority = self.authority(&Authorship::default(), Some(&doc.by));
        Some(Delimiter { text: delimiter.is.clone(), authority })
    }

    /// A second kind is another one than the first.
    fn check_also(&mut self, doc: &FieldDoc, ty: &Type) {
        let Some(also) = &doc.also else { return };
        let same = match ty {
            Type::Text | Type::Timestamp | Type::Decimal | Type::Enum(_) => also.is == ValueKind::Text,
            Type::Integer | Type::Number => also.is == ValueKind::Number,
            Type::Boolean => also.is == ValueKind::Boolean,
            Type::List(_) => also.is == ValueKind::List,
            Type::Object(_) | Type::Map(_) => also.is == ValueKind::Object,
            Type::Any | Type::File => true,
        };
        if same {
            self.report(
                Diagnostic::new(Code::MisplacedKey, "`also` does not go with this type")
                    .at(also.span, "is no other kind")
                    .help("remove it"),
            );
        }
    }

    fn check_flatten(&mut self, name: &Spanned<String>, doc: &FieldDoc, ty: &Type) {
        if doc.flatten.is_some() && (!matches!(ty, Type::Map(_)) || doc.delimiter.is_some()) {
            self.refuse("flatten", name, "only the entries of a map can stand beside the other fields");
        }
    }

    /// The fields that a body, a query or an answer takes.
    pub(super) fn entries(&mut self, docs: &Map<EntryDoc>, taker: Taker) -> Vec<Placed> {
        let mut fields = Vec::new();
        for (name, doc) in docs {
            let Some(field) = self.entry(name, doc, taker) else { continue };
            let compare: &[Spanned<Comparison>] = if let EntryDoc::Own(doc) = doc { &doc.compare } else { &[] };
            if compare.is_empty() {
                fields.push((field, name.span));
            } else if !matches!(field.ty, Type::Text | Type::Integer | Type::Number) {
                self.refuse("compare", name, "texts and numbers can be compared");
            } else if taker == Taker::Request(Location::Query) {
                fields.extend(compare.iter().map(|comparison| (compared(&field, comparison.is), comparison.span)));
            } else {
                self.refuse("compare", name, "it stands at a field of the `query` of a list");
            }
        }
        fields
    }

    fn entry(&mut self, name: &Spanned<String>, doc: &EntryDoc, taker: Taker) -> Option<Field> {
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
        if field.flatten && taker != Taker::Request(Location::Body) {
            self.refuse("flatten", name, "it stands at a field of a body");
            return None;
        }
        if let Taker::Request(span) = taker {
            field.location = span;
            self.check_sendable(name, &field);
        } else {
            self.refuse_file(name, &field.ty);
        }
        Some(field)
    }

    fn own_field(&mut self, name: &Spanned<String>, doc: &FieldDoc, taker: Taker) -> Option<Field> {
        if doc.filters.is_some() && taker != Taker::Request(Location::Query) {
            self.refuse("filters", name, "it stands at a field of the `query` of a list");
        }
        if taker == Taker::Answer {
            self.refuse_required(doc, "in an answer: put the field into `fields` and write `always` here");
        }
        self.nested_field(name, doc)
    }

    fn presence(&mut self, is: &Spanned<Use>, by: &Authorship, taker: Taker) -> Option<Presence> {
        let (word, other) = match (is.is, taker) {
            (Use::Optional, _) => return Some(Presence::Optional),
            (Use::Required, Taker::Request(_)) => return Some(Presence::Required(self.authority(by, None))),
            (Use::Always, Taker::Answer) => return Some(Presence::Always(self.source(by, None))),
            (Use::Required, Taker::Answer) => ("required", "an answer gives a field `always` or `optional`"),
            (Use::Always, Taker::Request(_)) => ("always", "a request takes a field `required` or `optional`"),
        };
        self.report(Diagnostic::new(Code::AnswerUse, format!("`{word}` does not go here")).at(is.span, "").help(other));
        None
    }

    /// A request carries what its place can carry, and nothing that the server gives.
    pub(super) fn check_sendable(&mut self, name: &Spanned<String>, field: &Field) {
        let (code, message, help) = if field.given_by_server || field.presence == Presence::AnswerOnly {
            let help = "remove it here, or remove `given_by` or `in` from the field";
            (Code::ServerField, "is given by the server and cannot be sent", help)
        } else if self.holds_answer(&field.ty) {
            let is_object = matches!(item_of(&field.ty), Type::Object(_));
            let help = if is_object { "describe the type under `types`" } else { "in a request it is `type: string`" };
            (Code::AnswerType, "has a type that stands in answers only", help)
        } else if !fits_place(field) {
            let help = "only texts, numbers, truth values and enumerations do; in a query also a list with `delimiter`";
            (Code::NotInPath, "does not fit into a path or a query", help)
        } else {
            return;
        };
        self.report(Diagnostic::new(code, format!("`{}` {message}", name.is)).at(name.span, "").help(help));
    }
}

impl Scope<'_> {
    /// Whether values of the type, or the items of its lists, stand in answers only.
    fn holds_answer(&self, ty: &Type) -> bool {
        match item_of(ty) {
            Type::Timestamp | Type::Decimal => true,
            Type::Object(id) => self.model[*id].role == Role::Answer,
            _ => false,
        }
    }
}

/// The type of what lists and maps hold in the end.
fn item_of(ty: &Type) -> &Type {
    match ty {
        Type::List(items) | Type::Map(items) => item_of(items),
        ty => ty,
    }
}

/// The field of a query that asks for such a comparison.
fn compared(field: &Field, compares: Comparison) -> Field {
    let (suffix, sentence) = match compares {
        Comparison::Is => ("", "Only what has this value."),
        Comparison::Greater => ("gt", "Only what is greater, or later, than this."),
        Comparison::GreaterOrEqual => ("gte", "Only what is this, or greater, or later."),
        Comparison::Less => ("lt", "Only what is less, or earlier, than this."),
        Comparison::LessOrEqual => ("lte", "Only what is this, or less, or earlier."),
    };
    let with = |name: &str, between: &str| {
        if suffix.is_empty() { name.to_owned() } else { format!("{name}{between}{suffix}") }
    };
    let (name, ident) = (with(&field.name, "__"), with(field.ident.trim_end_matches('_'), "_"));
    let ident = if suffix.is_empty() { field.ident.clone() } else { ident };
    let filters = Some(field.filters.clone().unwrap_or_else(|| field.name.clone()));
    Field { name, ident, summary: format!("{} {sentence}", field.summary), filters, compares, ..field.clone() }
}

fn fits_place(field: &Field) -> bool {
    match field.location {
        Location::Body => true,
        Location::Query => is_scalar(&field.ty) || field.constraints.delimiter.is_some(),
        Location::Path => is_scalar(&field.ty),
    }
}

fn is_scalar(ty: &Type) -> bool {
    matches!(ty, Type::Text | Type::Integer | Type::Number | Type::Boolean | Type::Enum(_))
}
