//! The fields that a body, a query or an answer takes: fields of the file, or fields of its own.

use super::context::Cx;
use super::copy_budget::Fields;
use super::fields::nested_field;
use super::misplaced::{answer_type_in_request, reject_filter, reject_flatten, reject_key, reject_required};
use super::objects::FieldAt;
use super::queries::{holds_answer, holds_file, is_scalar, item_of};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Authorship, EntryDoc, FieldDoc, Map, Spanned, Use};
use crate::model::{Comparison, Field, Location, Model, Presence, Role, Type};

/// The construct that takes a field. It decides which uses of a field are possible.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Taker {
    Request(Location),
    Answer,
}

impl Taker {
    /// The role of the types that are declared in it.
    fn role(self) -> Role {
        match self {
            Self::Request(_) => Role::Part,
            Self::Answer => Role::Answer,
        }
    }
}

pub(super) fn entries(cx: &mut Cx<'_, '_>, fields: &mut Fields, docs: &Map<EntryDoc>, taker: Taker) -> Vec<FieldAt> {
    let mut taken = Vec::new();
    for (name, doc) in docs {
        let Some(field) = entry(cx, fields, name, doc, taker) else { continue };
        let compare: &[Spanned<Comparison>] = if let EntryDoc::Own(doc) = doc { &doc.compare } else { &[] };
        if compare.is_empty() {
            taken.push((field, name.span));
        } else if !matches!(field.ty, Type::Text | Type::Integer | Type::Number) {
            let label = "only a `string`, an `integer` or a `number` can be compared";
            reject_key("compare", name, label, "remove `compare`", cx.diagnostics);
        } else if taker == Taker::Request(Location::Query) {
            taken.extend(compare.iter().map(|comparison| (compared(&field, comparison.is), comparison.span)));
        } else {
            reject_filter("compare", name, cx.diagnostics);
        }
    }
    taken
}

fn entry(
    cx: &mut Cx<'_, '_>,
    fields: &mut Fields,
    name: &Spanned<String>,
    doc: &EntryDoc,
    taker: Taker,
) -> Option<Field> {
    let mut field = match doc {
        EntryDoc::Own(doc) => own_field(cx, name, doc, taker)?,
        EntryDoc::Named { is, by, summary, contradictions } => {
            let mut field = fields.copy_named(cx.known, name, cx.diagnostics)?;
            field.presence = presence(cx, is, by, taker)?;
            field.contradictions.extend(cx.known.contradictions(contradictions, cx.diagnostics));
            if let Some(summary) = summary {
                field.summary.clone_from(summary);
            }
            if by.source.is_some() {
                field.source = cx.known.source(by, None, cx.diagnostics);
            }
            field
        }
    };
    if field.flatten && taker != Taker::Request(Location::Body) {
        reject_flatten(name, cx.diagnostics);
        return None;
    }
    if let Taker::Request(location) = taker {
        field.location = location;
        check_sendable(cx.model, name, &field, cx.diagnostics);
    } else {
        reject_file(cx.model, name, &field.ty, cx.diagnostics);
    }
    Some(field)
}

fn own_field(cx: &mut Cx<'_, '_>, name: &Spanned<String>, doc: &FieldDoc, taker: Taker) -> Option<Field> {
    if doc.filters.is_some() && taker != Taker::Request(Location::Query) {
        reject_filter("filters", name, cx.diagnostics);
    }
    if taker == Taker::Answer {
        let help = "describe the field under `fields`, and write `always` beside its name here";
        reject_required(doc, help, cx.diagnostics);
    }
    nested_field(cx, taker.role(), name, doc)
}

