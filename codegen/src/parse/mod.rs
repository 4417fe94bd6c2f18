//! Nodes to documents: one function for each construct of the language, in the order of its keys.

mod api;
mod authorship;
mod constraints;
mod contradictions;
mod entries;
mod examples;
mod fields;
mod like;
mod marks;
mod operations;
mod resource;
mod sdk;
mod states;
mod words;

use self::examples::ExampleFile;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ApiDoc, ResourceDoc, SdkDoc};
use crate::spec_file::SpecFile;
use crate::yaml;

/// The documents of a spec.
pub(crate) struct Documents {
    pub(crate) api: Option<ApiDoc>,
    /// What resources share, which has a file of its own.
    pub(crate) shared: Option<ResourceDoc>,
    /// Whether this file is there and cannot be read.
    pub(crate) shared_is_unread: bool,
    pub(crate) resources: Vec<ResourceDoc>,
    pub(crate) sdks: Vec<SdkDoc>,
}

/// Reads every file. What cannot be read is reported and left out.
pub(crate) fn parse(files: &[SpecFile], diagnostics: &mut Diagnostics) -> Documents {
    let mut documents =
        Documents { api: None, shared: None, shared_is_unread: false, resources: Vec::new(), sdks: Vec::new() };
    if !files.iter().any(SpecFile::is_api) {
        diagnostics.push(
            Diagnostic::new(Code::MissingFile, "`spec/plivo.yaml` is missing")
                .help("create it: it names the API, its hosts and its authentication; spec/README.md lists its keys"),
        );
    }
    let mut examples = Vec::new();
    for (file, spec_file) in files.iter().enumerate() {
        let Some(node) = yaml::read(spec_file, file, diagnostics) else { continue };
        if spec_file.is_resource() {
            documents.resources.extend(resource::resource(&node, file, diagnostics));
        } else if spec_file.is_examples() {
            examples.push((spec_file, ExampleFile::read(node, diagnostics)));
        } else if spec_file.is_sdk() {
            documents.sdks.extend(sdk::sdk(&node, file, diagnostics));
        } else if spec_file.is_shared() {
            documents.shared = resource::shared(&node, file, diagnostics);
        } else {
            documents.api = api::api(&node, diagnostics);
        }
    }
    documents.shared_is_unread = documents.shared.is_none() && files.iter().any(SpecFile::is_shared);
    for (file, examples) in examples {
        examples.attach(file, &mut documents.resources, diagnostics);
    }
    documents
}
