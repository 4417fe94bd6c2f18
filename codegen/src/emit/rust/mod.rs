//! The Rust client: a module for each resource, one for the types that they share, and the list of them.

mod builders;
mod choices;
mod client_module;
mod constraints;
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
use crate::emit::output::Output;
use crate::model::{Model, Owner, ResourceId};
use module::ClientModule;

/// The files of the client.
pub(super) fn emit(model: &Model) -> Vec<Output> {
    let resources = (0..model.resources.len()).map(|index| Owner::Resource(ResourceId(index)));
    let owners = resources.chain([Owner::Shared]);
    let modules = owners.filter_map(|owner| Some(ClientModule { model, owner, module: model.module(owner)? }));
    modules.map(client_module::emit_module).chain([resources::emit_resources(model)]).collect()
}
