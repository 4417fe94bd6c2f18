//! An operation as a constant, and the type of its answer.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::{emit_type, ident};
use crate::model::{Body, EmptyText, Field, Location, Method, Model, Object, Operation, ResponseShape, Retry, Type};

/// `impl Request`: the operation as data.
pub(super) fn emit_operation(model: &Model, object: &Object, operation: &Operation) -> TokenStream {
    let name = ident(&object.name);
    let answer = emit_answer_type(model, operation);
    let (id, path) = (&operation.id, &operation.path.template);
    let host = &model[operation.host].url;
    let fixed = operation.fixed.iter().map(|(name, value)| quote!((#name, #value)));
    let method = match operation.method {
        Method::Get => quote!(Get),
        Method::Post => quote!(Post),
        Method::Delete => quote!(Delete),
        Method::Patch => quote!(Patch),
    };
    let body = emit_body(&operation.body);
    let deferred_by = match &operation.answer.deferred_by {
        Some(field) => quote!(Some(#field)),
        None => quote!(None),
    };
    let empty_text = match operation.empty_text {
        EmptyText::LeftOut => quote!(LeftOut),
        EmptyText::Sent => quote!(Sent),
    };
    let retry = match operation.retry {
        Retry::Safe => quote!(Safe),
        Retry::IfNotSent => quote!(IfNotSent),
        Retry::Never => quote!(Never),
    };
    let shape = emit_shape(&operation.answer.shape);
    quote! {
        impl Request for #name {
            type Answer = #answer;
            const OPERATION: &'static Operation = &Operation {
                id: #id,
                api: &resources::API,
                method: Method::#method,
                host: #host,
                path: #path,
                fixed: &[#(#fixed),*],
                body: BodyEncoding::#body,
                empty_text: EmptyText::#empty_text,
                retry: Retry::#retry,
                answer: ResponseShape::#shape,
                deferred_by: #deferred_by,
            };
        }
    }
}

fn emit_body(body: &Body) -> TokenStream {
    match body {
        Body::None => quote!(None),
        Body::Json => quote!(Json),
        Body::Multipart { data: Some(data) } => quote!(Multipart { data: Some(#data) }),
        Body::Multipart { data: None } => quote!(Multipart { data: None }),
    }
}

fn emit_shape(shape: &ResponseShape) -> TokenStream {
    match shape {
        ResponseShape::Bare => quote!(Bare),
        ResponseShape::Under(key) => quote!(Under(#key)),
        ResponseShape::List { key, total: Some(total), .. } => quote!(List { key: #key, total: Some(#total) }),
        ResponseShape::List { key, total: None, .. } => quote!(List { key: #key, total: None }),
    }
}

/// The type of the answer.
pub(super) fn emit_answer_type(model: &Model, operation: &Operation) -> TokenStream {
    let answer = emit_type(model, &operation.answer.ty);
    match operation.answer.shape {
        ResponseShape::Bare | ResponseShape::Under(_) => quote!(#answer),
        ResponseShape::List { .. } => quote!(Page<#answer>),
    }
}

/// Whether the pages of a list can be requested one after the other.
pub(super) fn is_paged(model: &Model, object: &Object, operation: &Operation) -> bool {
    let offset = &model.pages.offset;
    let is_offset =
        |field: &Field| field.name == *offset && field.location == Location::Query && field.ty == Type::Integer;
    matches!(operation.answer.shape, ResponseShape::List { .. }) && object.fields.iter().any(is_offset)
}
