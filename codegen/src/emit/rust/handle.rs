//! The handle of a resource: one method for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{emit_deprecated, emit_doc, emit_own_doc};
use super::sdk_names::{emit_handle_names, emit_method_names};
use super::types::{Positional, braces, emit_argument, emit_type, ident};
use crate::emit::words;
use crate::model::{Field, FoundBy, Model, Operation, Resource, Stage, Type};

pub(super) fn emit_handle(model: &Model, resource: &Resource) -> TokenStream {
    let handle = ident(&resource.handle);
    let is_released = |operation: &&Operation| operation.stage == Stage::Released;
    let methods = emit_methods(model, resource, resource.operations.iter().filter(is_released));
    // Only methods read the client.
    let only_preview = !resource.operations.iter().any(|operation| is_released(&operation));
    let has_children = has_children(model, resource);
    // The features of the build decide whether the modules of the resources inside of this one read it too.
    let lint = if has_children { quote!(allow) } else { quote!(expect) };
    let unread = only_preview.then(
        || quote!(#[cfg_attr(not(feature = "preview"), #lint(dead_code, reason = "all operations are in preview"))]),
    );
    let keys = keys(model, resource);
    let (entry, returned_by) = emit_entry(model, resource, &keys);
    let doc = emit_own_doc(&format!("Operations on {}. Returned by {returned_by}.", resource.plural));
    let states = resource.collection.as_ref().and_then(|collection| collection.states.as_ref()).map(|states| {
        let states = emit_doc(&[words::states(states)]);
        quote!(#[doc = ""] #states)
    });
    // The modules of the resources inside of this one copy the fields.
    let visibility = has_children.then(|| quote!(pub(crate)));
    let keys = keys.iter().map(|field| {
        let (name, ty) = (ident(&field.ident), emit_type(model, &field.ty));
        quote!(#unread #visibility #name: #ty,)
    });
    quote! {
        #entry

        #doc
        #states
        #[derive(Clone, Debug)]
        pub struct #handle<C = Client> {
            #unread
            #visibility client: C,
            #(#keys)*
        }

        #methods
    }
}

/// The ids of the objects that contain the resource, outermost first.
fn keys<'m>(model: &'m Model, resource: &Resource) -> Vec<&'m Field> {
    resource.operations.first().map_or_else(Vec::new, |first| Positional::of(model, &model[first.request]).outer)
}

fn has_children(model: &Model, resource: &Resource) -> bool {
    let mut parents = model.resources.iter().filter_map(|inner| inner.parent.as_ref());
    parents.any(|parent| std::ptr::eq(&model[parent.resource], resource))
}

/// The method that returns the handle, and a link to it.
fn emit_entry(model: &Model, resource: &Resource, keys: &[&Field]) -> (TokenStream, String) {
    let handle = ident(&resource.handle);
    let (Some(parent), [outer @ .., key]) = (&resource.parent, keys) else {
        let method = ident(&resource.module.ident);
        let summary = resource.module.summary.clone();
        let doc = emit_doc(&[format!("Returns the operations on {}.", resource.plural), summary]);
        let names = emit_handle_names(model, resource);
        let entry = quote! {
            impl Client {
                #doc
                #names
                pub fn #method(&self) -> #handle {
                    #handle { client: self.clone() }
                }
            }

            blocking!(#method, #handle);
        };
        return (entry, format!("[`Client::{method}`]"));
    };
    let parent = &model[parent.resource];
    let (module, parent_handle, method) = (ident(&parent.module.ident), ident(&parent.handle), ident(&resource.method));
    let (argument, value) = emit_argument(model, key);
    let key = ident(&key.ident);
    let outer = outer.iter().map(|field| {
        let (name, value) = (ident(&field.ident), emit_copy(field));
        quote!(#name: #value,)
    });
    let of_one = format!("Returns the operations on {} of one {}.", resource.plural, parent.singular);
    let doc = emit_doc(&[of_one, resource.module.summary.clone()]);
    let entry = quote! {
        impl<C: Caller> crate::#module::#parent_handle<C> {
            #doc
            pub fn #method(&self, #key: #argument) -> #handle<C> {
                #handle { client: self.client.clone(), #(#outer)* #key: #value }
            }
        }
    };
    let link = format!("crate::{module}::{parent_handle}::{method}");
    (entry, format!("[`{parent_handle}::{method}`]({link})"))
}

/// The value of a key that the handle has.
fn emit_copy(field: &Field) -> TokenStream {
    let name = ident(&field.ident);
    match field.ty {
        Type::Integer | Type::Number | Type::Boolean => quote!(self.#name),
        _ => quote!(self.#name.clone()),
    }
}

/// The methods of the handle for these operations, if there are any.
pub(super) fn emit_methods<'m>(
    model: &'m Model,
    resource: &'m Resource,
    operations: impl Iterator<Item = &'m Operation>,
) -> Option<TokenStream> {
    let handle = ident(&resource.handle);
    let methods = braces(operations.flat_map(|operation| {
        let find = operation.found_by.as_ref().map(|found_by| emit_find(model, resource, operation, found_by));
        [emit_method(model, resource, operation)].into_iter().chain(find)
    }));
    (!methods.stream().is_empty()).then(|| quote!(impl<C: Caller> #handle<C> #methods))
}

fn emit_method(model: &Model, resource: &Resource, operation: &Operation) -> TokenStream {
    let object = &model[operation.request];
    let (method, builder) = (ident(&operation.ident), ident(&format!("{}Builder", object.name)));
    let doc = emit_doc(&[operation.summary.clone(), words::request_line(operation)]);
    let names = emit_method_names(model, resource, operation);
    let see = (!words::operation(resource, object, operation).is_empty()).then(|| {
        let see = emit_own_doc(&format!("See [`{}`] for rules and notes.", object.name));
        quote!(#[doc = ""] #see)
    });
    let positional = Positional::of(model, object);
    let own = positional.own.map(|field| (ident(&field.ident), emit_argument(model, field).0));
    let parameter = own.as_ref().map(|(id, argument)| quote!(, #id: #argument));
    let outer = positional.outer.iter().map(|field| emit_copy(field));
    let arguments = outer.chain(own.as_ref().map(|(id, _)| quote!(#id)));
    let request = ident(&object.name);
    let deprecated = emit_deprecated(operation.deprecated.as_deref());
    quote! {
        #doc
        #see
        #names
        #deprecated
        pub fn #method(&self #parameter) -> #builder<C> {
            #request::builder(#(#arguments),*).with_client(&self.client)
        }
    }
}

/// The method that finds what an operation may have created.
fn emit_find(model: &Model, resource: &Resource, create: &Operation, found_by: &FoundBy) -> TokenStream {
    let list = &resource.operations[found_by.list];
    let (field, request) = (&found_by.field, ident(&model[list.request].name));
    let field_of_create = model[create.request].fields.iter().find(|other| other.name == *field);
    let argument = ident(field_of_create.map_or(field, |field| &field.ident));
    let plural = &resource.plural;
    let doc = emit_doc(&[
        format!("Returns the {plural} whose `{field}` has this value. It reads all pages of the list."),
        format!("Use it to look for what `{}` may have created if its outcome is unknown.", create.ident),
    ]);
    quote! {
        #doc
        pub fn find(&self, #argument: impl IntoValue<String>) -> Find<#request, C> {
            Pages::new(self.client.clone(), #request::draft()).find(#field, #argument.into_value())
        }
    }
}
