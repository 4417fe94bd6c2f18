//! An operation as a constant, and the type of its answer.

use proc_macro2::TokenStream;
use quote::quote;

use super::module::ClientModule;
use super::sources::emit_authority;
use super::types::{emit_type, ident};
use crate::model::{
    Body, Does, EmptyText, Field, Fixed, HostId, Location, Method, Model, Object, Operation, ResponseShape, Retry, Type,
};

/// `impl Request`: the operation as data.
pub(super) fn emit_operation(file: ClientModule<'_>, object: &Object, operation: &Operation) -> TokenStream {
    let name = ident(&object.name);
    let answer = emit_answer_type(file.model, operation);
    let (id, path) = (&operation.id, &operation.path.template);
    let method = match operation.method {
        Method::Get => quote!(get),
        Method::Post => quote!(post),
        Method::Delete => quote!(delete),
        Method::Patch => quote!(patch),
    };
    let settings = emit_settings(file, operation);
    quote! {
        impl Request for #name {
            type Answer = #answer;
            const OPERATION: &'static Operation = &Operation::#method(#id, #path) #settings;
        }
    }
}

/// What differs from the defaults of an operation.
fn emit_settings(file: ClientModule<'_>, operation: &Operation) -> TokenStream {
    let host = (operation.host != HostId(0)).then(|| {
        let url = &file.model[operation.host].url;
        quote!(.host(#url))
    });
    let fixed = emit_fixed(operation, Location::Query).map(|values| quote!(.fixed(&[#values])));
    let fixed_in_body = emit_fixed(operation, Location::Body).map(|values| quote!(.fixed_in_body(&[#values])));
    let body = match &operation.body {
        Body::None => None,
        Body::Json => Some(quote!(.json())),
        Body::Multipart { data: Some(data) } => Some(quote!(.multipart(Some(#data)))),
        Body::Multipart { data: None } => Some(quote!(.multipart(None))),
    };
    let empty_text = match operation.empty_text {
        EmptyText::LeftOut => Some(quote!(.without_empty_text())),
        EmptyText::Sent => None,
    };
    let retry = match (operation.method, operation.retry) {
        (Method::Get, Retry::Safe) | (Method::Post | Method::Delete | Method::Patch, Retry::IfNotSent) => None,
        (_, Retry::Safe) => Some(quote!(.retry(Retry::Safe))),
        (_, Retry::IfNotSent) => Some(quote!(.retry(Retry::IfNotSent))),
        (_, Retry::Never) => Some(quote!(.retry(Retry::Never))),
    };
    let shape = match &operation.answer.shape {
        ResponseShape::Bare => None,
        ResponseShape::Under(key) if operation.answer.unwrapped.is_some() => Some(quote!(.under_or_bare(#key))),
        ResponseShape::Under(key) => Some(quote!(.under(#key))),
        ResponseShape::Says { key, .. } => Some(quote!(.says(#key))),
        ResponseShape::List { key, total, .. } => Some(quote!(.list(#key, &[#(#total),*]))),
    };
    let deferred = operation.deferral.as_ref().and_then(|keys| keys.url.constraints.format.as_ref()).map(|format| {
        let authority = emit_authority(file.module, &format.authority);
        quote!(.deferred(Authority::#authority))
    });
    let changes = matches!(operation.does, Does::Update | Does::Delete).then(|| quote!(.changes_object()));
    quote!(#host #fixed #fixed_in_body #body #empty_text #retry #shape #deferred #changes)
}

/// The names and values that are fixed in this place, if there are any.
fn emit_fixed(operation: &Operation, location: Location) -> Option<TokenStream> {
    let fixed: Vec<_> = operation.fixed.iter().filter(|fixed| fixed.location == location).collect();
    let values = fixed.iter().map(|Fixed { name, value, .. }| quote!((#name, #value)));
    (!fixed.is_empty()).then(|| quote!(#(#values),*))
}

/// The type of the answer.
pub(super) fn emit_answer_type(model: &Model, operation: &Operation) -> TokenStream {
    let answer = emit_type(model, &operation.answer.ty);
    match operation.answer.shape {
        ResponseShape::Bare | ResponseShape::Under(_) => quote!(#answer),
        ResponseShape::Says { .. } => quote!(Confirmation),
        ResponseShape::List { beside: None, .. } => quote!(Page<#answer>),
        ResponseShape::List { beside: Some(beside), .. } => {
            let beside = ident(&model[beside].name);
            quote!(Page<#answer, #beside>)
        }
    }
}

/// Whether the pages of a list can be requested one after the other.
pub(super) fn is_paged(model: &Model, object: &Object, operation: &Operation) -> bool {
    let offset = &model.pages.offset;
    let is_offset =
        |field: &Field| field.name == *offset && field.location == Location::Query && field.ty == Type::Integer;
    matches!(operation.answer.shape, ResponseShape::List { .. }) && object.fields.iter().any(is_offset)
}
