//! Fields and their types. Each may need the other: an object has fields, and a field has a type that may be made
//! only now, because it is mentioned before it is declared.

use std::collections::HashMap;

use super::choices::choice;
use super::constraints::constraints;
use super::context::{Cx, Known};
use super::copy_budget::Fields;
use super::declared::Declared;
use super::defaults::default;
use super::enums::enumeration;
use super::misplaced::{answer_type_in_request, reject_filter, reject_flatten, reject_key, reject_required};
use super::objects::{answer_type, complete_object, reserve_object, type_name};
use super::queries::{holds_answer, holds_file, item_of};
use super::references::{self, has_field, unknown};
use super::request_line::held_path;
use super::second_forms::second_forms;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{FieldDoc, Map, Spanned, TypeDoc};
use crate::model::{Comparison, Field, HeldPath, Location, Model, ObjectId, Presence, Role, Segment, Type};
use crate::names;
use crate::table::Table;

/// Makes the types under `types`.
pub(super) fn types(cx: &mut Cx<'_, '_>) {
    for (name, _) in &cx.known.doc.types {
        if type_named(cx, name).is_none() {
            cx.diagnostics.mark_broken(cx.known.doc.file, &name.is);
        }
    }
}

/// The file's `fields`.
pub(super) fn fields<'a>(cx: &mut Cx<'_, 'a>) -> Fields<'a> {
    let mut fields = Table::default();
    for (name, doc) in &cx.known.doc.fields {
        let help = "write `name!` in the `body` or `query` of an operation";
        reject_required(doc, help, cx.diagnostics);
        if doc.answers_only {
            let help = "remove `in`; a field under `fields` is only in the requests and answers that name it";
            reject_key("in", name, "this field is not inside an object", help, cx.diagnostics);
        }
        if !doc.compare.is_empty() {
            let help = "describe the field in the `query` of the list instead";
            reject_key("compare", name, "this field is not described in a `query`", help, cx.diagnostics);
        }
        match field(cx, Role::Part, name, doc) {
            Some(field) => fields.push(&name.is, field),
            None => cx.diagnostics.mark_broken(cx.known.doc.file, &name.is),
        }
    }
    check_shared_names(cx.known, cx.diagnostics);
    Fields::new(fields, cx.known)
}

/// A shared field and one of the file have different names: an entry that names one of them must not mean the other.
fn check_shared_names(known: &Known<'_>, diagnostics: &mut Diagnostics) {
    let first: HashMap<_, _> = known.shared.described().map(|(name, _)| (name.is.as_str(), name.span)).collect();
    for (name, _) in &known.doc.fields {
        let Some(first) = first.get(name.is.as_str()) else { continue };
        diagnostics.push(
            Diagnostic::new(Code::DuplicateName, format!("`types.yaml` already declares the field `{}`", name.is))
                .at(name.span, "declared again here")
                .with(*first, "first here")
                .help("remove one of them; what a list says otherwise, it says beside the name: `[name: { summary: .. }]`"),
        );
    }
}

/// A field. `role` is that of the types that are declared in it.
pub(super) fn field(cx: &mut Cx<'_, '_>, role: Role, name: &Spanned<String>, doc: &FieldDoc) -> Option<Field> {
    let known = cx.known;
    let ty = ty(cx, role, &doc.ty, &doc.summary);
    let ident = field_ident(name, doc.rust.as_ref(), cx.diagnostics);
    let contradictions = known.contradictions(&doc.contradictions, cx.diagnostics);
    let sources = known.sources(&doc.by, None, cx.diagnostics);
    let ty = ty?;
    check_flatten(name, doc, &ty, cx.diagnostics);
    reject_file_in_map(cx.model, name, &ty, cx.diagnostics);
    let second = second_forms(doc, &ty, cx.diagnostics);
    let constraints = constraints(known, cx.model, doc, &ty, cx.diagnostics);
    let default = default(known, cx.model, doc, &ty, &constraints, cx.diagnostics);
    let ident = ident?;
    let filters = doc.filters.as_ref().filter(|name| has_field(known, name, cx.diagnostics));
    let holds = doc.holds.as_ref().filter(|name| has_field(known, name, cx.diagnostics));
    let holds_path = held(cx, name, doc, &ty);
    Some(Field {
        name: name.is.clone(),
        ident,
        location: Location::Body,
        ty,
        summary: doc.summary.clone(),
        presence: if doc.answers_only { Presence::AnswerOnly } else { Presence::Optional },
        constraints,
        also: second.also,
        items_also: second.items_also,
        one: second.one,
        example: doc.example.as_ref().map(|example| example.is.clone()),
        default,
        holds: holds.map(|name| name.is.clone()),
        holds_path,
        filters: filters.map(|name| name.is.clone()),
        compares: Comparison::Is,
        clears: false,
        flatten: doc.flatten.is_some(),
        sensitive: doc.sensitive,
        deprecated: doc.deprecated.clone(),
        given_by_server: doc.given_by_server,
        sources,
        contradictions,
        position: name.span.into(),
    })
}

