//! Objects and their names: an object has its place in the model before it has its fields.

use std::collections::HashMap;

use super::context::{Cx, Inlined};
use super::declared::Declared;
use super::references::same_name;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::Spanned;
use crate::limits;
use crate::model::{Field, Object, ObjectId, Presence, Role, Type};
use crate::names;

/// A field, and where the spec has it.
pub(super) type FieldAt = (Field, Span);

/// Takes a type name for this module. `None`: the name is not allowed.
pub(super) fn type_name(cx: &mut Cx<'_, '_>, spanned: &Spanned<String>, name: Option<String>) -> Option<String> {
    let is_converted = name.as_ref() != Some(&spanned.is);
    let Some(name) = name.filter(|name| names::is_pascal(name)) else {
        let (message, help) = if is_converted {
            (format!("`{}` cannot be turned into the name of a type", spanned.is), names::SNAKE_CASE)
        } else {
            let help = "use letters and digits, starting with a capital letter, as in `PostalAddress`";
            (format!("`{}` cannot be the name of a type", spanned.is), help)
        };
        cx.diagnostics.push(Diagnostic::new(Code::MalformedName, message).at(spanned.span, "invalid name").help(help));
        return None;
    };
    if names::is_reserved_type(&name) {
        cx.diagnostics.push(
            Diagnostic::new(Code::ReservedName, format!("the type name `{name}` is reserved"))
                .at(spanned.span, "the generated code uses this name itself")
                .help("choose another name, for example with the name of the resource in front"),
        );
        return None;
    }
    let names = [name.clone(), format!("{name}Builder"), format!("{name}Unset")];
    if let Some(taken) = names.iter().find(|name| cx.known.shared.types.contains(name)) {
        let label = if *taken == name { "declared again here" } else { "the builder of this type has the same name" };
        let again = Diagnostic::new(Code::DuplicateName, format!("`types.yaml` already declares the type `{taken}`"))
            .at(spanned.span, label);
        let again = match cx.known.shared.declared(taken) {
            Some(first) => again.with(first, "first here"),
            None => again,
        };
        cx.diagnostics.push(again.help(format!("use the shared type with `type: {taken}`, or choose another name")));
        return None;
    }
    if let Some((taken, first)) = names.iter().find_map(|name| Some((name, *cx.made.names.get(name)?))) {
        cx.diagnostics.push(same_name("type", taken, spanned, first));
    }
    names.into_iter().for_each(|name| cx.made.names.push(name, spanned.span));
    Some(name)
}

/// The answer type of that name, made when it is first mentioned. It takes its fields once all fields of the file
/// are known.
pub(super) fn answer_type(cx: &mut Cx<'_, '_>, name: &str) -> Option<ObjectId> {
    if let Some(made) = cx.made.types.get(name) {
        return match made {
            Some(Type::Object(id)) => Some(*id),
            _ => None,
        };
    }
    let declaration = cx.known.declared.get(name)?;
    let Declared::Answer(doc) = declaration.is else { return None };
    let spanned = Spanned::new(name.to_owned(), declaration.span);
    let type_name = type_name(cx, &spanned, Some(spanned.is.clone()));
    let id = type_name.map(|type_name| reserve_object(cx, type_name, spanned.span, Role::Answer, &doc.summary));
    cx.made.types.insert(name.to_owned(), id.map(Type::Object));
    id
}

/// Adds an object that has no fields yet.
pub(super) fn reserve_object(cx: &mut Cx<'_, '_>, name: String, span: Span, role: Role, summary: &str) -> ObjectId {
    let (owner, summary, fields, rules) = (cx.known.owner, summary.to_owned(), Vec::new(), Vec::new());
    cx.model.objects.push(Object { name, owner, role, summary, fields, rules, at_least: None, position: span.into() });
    ObjectId(cx.model.objects.len() - 1)
}

/// Gives an object its fields, which must differ, on the wire and in Rust.
pub(super) fn complete_object(cx: &mut Cx<'_, '_>, id: ObjectId, fields: Vec<FieldAt>) {
    check_distinct(&fields, cx.diagnostics);
    if cx.model[id].role != Role::Answer {
        check_required_fields(&fields, cx.diagnostics);
    }
    for (field, span) in &fields {
        if let Type::Object(inner) = field.ty {
            cx.made.inlined.push(Inlined { outer: id, inner, span: *span });
        }
    }
    cx.model.objects[id.0].fields = fields.into_iter().map(|(field, _)| field).collect();
}

fn check_distinct(fields: &[FieldAt], diagnostics: &mut Diagnostics) {
    let (mut idents, mut wires, mut readers) = (HashMap::new(), HashMap::new(), HashMap::new());
    for (field, span) in fields {
        if let Some(first) = idents.get(&field.ident) {
            diagnostics.push(same_name("field", &field.ident, &Spanned::new(field.name.clone(), *span), *first));
        } else if let Some(first) = wires.get(&field.name) {
            diagnostics.push(
                Diagnostic::new(Code::DuplicateField, format!("two fields have the name `{}`", field.name))
                    .at_repeated(*span, *first)
                    .help("remove one of them; a request cannot have two fields with the same name"),
            );
        }
        for (name, reader) in field.holds_path.iter().flat_map(|held| &held.parameters) {
            if let Some(first) = readers.insert(reader, *span) {
                diagnostics.push(same_name("method", reader, &Spanned::new(name.clone(), *span), first));
            }
        }
        idents.entry(&field.ident).or_insert(*span);
        wires.entry(&field.name).or_insert(*span);
    }
}

/// The builder names every required field in every setter of one.
fn check_required_fields(fields: &[FieldAt], diagnostics: &mut Diagnostics) {
    let mut required = fields.iter().filter(|(field, _)| matches!(field.presence, Presence::Required(_)));
    if let Some((_, span)) = required.nth(limits::REQUIRED) {
        let most = limits::REQUIRED;
        diagnostics.push(
            Diagnostic::new(Code::TooManyRequired, format!("more than {most} required fields in one object"))
                .at(*span, "this one exceeds the limit")
                .help("make some fields optional, or group them into objects"),
        );
    }
}
