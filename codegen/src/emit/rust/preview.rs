//! Operations that are not released: a module behind the feature `preview`.

use proc_macro2::TokenStream;
use quote::quote;

use super::handle::emit_methods;
use super::imports::Imports;
use super::module::ClientModule;
use super::requests::emit_request;
use super::sources;

/// The module, whose names are also those of the module around it.
pub(super) fn emit_preview(file: ClientModule<'_>) -> Option<TokenStream> {
    let resource = file.resource()?;
    let requests: Vec<_> = file.operations(true).map(|operation| emit_request(file, operation)).collect();
    if requests.is_empty() {
        return None;
    }
    let used = sources::used_sources(file);
    let sources = used.difference(&sources::sources_without_preview(file)).cloned().collect();
    let sources = sources::emit_sources(file, &sources);
    let methods = emit_methods(file.model, resource, file.operations(true));
    let code = quote!(#sources #methods #(#requests)*);
    let mut imports = Imports::new(file.shared_types());
    imports.add(code.clone());
    let imports = imports.emit();
    Some(quote! {
        #[doc = " Operations that Plivo has not released."]
        #[cfg(feature = "preview")]
        mod preview {
            #imports
            use super::*;

            #code
        }

        #[cfg(feature = "preview")]
        pub use self::preview::*;
    })
}