/// The path that a text holds.
fn held(cx: &mut Cx<'_, '_>, name: &Spanned<String>, doc: &FieldDoc, ty: &Type) -> Option<HeldPath> {
    let template = doc.holds_path.as_ref()?;
    if *ty != Type::Text {
        let help = "remove `holds_path`, or write `type: string`";
        reject_key("holds_path", name, "only a text can hold a path", help, cx.diagnostics);
    }
    let path = held_path(template, cx.diagnostics)?;
    let reader = |segment: &Segment| match segment {
        Segment::Parameter(name) => Some((name.clone(), names::reader(name)?)),
        Segment::Literal(_) | Segment::Account => None,
    };
    let parameters = path.segments.iter().filter_map(reader).collect();
    Some(HeldPath { path, parameters })
}

/// A field that says itself whether it is required.
pub(super) fn nested_field(cx: &mut Cx<'_, '_>, role: Role, name: &Spanned<String>, doc: &FieldDoc) -> Option<Field> {
    let mut field = field(cx, role, name, doc)?;
    if let Some(required) = doc.required.as_ref().filter(|_| !doc.answers_only) {
        let authority = cx.known.authority(&required.by, None, cx.diagnostics);
        field.presence = match role {
            Role::Answer => Presence::Always(authority.sources),
            Role::Request | Role::Part => Presence::Required(authority),
        };
    }
    Some(field)
}

/// A field inside an object.
fn part_field(cx: &mut Cx<'_, '_>, role: Role, name: &Spanned<String>, doc: &FieldDoc) -> Option<Field> {
    let diagnostics = &mut *cx.diagnostics;
    if doc.given_by_server {
        let help = "write `in: answers` instead";
        reject_key("given_by", name, "this field is inside an object", help, diagnostics);
    }
    if doc.answers_only {
        let help = "remove `!` or `in: answers`; no request has a field with `in: answers`";
        reject_required(doc, help, diagnostics);
    }
    if doc.flatten.is_some() {
        reject_flatten(name, diagnostics);
    }
    if !doc.compare.is_empty() {
        reject_filter("compare", name, diagnostics);
    }
    if doc.filters.is_some() {
        reject_filter("filters", name, diagnostics);
    }
    let field = nested_field(cx, role, name, doc)?;
    if role != Role::Answer && !doc.answers_only && holds_answer(cx.model, &field.ty) {
        let help = match item_of(&field.ty) {
            Type::Object(_) => "add `in: answers` to the field, or declare the type under `types`",
            _ => "add `in: answers` to the field, or write `type: string`",
        };
        cx.diagnostics.push(answer_type_in_request(name, help));
    }
    Some(field)
}

fn ty(cx: &mut Cx<'_, '_>, role: Role, doc: &TypeDoc, summary: &str) -> Option<Type> {
    Some(match doc {
        TypeDoc::Text => Type::Text,
        TypeDoc::Integer => Type::Integer,
        TypeDoc::Number => Type::Number,
        TypeDoc::Boolean => Type::Boolean,
        TypeDoc::Timestamp => Type::Timestamp,
        TypeDoc::Decimal => Type::Decimal,
        TypeDoc::Any => Type::Any,
        TypeDoc::File => Type::File,
        TypeDoc::Named(name) => type_named(cx, name)?,
        TypeDoc::Enum { name, values } => match earlier(cx, name) {
            Some(Type::Enum(id)) => Type::Enum(id),
            _ => Type::Enum(enumeration(cx, name, values, summary)?),
        },
        TypeDoc::Choice { name, forms } => match earlier(cx, name) {
            Some(Type::Choice(id)) => Type::Choice(id),
            _ => Type::Choice(choice(cx, name, forms, summary)?),
        },
        TypeDoc::Object { name, fields } => match earlier(cx, name) {
            Some(Type::Object(id)) => Type::Object(id),
            _ => Type::Object(part(cx, role, name, fields, summary)?),
        },
        TypeDoc::List(items) => Type::List(Box::new(ty(cx, role, &items.ty, items.summary(summary))?)),
        TypeDoc::Map(items) => Type::Map(Box::new(ty(cx, role, &items.ty, items.summary(summary))?)),
    })
}

