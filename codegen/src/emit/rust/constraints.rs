//! The constraints of a field as facts in the table of its object.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::module::ClientModule;
use super::sources::emit_authority;
use super::types::ident;
use crate::model::{Constraint, Constraints, DeclaredFormat, Format};

pub(super) fn emit_checks(file: ClientModule<'_>, constraints: &Constraints) -> Vec<TokenStream> {
    let module = file.module;
    let count = |name: &str, limit: &Option<Constraint<u64>>| {
        limit.as_ref().map(|limit| {
            let (name, is) = (ident(name), Literal::u64_unsuffixed(limit.is));
            let authority = emit_authority(module, &limit.authority);
            quote!(#name(#is, #authority))
        })
    };
    let range = |name: &str, limit: &Option<Constraint<i64>>| {
        limit.as_ref().map(|limit| {
            let (name, digits) = (ident(name), Literal::u64_unsuffixed(limit.is.unsigned_abs()));
            let is = if limit.is < 0 { quote!(-#digits) } else { quote!(#digits) };
            let authority = emit_authority(module, &limit.authority);
            quote!(#name(#is, #authority))
        })
    };
    let format = constraints.format.as_ref().map(|limit| {
        let (format, authority) = (emit_format(file, limit.is), emit_authority(module, &limit.authority));
        quote!(Format(#format, #authority))
    });
    let content_types = constraints.content_types.as_ref().map(|types| {
        let (are, authority) = (&types.are, emit_authority(module, &types.authority));
        quote!(ContentTypes(&[#(#are),*], #authority))
    });
    let values = constraints.values.as_ref().map(|authority| {
        let authority = emit_authority(module, authority);
        quote!(Values(#authority))
    });
    let facts = [
        count("MinLength", &constraints.min_length),
        count("MaxLength", &constraints.max_length),
        range("Min", &constraints.min),
        range("Max", &constraints.max),
        format,
        count("MinItems", &constraints.min_items),
        count("MaxItems", &constraints.max_items),
        count("MaxBytes", &constraints.max_bytes),
        content_types,
        values,
    ];
    facts.into_iter().flatten().collect()
}

fn emit_format(file: ClientModule<'_>, format: Format) -> TokenStream {
    match format {
        Format::Country => quote!(Format::Country),
        Format::E164 => quote!(Format::E164),
        Format::Email => quote!(Format::Email),
        Format::Uuid => quote!(Format::Uuid),
        Format::Url => quote!(Format::Url),
        Format::Date => quote!(Format::Date),
        Format::DateTime => quote!(Format::DateTime),
        Format::Declared(id) => {
            let declared = emit_declared(&file.model[id]);
            quote!(Format::Declared(&#declared))
        }
    }
}

fn emit_declared(format: &DeclaredFormat) -> TokenStream {
    let (says, prefix) = (format.in_words(), &format.prefix);
    let (least, most) = (Literal::u64_unsuffixed(format.least), Literal::u64_unsuffixed(format.most));
    let alphabet = format.alphabet.iter().map(|characters| {
        let (first, last) = characters.range();
        quote!((#first, #last))
    });
    quote!(DeclaredFormat { says: #says, prefix: #prefix, least: #least, most: #most, alphabet: &[#(#alphabet),*] })
}
