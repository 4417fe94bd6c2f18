//! Requests: the parameters of an operation as a value.

use proc_macro2::TokenStream;
use quote::quote;

use super::builders::{self, positional};
use super::module::ClientModule;
use super::objects::{emit_object, emit_struct};
use super::operation::emit_operation;
use super::types::{emit_argument, ident};
use crate::emit::words;
use crate::model::{Model, Object, Operation};

pub(super) fn emit_request(file: ClientModule<'_>, operation: &Operation) -> TokenStream {
    let object = &file.model[operation.request];
    let mut paragraphs = vec![operation.summary.clone(), words::request_line(operation)];
    paragraphs.extend(words::operation(file.module, object, operation));
    let declaration = emit_struct(file, object, &paragraphs);
    let inherent = emit_inherent(file.model, object);
    let implementation = emit_object(file.module, object);
    let request = emit_operation(file.model, object, operation);
    let builder = builders::emit_request_builder(file, object, operation);
    quote! {
        #declaration
        #inherent
        #implementation
        #request
        #builder
    }
}

fn emit_inherent(model: &Model, object: &Object) -> TokenStream {
    let (name, builder) = (ident(&object.name), ident(&format!("{}Builder", object.name)));
    let (parameter, start) = emit_start(model, object, &quote!(()));
    quote! {
        impl #name {
            #[doc = " Returns a builder without a client. Send the finished request with [`Client::send`]."]
            pub fn builder(#parameter) -> #builder {
                #start
            }

            #[doc = " Validates the request without sending it. Returns all errors and warnings."]
            pub fn validate(&self) -> Report {
                validate::validate(self, Self::OPERATION)
            }
        }
    }
}

/// The positional parameter, if there is one, and the expression that creates the builder.
pub(super) fn emit_start(model: &Model, object: &Object, client: &TokenStream) -> (Option<TokenStream>, TokenStream) {
    let (name, builder) = (ident(&object.name), ident(&format!("{}Builder", object.name)));
    let Some(field) = positional(object) else {
        return (None, quote!(#builder::new(#client, #name::empty())));
    };
    let (argument, value) = emit_argument(model, field);
    let id = ident(&field.ident);
    let rest = (object.fields.len() > 1).then(|| quote!(, ..#name::empty()));
    let start = quote!(#builder::new(#client, #name { #id: Some(#value) #rest }));
    (Some(quote!(#id: #argument)), start)
}