/// What was made of this declaration before, because something else is of its type.
fn earlier(cx: &Cx<'_, '_>, name: &Spanned<String>) -> Option<Type> {
    let is_this = cx.known.declared.get(&name.is).is_some_and(|declaration| declaration.span == name.span);
    cx.made.types.get(&name.is).cloned().flatten().filter(|_| is_this)
}

/// The type that a name stands for, of this file or of those that resources share. It is made if it is mentioned
/// for the first time.
fn type_named(cx: &mut Cx<'_, '_>, name: &Spanned<String>) -> Option<Type> {
    if let Some(made) = cx.made.types.get(&name.is) {
        return made.clone();
    }
    let known = cx.known;
    let Some(declaration) = known.declared.get(&name.is) else {
        let shared = known.shared.types.get(&name.is);
        if shared.is_none() && !known.is_broken(&name.is, cx.diagnostics) {
            let names = || known.declared.names().chain(known.shared.types.names());
            unknown(cx.diagnostics, &references::TYPE, name, names);
        }
        return shared.cloned();
    };
    match declaration.is {
        Declared::Type { ty: doc, summary } => ty(cx, declaration.role, doc, summary),
        Declared::Answer(_) => answer_type(cx, &name.is).map(Type::Object),
    }
}

/// An object that is declared at a field, or under `types`.
fn part(
    cx: &mut Cx<'_, '_>,
    role: Role,
    name: &Spanned<String>,
    docs: &Map<FieldDoc>,
    summary: &str,
) -> Option<ObjectId> {
    let type_name = type_name(cx, name, Some(name.is.clone()));
    // Its place is known before its fields are: one of them may be of this type again.
    let id = type_name.map(|type_name| reserve_object(cx, type_name, name.span, role, summary));
    cx.made.types.insert(name.is.clone(), id.map(Type::Object));
    let fields = docs.iter().filter_map(|(name, doc)| Some((part_field(cx, role, name, doc)?, name.span))).collect();
    complete_object(cx, id?, fields);
    id
}

fn field_ident(
    name: &Spanned<String>,
    rust: Option<&Spanned<String>>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let (given, ident) = match rust {
        Some(rust) => (rust, names::snake(&rust.is).filter(|_| names::is_snake(&rust.is))),
        None => (name, names::snake(&name.is)),
    };
    if ident.is_none() {
        diagnostics.push(
            Diagnostic::new(
                Code::MalformedName,
                format!("`{}` cannot be turned into the name of a Rust field", given.is),
            )
            .at(given.span, "invalid name")
            .help(format!("write `rust: ..` with a name for Rust: {}", names::SNAKE_CASE)),
        );
    }
    ident
}

fn check_flatten(name: &Spanned<String>, doc: &FieldDoc, ty: &Type, diagnostics: &mut Diagnostics) {
    if doc.flatten.is_some() && (!matches!(ty, Type::Map(_)) || doc.delimiter.is_some()) {
        let label = "only a map without `delimiter` can be flattened";
        reject_key("flatten", name, label, "remove `flatten`, or use `type: map`", diagnostics);
    }
}

/// Parts are named by fields and by positions in lists; the keys of a map can be anything.
fn reject_file_in_map(model: &Model, name: &Spanned<String>, ty: &Type, diagnostics: &mut Diagnostics) {
    let in_map = match ty {
        Type::Map(items) => holds_file(model, items),
        Type::List(items) => return reject_file_in_map(model, name, items, diagnostics),
        _ => false,
    };
    if in_map {
        diagnostics.push(
            Diagnostic::new(Code::FileOutside, "a map cannot contain a file")
                .at(name.span, "contains a file")
                .help("use a list, or an object with a field for each file"),
        );
    }
}
