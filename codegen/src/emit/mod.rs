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

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::diagnostic::Diagnostics;
use crate::format;
use crate::model::{Enum, Model, Module, Object, Owner, Resource, ResourceId, Role};

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
    /// What is suspicious about the spec, and does not keep anybody from using it.
    pub warnings: Diagnostics,
}

/// A file of the client under way.
#[derive(Clone, Copy)]
struct File<'m> {
    model: &'m Model,
    owner: Owner,
    module: &'m Module,
}

impl<'m> File<'m> {
    /// Its objects.
    fn objects(self) -> impl Iterator<Item = &'m Object> {
        self.model.objects.iter().filter(move |object| object.owner == self.owner)
    }

    fn objects_of(self, role: Role) -> impl Iterator<Item = &'m Object> {
        self.objects().filter(move |object| object.role == role)
    }

    /// Its enumerations.
    fn enums(self) -> impl Iterator<Item = &'m Enum> {
        self.model.enums.iter().filter(move |listed| listed.owner == self.owner)
    }
}

pub(crate) fn emit(model: &Model, warnings: Diagnostics) -> Outputs {
    let resources = model.resources.iter().enumerate();
    let mut files: Vec<_> =
        resources.map(|(index, resource)| resource_file(model, ResourceId(index), resource)).collect();
    files.extend(model.shared.as_ref().map(|module| shared_file(model, module)));
    files.push(module_file(model));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Outputs { files, features: features::emit_features(model), warnings }
}

fn module_file(model: &Model) -> Output {
    let (name, id, token) = (&model.name, &model.auth.id_variable, &model.auth.token_variable);
    let modules = model.resources.iter().map(|resource| {
        let (feature, ident) = (&resource.name, format_ident!("{}", resource.module.ident));
        quote! {
            #[cfg(feature = #feature)]
            pub mod #ident;
        }
    });
    let shared = model.shared.as_ref().map(|module| {
        let ident = format_ident!("{}", module.ident);
        quote!(pub mod #ident;)
    });
    let hosts = model.hosts.iter().map(|host| &host.url);
    let account = &model.auth.account;
    let refusal = &model.errors.refusal;
    let (limit, offset) = (&model.pages.limit, &model.pages.offset);
    let messages = model.errors.messages.iter().map(|place| format!("/{}", place.replace('.', "/")));
    let tokens = quote! {
        use crate::schema::{Api, Generated, ThisCrate};
        #(#modules)*
        #shared
        #[doc = " The API that the resources belong to."]
        pub(crate) const API: Api = Api {
            name: #name,
            hosts: &[#(#hosts),*],
            account: #account,
            id_variable: #id,
            token_variable: #token,
            refusal: #refusal,
            limit: #limit,
            offset: #offset,
            messages: &[#(#messages),*],
        };

        impl Generated for ThisCrate {
            const API: &'static Api = &API;
        }
    };
    Output { path: "mod.rs".to_owned(), text: format::file("spec/plivo.yaml", &[], [tokens]) }
}

fn resource_file(model: &Model, id: ResourceId, resource: &Resource) -> Output {
    let file = File { model, owner: Owner::Resource(id), module: &resource.module };
    let handle = handle::emit_handle(model, resource);
    let requests = resource.operations.iter().map(|operation| requests::emit_request(file, operation));
    module(file, imports::emit_imports(file, Some(resource)), [handle].into_iter().chain(requests))
}

/// The types that resources share.
fn shared_file(model: &Model, shared: &Module) -> Output {
    let file = File { model, owner: Owner::Shared, module: shared };
    module(file, imports::emit_imports(file, None), std::iter::empty())
}

fn module(file: File<'_>, imports: TokenStream, operations: impl Iterator<Item = TokenStream>) -> Output {
    let sources = schema::emit_sources(file);
    let parts = file.objects_of(Role::Part).map(|part| objects::emit_part(file, part));
    let enums = file.enums().map(enums::emit_enum);
    let answers = file.objects_of(Role::Answer).map(|answer| objects::emit_answer(file, answer));
    let markers = builder::emit_markers(file);
    let pieces = [imports, sources].into_iter().chain(operations).chain(parts).chain(enums).chain(answers);
    let text = format::file(&file.module.file, &module_head(file), pieces.chain([markers]));
    Output { path: format!("{}.rs", file.module.ident), text }
}

/// What the file is about, and who states the limits that its documentation names.
fn module_head(file: File<'_>) -> Vec<String> {
    let mut head = docs::lines(&file.module.summary);
    let used = schema::used_sources(file);
    if !used.is_empty() {
        head.extend([String::new(), "Sources of the limits:".to_owned(), String::new()]);
    }
    for (_, source) in file.module.sources.iter().enumerate().filter(|(index, _)| used.contains(index)) {
        let url = source.url.as_ref().map(|url| format!(", {url}")).unwrap_or_default();
        head.extend(docs::lines(&format!("- `{}`: {}{url}", source.name, source.says)));
    }
    head
}
