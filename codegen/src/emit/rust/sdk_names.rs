//! The names that the official SDKs have for an operation: a line of documentation, and aliases for the search of
//! rustdoc and for the completion of editors.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::emit_own_doc;
use crate::model::{Model, Operation, Registry, Resource};

/// The documentation that follows the request line of a method, and its aliases.
pub(super) fn emit_method_names(model: &Model, resource: &Resource, operation: &Operation) -> TokenStream {
    let mut languages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (language, calls) in paths(model, operation) {
        languages.entry(calls).or_default().push(language);
    }
    let names: Vec<_> =
        languages.iter().map(|(calls, languages)| format!("`{calls}` ({})", languages.join(", "))).collect();
    let doc = (!names.is_empty()).then(|| {
        let doc = emit_own_doc(&format!("In Plivo's SDKs: {}.", names.join(", ")));
        quote!(#[doc = ""] #doc)
    });
    // `get` finds the method of that name, not another one that an SDK calls `get`.
    let is_own = |name: &&str| !resource.operations.iter().any(|operation| operation.ident == *name);
    let short = languages.keys().filter_map(|calls| calls.rsplit('.').next()).filter(is_own);
    let aliases = emit_aliases(&operation.ident, languages.keys().copied().chain(short));
    quote!(#doc #aliases)
}

/// The aliases of the method that returns the handle of a resource.
pub(super) fn emit_handle_names(model: &Model, resource: &Resource) -> TokenStream {
    let paths = resource.operations.iter().flat_map(|operation| paths(model, operation));
    emit_aliases(&resource.module.ident, paths.filter_map(|(_, calls)| calls.split('.').next()))
}

/// The languages of the SDKs that have the operation, with the path to the method.
fn paths<'m>(model: &'m Model, operation: &'m Operation) -> impl Iterator<Item = (&'static str, &'m str)> {
    model.sdks.iter().flat_map(move |sdk| {
        let language = match sdk.registry {
            Registry::PyPi => "Python",
            Registry::Npm => "Node",
        };
        let methods = sdk.methods.iter().filter(|method| method.operation == operation.id);
        methods.map(move |method| (language, method.calls.as_str()))
    })
}

/// An item has each alias once, and none that is its own name.
fn emit_aliases<'m>(ident: &str, names: impl Iterator<Item = &'m str>) -> TokenStream {
    let names: BTreeSet<_> = names.filter(|name| *name != ident.trim_start_matches("r#")).collect();
    let names = names.iter();
    quote!(#(#[doc(alias = #names)])*)
}
