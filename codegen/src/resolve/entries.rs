//! The fields that a body, a query or an answer takes: fields of the file, or fields of its own.

use super::constraints::replace_format;
use super::context::Cx;
use super::copy_budget::Fields;
use super::fields::nested_field;
use super::filters::{compared_fields, make_filter};
use super::misplaced::{answer_type_in_request, reject_filter, reject_flatten, reject_key};
use super::objects::FieldAt;
use super::queries::{holds_answer, holds_file, is_scalar, item_of};
use super::references::has_field;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Authorship, EntryDoc, FieldDoc, Map, NamedEntryDoc, RequiredDoc, Spanned};
use crate::model::{Field, Location, Model, Presence, Role, Type};

/// The construct that takes a field. It decides which uses of a field are possible.
#[derive(Clone, Copy)]
pub(super) enum Taker<'a> {
    Request(Location),
    /// An answer, with the sources of the fields that name none.
    Answer(&'a Authorship),
}

impl Taker<'_> {
    /// The role of the types that are declared in it.
    fn role(self) -> Role {
        match self {
            Self::Request(_) => Role::Part,
            Self::Answer(_) => Role::Answer,
        }
    }

    /// Whether it takes fields as parameters of this location.
    fn is(self, location: Location) -> bool {
        matches!(self, Self::Request(taken) if taken == location)
    }
}

pub(super) fn entries(
    cx: &mut Cx<'_, '_>,
    fields: &mut Fields<'_>,
    docs: &Map<EntryDoc>,
    taker: Taker<'_>,
) -> Vec<FieldAt> {
    let mut taken = Vec::new();
    for (name, doc) in docs {
        let Some(field) = entry(cx, fields, name, doc, taker) else { continue };
        let compare = match doc {
            EntryDoc::Own(doc) => &doc.compare,
            EntryDoc::Named(entry) => &entry.compare,
            EntryDoc::Fixed(_) => continue,
        };
        if compare.is_empty() {
            taken.push((field, name.span));
        } else if taker.is(Location::Query) {
            taken.extend(compared_fields(&field, name, compare, cx.diagnostics));
        } else {
            reject_filter("compare", name, cx.diagnostics);
        }
    }
    taken
}

fn entry(
    cx: &mut Cx<'_, '_>,
    fields: &mut Fields<'_>,
    name: &Spanned<String>,
    doc: &EntryDoc,
    taker: Taker<'_>,
) -> Option<Field> {
    let mut field = match doc {
        EntryDoc::Own(doc) => own_field(cx, name, doc, taker)?,
        EntryDoc::Named(entry) => named_field(cx, fields, name, entry, taker)?,
        EntryDoc::Fixed(value) => {
            check_fixed_entry(value, taker, cx.diagnostics);
            return None;
        }
    };
    if field.flatten && !taker.is(Location::Body) {
        reject_flatten(name, cx.diagnostics);
        return None;
    }
    if let Taker::Request(location) = taker {
        field.location = location;
        if location == Location::Query {
            make_filter(cx, name, doc, &mut field);
        }
        check_sendable(cx.model, name, &field, cx.diagnostics);
    } else {
        reject_file(cx.model, name, &field.ty, cx.diagnostics);
    }
    Some(field)
}

/// A copy of a field of the file, with what the entry adds to it.
fn named_field(
    cx: &mut Cx<'_, '_>,
    fields: &mut Fields<'_>,
    name: &Spanned<String>,
    entry: &NamedEntryDoc,
    taker: Taker<'_>,
) -> Option<Field> {
    let mut field = fields.copy_named(cx.known, name, cx.diagnostics)?;
    let known = cx.known;
    field.presence = presence(cx, entry.required.as_ref(), &entry.by, taker);
    field.contradictions.extend(known.contradictions(&entry.contradictions, cx.diagnostics));
    if let Some(summary) = &entry.summary {
        field.summary.clone_from(summary);
    }
    if entry.by.sources.is_some() {
        field.sources = known.sources(&entry.by, None, cx.diagnostics);
    }
    if let Some(reason) = &entry.deprecated {
        field.deprecated = Some(reason.clone());
    }
    if let Some(filters) = entry.filters.as_ref().filter(|name| has_field(known, name, cx.diagnostics)) {
        field.filters = Some(filters.is.clone());
    }
    if let Some(format) = &entry.format {
        match taker {
            Taker::Request(_) => replace_format(cx, name, format, &entry.by, &mut field),
            Taker::Answer(_) => {
                reject_key("format", name, "answers are not validated", "remove `format`", cx.diagnostics);
            }
        }
    }
    field.clears = entry.clears.is_some();
    if field.clears && matches!(taker, Taker::Answer(_)) {
        reject_key("clears", name, "an answer clears nothing", "remove `clears`", cx.diagnostics);
    }
    if entry.filters.is_some() && !taker.is(Location::Query) {
        reject_filter("filters", name, cx.diagnostics);
    }
    Some(field)
}

fn own_field(cx: &mut Cx<'_, '_>, name: &Spanned<String>, doc: &FieldDoc, taker: Taker<'_>) -> Option<Field> {
    if doc.filters.is_some() && !taker.is(Location::Query) {
        reject_filter("filters", name, cx.diagnostics);
    }
    let mut field = nested_field(cx, taker.role(), name, doc)?;
    if let Taker::Answer(_) = taker {
        field.presence = presence(cx, doc.required.as_ref(), &doc.by, taker);
    }
    Some(field)
}

/// Whether the taken field is there. A request requires it by the first source of the file, unless `required` names
/// others. An answer always has it by the sources of the entry, or by those of the answer.
fn presence(cx: &mut Cx<'_, '_>, required: Option<&RequiredDoc>, by: &Authorship, taker: Taker<'_>) -> Presence {
    let (known, diagnostics) = (cx.known, &mut *cx.diagnostics);
    match (required, taker) {
        (None, _) => Presence::Optional,
        (Some(required), Taker::Request(_)) => Presence::Required(known.authority(&required.by, None, diagnostics)),
        (Some(required), Taker::Answer(answer)) => {
            let within = if by.sources.is_some() { by } else { answer };
            Presence::Always(known.sources(&required.by, Some(within), diagnostics))
        }
    }
}

/// Checks that a request can carry a field: it fits its location, and the server does not set it.
pub(super) fn check_sendable(model: &Model, name: &Spanned<String>, field: &Field, diagnostics: &mut Diagnostics) {
    let is_filter = field.location == Location::Query;
    if (field.given_by_server && !is_filter) || field.presence == Presence::AnswerOnly {
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
            Location::Path => ("the path", ", or a list of these with `delimiter`"),
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
        Location::Path => {
            let is_list = matches!(field.ty, Type::List(_));
            is_scalar(&field.ty) || (is_list && field.constraints.delimiter.is_some())
        }
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

/// The server makes answers, so nothing in them is fixed.
fn check_fixed_entry(value: &Spanned<String>, taker: Taker<'_>, diagnostics: &mut Diagnostics) {
    if matches!(taker, Taker::Answer(_)) {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, "`fixed` is not allowed in an answer")
                .at(value.span, "only requests send fixed values")
                .help("write the name of the field, with `!` if every answer has it"),
        );
    }
}
