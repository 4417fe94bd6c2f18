//! The list of the client's modules, and the API that they belong to.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::layout;
use super::module::DIRECTORY;
use super::types::ident;
use crate::emit::output::Output;
use crate::model::{Deferral, Model, ResponseShape};

pub(super) fn emit_resources(model: &Model) -> Output {
    let (name, id, token) = (&model.name, &model.auth.id_variable, &model.auth.token_variable);
    let modules = model.resources.iter().map(|resource| {
        let (feature, name) = (&resource.name, ident(&resource.module.ident));
        quote! {
            #[cfg(feature = #feature)]
            pub mod #name;
        }
    });
    let shared = model.shared.as_ref().map(|module| {
        let name = ident(&module.ident);
        quote!(pub mod #name;)
    });
    let hosts = model.hosts.iter().map(|host| &host.url);
    let refusal = &model.errors.refusal;
    let (limit, offset) = (&model.pages.limit, &model.pages.offset);
    let cursor = match &model.pages.cursor {
        Some(cursor) => quote!(Some(#cursor)),
        None => quote!(None),
    };
    let deferral = match &model.deferral {
        Some(deferral) => emit_deferral(deferral),
        None => quote!(None),
    };
    let messages = model.errors.messages.iter().map(|path| format!("/{}", path.replace('.', "/")));
    let tokens = quote! {
        #(#modules)*
        #shared
        #[doc = " The API that the resources belong to."]
        pub(crate) const API: Api = Api {
            name: #name,
            hosts: &[#(#hosts),*],
            id_variable: #id,
            token_variable: #token,
            refusal: #refusal,
            limit: #limit,
            offset: #offset,
            cursor: #cursor,
            deferral: #deferral,
            messages: &[#(#messages),*],
        };

        impl Generated for ThisCrate {
            const API: &'static Api = &API;
        }
    };
    let text = layout::file("spec/plivo.yaml", &[], Imports::new(BTreeMap::new()), [tokens].into_iter(), None);
    Output { path: format!("{}/mod.rs", DIRECTORY.path), text }
}

/// How requests defer their result: the keys of the request, and the key of the sentence in the answer.
fn emit_deferral(deferral: &Deferral) -> TokenStream {
    let Deferral { url, method, answer, .. } = deferral;
    let says = match &answer.shape {
        ResponseShape::Says { key, .. } | ResponseShape::Under(key) | ResponseShape::List { key, .. } => key,
        ResponseShape::Bare => "",
    };
    quote!(Some(Deferral { url: #url, method: #method, says: #says }))
}
