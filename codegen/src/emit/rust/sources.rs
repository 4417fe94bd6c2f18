//! The sources of a module as constants, and the constants that its facts name.

use std::collections::BTreeSet;
use std::ptr;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::module::ClientModule;
use super::types::ident;
use crate::emit::words;
use crate::model::{Authority, Consequence, Level, Module, Object, Presence, Role, Source, SourceId, Sources};
use crate::text::enumeration;

/// `const PAGE: &Source = ..`, and one constant for sources that state a fact together.
pub(super) fn emit_sources(file: ClientModule<'_>, used: &BTreeSet<Sources>) -> TokenStream {
    let constants = used.iter().map(|sources| {
        let of = |part: fn(&Source) -> &str| sources.iter().map(move |id| part(&file.module[*id]));
        let name = enumeration(of(|source| &source.name));
        let says = enumeration(of(|source| &source.says));
        let constant = emit_constant(file.module, sources);
        quote! { const #constant: &Source = &Source::new(#name, #says); }
    });
    quote! { #(#constants)* }
}

/// The name of the constant of sources. No single source has two underscores in a row.
fn emit_constant(module: &Module, sources: &Sources) -> Ident {
    let idents: Vec<_> = sources.iter().map(|id| module[*id].ident.as_str()).collect();
    ident(&idents.join("__"))
}

/// `Error(PAGE)`
pub(super) fn emit_authority(module: &Module, authority: &Authority) -> TokenStream {
    let source = emit_constant(module, &authority.sources);
    match authority.level {
        Level::Error => quote!(Error(#source)),
        Level::Warn => quote!(Warning(#source)),
    }
}

/// The sources that the constraints of the module name.
pub(super) fn used_sources(file: ClientModule<'_>) -> BTreeSet<Sources> {
    let mut used = sources_of(file.objects());
    used.extend(sources_of_deferrals(file, false).chain(sources_of_deferrals(file, true)));
    used
}

/// The sources that the documentation of the module names: those of constraints, of defaults and of deferrals.
pub(super) fn documented_sources(file: ClientModule<'_>) -> BTreeSet<SourceId> {
    let fields = file.objects().filter(|object| object.role != Role::Answer).flat_map(|object| &object.fields);
    let defaults = fields.filter_map(words::documented_default).map(|default| &default.sources);
    let operations = file.operations(false).chain(file.operations(true));
    let deferrals = operations.filter_map(|operation| operation.deferral.as_ref()).map(|keys| &keys.url.sources);
    let used = used_sources(file);
    used.iter().chain(defaults).chain(deferrals).flat_map(Sources::iter).copied().collect()
}

/// The sources that the constraints of the module name, without those of requests that are not released.
pub(super) fn sources_without_preview(file: ClientModule<'_>) -> BTreeSet<Sources> {
    let preview: Vec<_> = file.operations(true).map(|operation| &file.model[operation.request]).collect();
    let is_preview = |object: &Object| preview.iter().any(|request| ptr::eq(*request, object));
    let mut used = sources_of(file.objects().filter(|object| !is_preview(object)));
    used.extend(sources_of_deferrals(file, false));
    used
}

fn sources_of<'m>(objects: impl Iterator<Item = &'m Object>) -> BTreeSet<Sources> {
    let objects = objects.filter(|object| object.role != Role::Answer);
    objects.flat_map(authorities).map(|authority| authority.sources.clone()).collect()
}

/// The sources of the formats of URLs to which operations send their result.
fn sources_of_deferrals(file: ClientModule<'_>, is_preview: bool) -> impl Iterator<Item = Sources> {
    let keys = file.operations(is_preview).filter_map(|operation| operation.deferral.as_ref());
    keys.flat_map(|keys| keys.url.constraints.authorities()).map(|authority| authority.sources.clone())
}

fn authorities(object: &Object) -> Vec<&Authority> {
    let mut found: Vec<_> = object.at_least.iter().map(|limit| &limit.authority).collect();
    for rule in &object.rules {
        match &rule.then {
            Consequence::Needs(_, authority) | Consequence::Count { authority, .. } => found.push(authority),
            Consequence::MaySkip(_) => {}
        }
    }
    for field in &object.fields {
        if let Presence::Required(authority) = &field.presence {
            found.push(authority);
        }
        found.extend(field.constraints.authorities());
    }
    found
}
