//! The model to tokens and text: one file for each thing that is emitted. Nothing here can fail.

mod builder;
mod docs;
mod enums;
mod features;
mod handle;
mod imports;
mod objects;
mod requests;
mod schema;
mod types;

use quote::{format_ident, quote};

use crate::format;
use crate::model::{Model, Object, Resource, Role};

/// A file that the generator owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its path from the directory of generated resources.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Everything that is generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outputs {
    /// The files of `generated-client/src/resources/`, ordered by path.
    pub files: Vec<Output>,
    /// The lines of `generated-client/Cargo.toml` between the two marks.
    pub features: String,
}

pub(crate) fn emit(model: &Model) -> Outputs {
    let mut files: Vec<_> = model.resources.iter().map(|resource| resource_file(model, resource)).collect();
    files.push(module_file(model));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Outputs { files, features: features::emit_features(model) }
}

fn module_file(model: &Model) -> Output {
    let (name, id, token) = (&model.name, &model.auth.id_variable, &model.auth.token_variable);
    let modules = model.resources.iter().map(|resource| {
        let (feature, ident) = (&resource.name, format_ident!("{}", resource.ident));
        quote! {
            #[cfg(feature = #feature)]
            pub mod #ident;
        }
    });
    let host = model.hosts.first().map_or("", |host| &host.url);
    let tokens = quote! {
        use crate::runtime::Api;
        #(#modules)*
        #[doc = " The API that the resources belong to."]
        pub(crate) const API: Api = Api { name: #name, host: #host, id_variable: #id, token_variable: #token };
    };
    Output { path: "mod.rs".to_owned(), text: format::file("spec/plivo.yaml", &[], [tokens]) }
}

fn resource_file(model: &Model, resource: &Resource) -> Output {
    let imports = imports::emit_imports(model, resource);
    let sources = schema::emit_sources(model, resource);
    let handle = handle::emit_handle(model, resource);
    let requests = resource.operations.iter().map(|operation| requests::emit_request(model, resource, operation));
    let enums = enums_of(model, resource).map(enums::emit_enum);
    let parts = objects_of(model, resource, Role::Part).map(|part| objects::emit_part(model, resource, part));
    let answers = objects_of(model, resource, Role::Answer).map(|answer| objects::emit_answer(model, resource, answer));
    let markers = builder::emit_markers(model, resource);
    let pieces = [imports, sources, handle].into_iter().chain(requests).chain(parts).chain(enums).chain(answers);
    let pieces = pieces.chain([markers]);
    let head = module_head(model, resource);
    Output { path: format!("{}.rs", resource.ident), text: format::file(&resource.file, &head, pieces) }
}

/// What the resource is, and who states the limits that its documentation names.
fn module_head(model: &Model, resource: &Resource) -> Vec<String> {
    let mut head = docs::lines(&resource.summary);
    let used = schema::used_sources(model, resource);
    if !used.is_empty() {
        head.extend([String::new(), "Sources of the limits:".to_owned(), String::new()]);
    }
    for (_, source) in resource.sources.iter().enumerate().filter(|(index, _)| used.contains(index)) {
        let url = source.url.as_ref().map(|url| format!(", {url}")).unwrap_or_default();
        head.extend(docs::lines(&format!("- `{}`: {}{url}", source.name, source.says)));
    }
    head
}

fn objects_of<'m>(model: &'m Model, resource: &'m Resource, role: Role) -> impl Iterator<Item = &'m Object> {
    model.objects.iter().filter(move |object| object.role == role && belongs(model, resource, object.resource.0))
}

fn enums_of<'m>(model: &'m Model, resource: &'m Resource) -> impl Iterator<Item = &'m crate::model::Enum> {
    model.enums.iter().filter(|listed| belongs(model, resource, listed.resource.0))
}

fn belongs(model: &Model, resource: &Resource, index: usize) -> bool {
    model.resources.get(index).is_some_and(|owner| owner.name == resource.name)
}
