//! The Rust types of fields, and the arguments of setters.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Field, Location, Model, Object, Presence, Type};

pub(super) fn ident(name: &str) -> Ident {
    format_ident!("{name}")
}

/// The type of a value.
pub(super) fn emit_type(model: &Model, ty: &Type) -> TokenStream {
    match ty {
        Type::Text => quote!(String),
        Type::Integer => quote!(i64),
        Type::Number => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Timestamp => quote!(Timestamp),
        Type::Decimal => quote!(Decimal),
        Type::Any => quote!(serde_json::Value),
        Type::File => quote!(File),
        Type::Enum(id) => {
            let name = ident(&model[*id].name);
            quote!(#name)
        }
        Type::Object(id) => {
            let name = ident(&model[*id].name);
            quote!(#name)
        }
        Type::List(items) => {
            let items = emit_type(model, items);
            quote!(Vec<#items>)
        }
        Type::Map(items) => {
            let items = emit_type(model, items);
            quote!(BTreeMap<String, #items>)
        }
    }
}

/// The type of a struct's field.
pub(super) fn emit_field_type(model: &Model, field: &Field) -> TokenStream {
    let ty = emit_type(model, &field.ty);
    match field.presence {
        Presence::Always(_) => ty,
        Presence::Required(_) | Presence::Optional | Presence::AnswerOnly => quote!(Option<#ty>),
    }
}

/// The type of the argument of an optional field's setter, and its conversion to the field.
pub(super) fn emit_optional_argument(model: &Model, field: &Field) -> (TokenStream, TokenStream) {
    let (name, ty) = (ident(&field.ident), emit_type(model, &field.ty));
    (quote!(impl IntoOptional<#ty>), quote!(#name.into_optional()))
}

/// The type of the argument of a required field's setter, and its conversion to the field.
pub(super) fn emit_argument(model: &Model, field: &Field) -> (TokenStream, TokenStream) {
    let (name, ty) = (ident(&field.ident), emit_type(model, &field.ty));
    (quote!(impl IntoValue<#ty>), quote!(Some(#name.into_value())))
}

/// The only path parameter of a request, which the operation's method takes as an argument.
pub(super) fn positional(object: &Object) -> Option<&Field> {
    let mut path = object.fields.iter().filter(|field| field.location == Location::Path);
    let first = path.next()?;
    path.next().is_none().then_some(first)
}
