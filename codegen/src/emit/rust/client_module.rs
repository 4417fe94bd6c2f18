//! The file of a module: its sources, its operations and its types.

use proc_macro2::TokenStream;

use super::imports::Imports;
use super::module::{ClientModule, DIRECTORY};
use super::{builders, choices, docs, enums, handle, layout, objects, preview, requests, sources};
use crate::emit::output::Output;
use crate::emit::words;
use crate::model::Role;

pub(super) fn emit_module(file: ClientModule<'_>) -> Output {
    let imports = Imports::new(file.shared_types());
    let text = layout::file(&file.module.file, &head(file), imports, pieces(file), preview::emit_preview(file));
    Output { path: format!("{}/{}.rs", DIRECTORY.path, file.module.ident), text }
}

/// The code of a module in the order of the file, each piece emitted when it is asked for.
pub(super) fn pieces(file: ClientModule<'_>) -> impl Iterator<Item = TokenStream> {
    let handle = file.resource().map(|resource| handle::emit_handle(file.model, resource));
    let requests = file.operations(false).map(move |operation| requests::emit_request(file, operation));
    let parts = file.objects_of(Role::Part).map(move |part| objects::emit_part(file, part));
    let enums = file.enums().map(enums::emit_enum);
    let choices = file.choices().map(choices::emit_choice);
    let answers = file.objects_of(Role::Answer).map(move |answer| objects::emit_answer(file, answer));
    let sources = sources::emit_sources(file, &sources::sources_without_preview(file));
    let pieces = [sources].into_iter().chain(handle).chain(requests).chain(parts);
    pieces.chain(enums).chain(choices).chain(answers).chain([builders::emit_markers(file)])
}

/// The module documentation: the summary, the feature of the group, and the sources that the documentation names.
fn head(file: ClientModule<'_>) -> Vec<String> {
    let mut head = docs::lines(&file.module.summary);
    if let Some(resource) = file.resource()
        && let Some(group) = resource.group
    {
        head.push(String::new());
        head.extend(docs::lines(&words::features(&resource.name, &file.model[group].name)));
    }
    let named = sources::documented_sources(file);
    if !named.is_empty() {
        head.push(String::new());
        head.extend(docs::lines(words::SOURCES));
        head.push(String::new());
    }
    head.extend(named.into_iter().flat_map(|id| docs::lines(&words::source(&file.module[id]))));
    head
}
