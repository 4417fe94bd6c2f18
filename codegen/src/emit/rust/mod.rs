//! The Rust client: a module for each resource, one for the types that they share, and the list of them.

mod builders;
mod choices;
mod client_module;
mod constraints;
mod doc_block;
mod docs;
mod enums;
mod example;
mod example_fields;
mod features;
mod from_answer;
mod handle;
mod imports;
mod layout;
mod macro_call;
mod macro_table;
mod module;
mod objects;
mod operation;
mod preview;
mod requests;
mod resources;
mod schema;
mod sdk_names;
mod sources;
mod types;

pub(super) use self::docs::line;
pub(super) use self::example::sample;
pub(super) use self::example_fields::fields_to_set;
pub(super) use self::features::emit_features;
pub(super) use self::module::DIRECTORY;
use crate::cores::on_all_cores;
use crate::emit::output::Output;
use crate::model::{Model, Owner, ResourceId};
use module::ClientModule;

/// The files of the client.
pub(super) fn emit(model: &Model) -> Vec<Output> {
    let modules: Vec<_> = modules(model).collect();
    let mut files = on_all_cores(&modules, ClientModule::weight, |_, file| client_module::emit_module(*file));
    files.push(resources::emit_resources(model));
    files
}

/// Emits one module after the other.
pub(super) fn emit_on_one_core(model: &Model) -> Vec<Output> {
    modules(model).map(client_module::emit_module).collect()
}

/// Emits the tokens of all modules, and lays out none of them. Returns how many there are.
pub(super) fn count_tokens(model: &Model) -> usize {
    let pieces = modules(model).flat_map(|file| client_module::pieces(file).chain(preview::emit_preview(file)));
    pieces.map(|piece| piece.into_iter().count()).sum()
}

/// Writes the examples of all operations. Returns how many lines they have.
pub(super) fn count_example_lines(model: &Model) -> usize {
    let operations = modules(model).flat_map(|file| [false, true].map(|is_preview| (file, is_preview)));
    let operations = operations.flat_map(|(file, is_preview)| file.operations(is_preview).map(move |it| (file, it)));
    operations.map(|(file, operation)| example::example(file, operation).len()).sum()
}

/// The modules of the client: one for each resource, and then that of what they share.
fn modules(model: &Model) -> impl Iterator<Item = ClientModule<'_>> {
    let resources = (0..model.resources.len()).map(|index| Owner::Resource(ResourceId(index)));
    let owners = resources.chain([Owner::Shared]);
    owners.filter_map(|owner| Some(ClientModule { model, owner, module: model.module(owner)? }))
}
