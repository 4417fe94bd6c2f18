//! Requests: the parameters of an operation as a value.

use proc_macro2::TokenStream;
use quote::quote;

use super::builders;
use super::from_answer::emit_from_answer;
use super::module::ClientModule;
use super::objects::{emit_object, field_docs};
use super::operation::emit_operation;
use super::types::{Positional, emit_argument, ident};
use crate::emit::words;
use crate::model::{Model, Object, Operation};

pub(super) fn emit_request(file: ClientModule<'_>, operation: &Operation) -> TokenStream {
    let object = &file.model[operation.request];
    let mut paragraphs = vec![operation.summary.clone(), words::request_line(operation)];
    let resource = file.resource().into_iter();
    paragraphs.extend(resource.flat_map(|resource| words::operation(resource, object, operation)));
    let docs = field_docs(file, object);
    let table = emit_object(file, object, &paragraphs, &docs);
    let methods = emit_methods(file, object, operation);
    let request = emit_operation(file, object, operation);
    let builder = builders::emit_request_builder(file, object, operation, &docs);
    TokenStream::from_iter([table, methods, request, builder])
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

/// The positional parameters, and the request with only these.
fn emit_start(model: &Model, object: &Object) -> (TokenStream, TokenStream) {
    let positional: Vec<_> = Positional::of(model, object).all().collect();
    if positional.is_empty() {
        return (quote!(), quote!(Self::draft()));
    }
    let (parameters, values): (Vec<_>, Vec<_>) = positional
        .into_iter()
        .map(|field| {
            let (argument, value) = emit_argument(model, field);
            let id = ident(&field.ident);
            (quote!(#id: #argument), quote!(#id: Some(#value)))
        })
        .unzip();
    (quote!(#(#parameters),*), quote!(Self { #(#values,)* ..Self::draft() }))
}