fn presence(cx: &mut Cx<'_, '_>, is: &Spanned<Use>, by: &Authorship, taker: Taker) -> Option<Presence> {
    let (word, place, instead) = match (is.is, taker) {
        (Use::Optional, _) => return Some(Presence::Optional),
        (Use::Required, Taker::Request(_)) => {
            return Some(Presence::Required(cx.known.authority(by, None, cx.diagnostics)));
        }
        (Use::Always, Taker::Answer) => return Some(Presence::Always(cx.known.source(by, None, cx.diagnostics))),
        (Use::Required, Taker::Answer) => ("required", "an answer", "`always` or `optional`"),
        (Use::Always, Taker::Request(_)) => ("always", "a request", "`required` or `optional`"),
    };
    cx.diagnostics.push(
        Diagnostic::new(Code::AnswerUse, format!("`{word}` is not allowed in {place}"))
            .at(is.span, format!("expected {instead}"))
            .help(format!("write {instead}")),
    );
    None
}

/// Checks that a request can carry a field: it fits its location, and the server does not set it.
pub(super) fn check_sendable(model: &Model, name: &Spanned<String>, field: &Field, diagnostics: &mut Diagnostics) {
    if field.given_by_server || field.presence == Presence::AnswerOnly {
        let key = if field.given_by_server { "given_by: server" } else { "in: answers" };
        let (span, name) = (name.span, &name.is);
        diagnostics.push(
            Diagnostic::new(Code::ServerField, format!("a request cannot send `{name}`"))
                .at(span, format!("the field has `{key}`"))
                .help(format!(
                    "remove `{name}` from the request; if callers do send it, remove `{key}` from the field"
                )),
        );
    } else if holds_answer(model, &field.ty) {
        let is_object = matches!(item_of(&field.ty), Type::Object(_));
        let help = if is_object { "declare the type under `types`" } else { "in a request, write `type: string`" };
        diagnostics.push(answer_type_in_request(name, help));
    } else if !can_travel(field) {
        let (place, also) = match field.location {
            Location::Path => ("the path", ""),
            Location::Query | Location::Body => ("a query", ", or a list or a map of these with `delimiter`"),
        };
        diagnostics.push(
            Diagnostic::new(Code::NotInPath, format!("`{}` cannot be sent in {place}", name.is))
                .at(name.span, "its type does not fit into a URL")
                .help(format!("use `string`, `integer`, `number`, `boolean` or `enum`{also}")),
        );
    }
}

/// Whether the location of a field can carry its value.
fn can_travel(field: &Field) -> bool {
    match field.location {
        Location::Body => true,
        Location::Query => is_scalar(&field.ty) || field.constraints.delimiter.is_some(),
        Location::Path => is_scalar(&field.ty),
    }
}

/// Answers contain the URLs of files, and not the files.
fn reject_file(model: &Model, name: &Spanned<String>, ty: &Type, diagnostics: &mut Diagnostics) {
    if holds_file(model, ty) {
        diagnostics.push(
            Diagnostic::new(Code::FileOutside, "an answer cannot contain a file")
                .at(name.span, "contains a file")
                .help("describe what the answer has instead, such as a URL with `type: string`"),
        );
    }
}

/// The field of a query for one comparison. Its name is that of the field with a suffix.
fn compared(field: &Field, compares: Comparison) -> Field {
    let (suffix, sentence) = match compares {
        Comparison::Is => ("", "Matches exactly this value."),
        Comparison::Greater => ("gt", "Matches values greater (or later) than this."),
        Comparison::GreaterOrEqual => ("gte", "Matches this value and greater (or later) ones."),
        Comparison::Less => ("lt", "Matches values smaller (or earlier) than this."),
        Comparison::LessOrEqual => ("lte", "Matches this value and smaller (or earlier) ones."),
    };
    let with = |name: &str, between: &str| {
        if suffix.is_empty() { name.to_owned() } else { format!("{name}{between}{suffix}") }
    };
    let (name, ident) = (with(&field.name, "__"), with(field.ident.trim_end_matches('_'), "_"));
    let ident = if suffix.is_empty() { field.ident.clone() } else { ident };
    let filters = Some(field.filters.clone().unwrap_or_else(|| field.name.clone()));
    Field { name, ident, summary: format!("{} {sentence}", field.summary), filters, compares, ..field.clone() }
}
