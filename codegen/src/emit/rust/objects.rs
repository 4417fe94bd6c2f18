//! Structs with fields: requests, parts of requests, and answers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::builders;
use super::docs::{FieldDocs, emit_doc, emit_own_doc};
use super::module::ClientModule;
use super::schema::{emit_facts, emit_rules};
use super::types::{braces, emit_field_type, ident};
use crate::emit::second_forms::second_forms;
use crate::emit::words;
use crate::model::{Field, Object, Presence, Role};

/// A part of requests, and perhaps of answers.
pub(super) fn emit_part(file: ClientModule<'_>, part: &Object) -> TokenStream {
    let docs = field_docs(file, part);
    let table = emit_object(file, part, std::slice::from_ref(&part.summary), &docs);
    let (readers, builder) = (emit_readers(part), builders::emit_part_builder(file, part, &docs));
    TokenStream::from_iter([table, readers, builder])
}

/// An object that only answers hold.
pub(super) fn emit_answer(file: ClientModule<'_>, answer: &Object) -> TokenStream {
    let name = ident(&answer.name);
    let table = emit_object(file, answer, std::slice::from_ref(&answer.summary), &field_docs(file, answer));
    TokenStream::from_iter([table, emit_readers(answer), quote!(draft!(#name);)])
}

/// The table of a struct, from which a macro makes the struct and its schema: a row for each field, and the rules
/// between fields.
pub(super) fn emit_object(
    file: ClientModule<'_>,
    object: &Object,
    paragraphs: &[String],
    docs: &FieldDocs<'_>,
) -> TokenStream {
    let name = ident(&object.name);
    let doc = emit_doc(paragraphs);
    let rows = object.fields.iter().enumerate().map(|(index, field)| {
        let index = Literal::usize_unsuffixed(index);
        let doc = docs.get(field.ident.as_str());
        let (name, ty) = (ident(&field.ident), emit_field_type(file.model, field));
        let wire = (field.ident != field.name).then_some(&field.name).map(|wire| quote!(as #wire));
        let facts = emit_facts(file, object.role, field);
        quote!(#doc pub #name: #ty #wire => #index: #facts,)
    });
    let rows = braces(rows);
    let rules = emit_rules(file.module, object);
    // The fields of an answer say by their locations that it is one.
    let role = (object.role == Role::Answer && object.fields.is_empty()).then(|| quote!(is_answer: true;));
    quote! {
        object! {
            #doc
            pub struct #name #rows
            #role
            #rules
        }
    }
}

/// A method for each parameter of each path that the object holds, unless the object has a field of that name.
fn emit_readers(object: &Object) -> TokenStream {
    let held = object.fields.iter().filter_map(|field| Some((field, field.holds_path.as_ref()?)));
    let readers = held.flat_map(|(field, held)| {
        let template = &held.path.template;
        let is_new = |(_, reader): &&(String, String)| object.fields.iter().all(|field| field.ident != *reader);
        held.parameters.iter().filter(is_new).map(move |(name, reader)| {
            let doc = emit_own_doc(&format!("Returns the segment `{name}` of the path in `{}`.", field.name));
            let (reader, slot) = (ident(reader), ident(&field.ident));
            let text = match field.presence {
                Presence::Always(_) => quote!(&self.#slot),
                Presence::Required(_) | Presence::Optional | Presence::AnswerOnly => quote!(self.#slot.as_deref()?),
            };
            quote! {
                #doc
                #[inline]
                pub fn #reader(&self) -> Option<&str> {
                    schema::segment_of(#text, #template, #name)
                }
            }
        })
    });
    let (name, readers): (_, Vec<_>) = (ident(&object.name), readers.collect());
    if readers.is_empty() { quote!() } else { quote!(impl #name { #(#readers)* }) }
}

/// The documentation of each field, including what happens to another kind of value in answers.
pub(super) fn field_docs<'m>(file: ClientModule<'_>, object: &'m Object) -> FieldDocs<'m> {
    let doc = |field: &'m Field| {
        let mut paragraphs = words::field(file.model, file.module, object.role, field);
        paragraphs.extend(second_forms(object.role, field));
        (field.ident.as_str(), emit_doc(&paragraphs))
    };
    object.fields.iter().map(doc).collect()
}
