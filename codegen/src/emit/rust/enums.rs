//! Open enumerations.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::emit_doc;
use super::types::ident;
use crate::model::{Enum, EnumValue};

pub(super) fn emit_enum(listed: &Enum) -> TokenStream {
    let name = ident(&listed.name);
    let doc = emit_doc(std::slice::from_ref(&listed.summary));
    let variants: Vec<_> = listed.values.iter().map(|value| ident(&value.ident)).collect();
    let wires = listed.values.iter().map(|value| &value.wire);
    let docs = listed.values.iter().map(emit_value_doc);
    quote! {
        open_enum! {
            #doc
            pub enum #name {
                #(#docs #variants = #wires,)*
            }
        }
    }
}

fn emit_value_doc(value: &EnumValue) -> TokenStream {
    let text = match &value.summary {
        Some(summary) => format!("`{}`: {summary}", value.wire.replace('`', "'")),
        None => format!("`{}`", value.wire.replace('`', "'")),
    };
    emit_doc(&[text])
}
