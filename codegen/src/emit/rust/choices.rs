//! Choices: enums with one variant for each form of a text.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::emit_doc;
use super::types::ident;
use crate::model::{Choice, Form};

pub(super) fn emit_choice(choice: &Choice) -> TokenStream {
    let name = ident(&choice.name);
    let doc = emit_doc(std::slice::from_ref(&choice.summary));
    let variants = choice.forms.iter().map(|form| {
        let (doc, variant) = (emit_doc(&[format!("`{}`", form.template())]), ident(&form.ident));
        quote!(#doc #variant(FormText),)
    });
    let forms = choice.forms.iter().map(|Form { ident: variant, method, prefix, suffix, .. }| {
        let (variant, method) = (ident(variant), ident(method));
        quote!(#variant #method #prefix #suffix)
    });
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }

        choice!(#name #(, #forms)*);
    }
}
