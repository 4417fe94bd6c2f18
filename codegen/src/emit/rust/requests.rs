//! Requests: the parameters of an operation as a value.

use proc_macro2::TokenStream;
use quote::quote;

use super::builders;
use super::docs::emit_own_doc;
use super::module::ClientModule;
use super::objects::{emit_object, emit_struct};
use super::operation::emit_operation;
use super::types::{Positional, emit_argument, ident};
use crate::emit::words;
use crate::model::{Does, Field, Location, Model, Object, Operation, Presence};

pub(super) fn emit_request(file: ClientModule<'_>, operation: &Operation) -> TokenStream {
    let object = &file.model[operation.request];
    let mut paragraphs = vec![operation.summary.clone(), words::request_line(operation)];
    paragraphs.extend(words::operation(file.module, object, operation));
    let declaration = emit_struct(file, object, &paragraphs);
    let implementation = emit_object(file, object, Some(emit_methods(file, object, operation)));
    let request = emit_operation(file.model, object, operation);
    let builder = builders::emit_request_builder(file, object, operation);
    quote! {
        #declaration
        #implementation
        #request
        #builder
    }
}

fn emit_methods(file: ClientModule<'_>, object: &Object, operation: &Operation) -> TokenStream {
    let builder = ident(&format!("{}Builder", object.name));
    let from_answer = emit_from_answer(file, operation);
    let (parameter, request) = emit_start(file.model, object);
    quote! {
        #[doc = " Returns a builder without a client. Send the finished request with [`Client::send`]."]
        pub fn builder(#parameter) -> #builder {
            #builder::new(#request)
        }

        #from_answer
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
    let doc = emit_own_doc(&format!(
        "Copies the fields that this request has in common with a [`{}`], including the id",
        answer.name
    ));
    let answer = ident(&answer.name);
    Some(quote! {
        #doc
        #[doc = " in the path. Empty strings are left out. A stored value can be one that requests refuse;"]
        #[doc = " [`validate`](Self::validate) reports it."]
        pub fn from_answer(answer: &#answer) -> Self {
            schema::copy_common_fields(answer, Self::empty())
        }
    })
}

/// The positional parameters, and the request with only these.
fn emit_start(model: &Model, object: &Object) -> (TokenStream, TokenStream) {
    let positional: Vec<_> = Positional::of(model, object).all().collect();
    if positional.is_empty() {
        return (quote!(), quote!(Self::empty()));
    }
    let rest = (object.fields.len() > positional.len()).then(|| quote!(, ..Self::empty()));
    let (parameters, values): (Vec<_>, Vec<_>) = positional
        .into_iter()
        .map(|field| {
            let (argument, value) = emit_argument(model, field);
            let id = ident(&field.ident);
            (quote!(#id: #argument), quote!(#id: Some(#value)))
        })
        .unzip();
    (quote!(#(#parameters),*), quote!(Self { #(#values),* #rest }))
}
