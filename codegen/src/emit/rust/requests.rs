//! Requests: the parameters of an operation as a value.

use proc_macro2::TokenStream;
use quote::quote;

use super::builders;
use super::docs::emit_own_doc;
use super::module::ClientModule;
use super::objects::emit_object;
use super::operation::emit_operation;
use super::types::{Positional, emit_argument, ident};
use crate::emit::words;
use crate::model::{Collection, Does, Field, Location, Model, Object, Operation, Presence, Type};

pub(super) fn emit_request(file: ClientModule<'_>, operation: &Operation) -> TokenStream {
    let object = &file.model[operation.request];
    let mut paragraphs = vec![operation.summary.clone(), words::request_line(operation)];
    paragraphs.extend(words::operation(file.module, object, operation));
    let table = emit_object(file, object, &paragraphs);
    let methods = emit_methods(file, object, operation);
    let request = emit_operation(file, object, operation);
    let builder = builders::emit_request_builder(file, object, operation);
    quote! {
        #table
        #methods
        #request
        #builder
    }
}

fn emit_methods(file: ClientModule<'_>, object: &Object, operation: &Operation) -> TokenStream {
    let (name, builder) = (ident(&object.name), ident(&format!("{}Builder", object.name)));
    let from_answer = emit_from_answer(file, operation);
    let (parameter, request) = emit_start(file.model, object);
    quote! {
        impl #name {
            #[doc = " Returns a builder without a client. Send the finished request with [`Client::send`]."]
            pub fn builder(#parameter) -> #builder {
                #builder::new(#request)
            }

            #from_answer
        }
    }
}

/// The update of a stored object, from the answer that shows the object. `None`: an update of nothing that the answer
/// shows would have no field.
fn emit_from_answer(file: ClientModule<'_>, operation: &Operation) -> Option<TokenStream> {
    let collection = file.resource()?.collection.as_ref().filter(|_| operation.does == Does::Update)?;
    let (request, answer) = (&file.model[operation.request], &file.model[collection.object]);
    let is_shown = |field: &&Field| answer.fields.iter().any(|shown| shown.name == field.name);
    let sent = request.fields.iter().filter(|field| field.presence != Presence::AnswerOnly);
    sent.filter(|field| field.location != Location::Path).find(is_shown)?;
    let chosen_id = emit_chosen_id(file, operation, collection);
    let has_id = request.fields.iter().filter(|field| field.location == Location::Path).any(|field| is_shown(&field));
    let id = if has_id || chosen_id.is_some() { ", including the id in the path" } else { "" };
    let doc = emit_own_doc(&format!(
        "Copies the fields that this request has in common with a [`{}`]{id}. Empty strings are left out. A stored \
         value can be one that requests refuse; [`validate`](Self::validate) reports it.",
        answer.name
    ));
    let answer = ident(&answer.name);
    let empty = match chosen_id {
        Some(id) => quote!(Self { #id, ..Self::empty() }),
        None => quote!(Self::empty()),
    };
    Some(quote! {
        #doc
        pub fn from_answer(answer: &#answer) -> Self {
            schema::copy_common_fields(answer, #empty)
        }
    })
}

/// The id in the path, if it has several forms and one of them holds the id of the answer.
fn emit_chosen_id(file: ClientModule<'_>, operation: &Operation, collection: &Collection) -> Option<TokenStream> {
    let (model, id) = (file.model, collection.id.as_ref()?);
    let in_path = model[operation.request].fields.iter().filter(|field| field.location == Location::Path);
    let (field, choice, form) = in_path
        .filter_map(|field| {
            let Type::Choice(choice) = field.ty else { return None };
            Some((ident(&field.ident), ident(&model[choice].name), ident(&model[choice].form_of(id)?.method)))
        })
        .next()?;
    let id = model[collection.object].fields.iter().find(|field| field.name == *id && field.ty == Type::Text)?;
    let name = ident(&id.ident);
    Some(match id.presence {
        Presence::Always(_) => quote!(#field: Some(#choice::#form(&*answer.#name))),
        Presence::Required(_) | Presence::Optional | Presence::AnswerOnly => {
            quote!(#field: answer.#name.as_deref().map(#choice::#form))
        }
    })
}

/// The positional parameters, and the request with only these.
fn emit_start(model: &Model, object: &Object) -> (TokenStream, TokenStream) {
    let positional: Vec<_> = Positional::of(model, object).all().collect();
    if positional.is_empty() {
        return (quote!(), quote!(Self::empty()));
    }
    let (parameters, values): (Vec<_>, Vec<_>) = positional
        .into_iter()
        .map(|field| {
            let (argument, value) = emit_argument(model, field);
            let id = ident(&field.ident);
            (quote!(#id: #argument), quote!(#id: Some(#value)))
        })
        .unzip();
    (quote!(#(#parameters),*), quote!(Self { #(#values,)* ..Self::empty() }))
}
