//! The handle of a resource: one method for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{emit_deprecated, emit_doc, emit_own_doc};
use super::types::{emit_argument, ident, positional};
use crate::emit::words;
use crate::model::{Model, Module, Operation, Resource};

pub(super) fn emit_handle(model: &Model, resource: &Resource) -> TokenStream {
    let (handle, method) = (ident(&resource.handle), ident(&resource.module.ident));
    let methods = resource.operations.iter().map(|operation| emit_method(model, &resource.module, operation));
    let doc = emit_doc(&[format!("Returns the operations on {}.", resource.plural), resource.module.summary.clone()]);
    let handle_doc = emit_own_doc(&format!("Operations on {}. Returned by [`Client::{method}`].", resource.plural));
    quote! {
        impl Client {
            #doc
            pub fn #method(&self) -> #handle {
                #handle { client: self.clone() }
            }
        }

        blocking!(#method, #handle);

        #handle_doc
        #[derive(Clone, Debug)]
        pub struct #handle<C = Client> {
            client: C,
        }

        impl<C: Caller> #handle<C> {
            #(#methods)*
        }
    }
}

fn emit_method(model: &Model, module: &Module, operation: &Operation) -> TokenStream {
    let object = &model[operation.request];
    let (method, builder) = (ident(&operation.ident), ident(&format!("{}Builder", object.name)));
    let doc = emit_doc(&[operation.summary.clone(), words::request_line(operation)]);
    let see = (!words::operation(module, object, operation).is_empty()).then(|| {
        let see = emit_own_doc(&format!("See [`{}`] for rules and notes.", object.name));
        quote!(#[doc = ""] #see)
    });
    let positional = positional(object).map(|field| (ident(&field.ident), emit_argument(model, field).0));
    let parameter = positional.as_ref().map(|(id, argument)| quote!(, #id: #argument));
    let (request, id) = (ident(&object.name), positional.as_ref().map(|(id, _)| id));
    let deprecated = emit_deprecated(operation.deprecated.as_deref());
    quote! {
        #doc
        #see
        #deprecated
        pub fn #method(&self #parameter) -> #builder<C> {
            #request::builder(#id).with_client(&self.client)
        }
    }
}
