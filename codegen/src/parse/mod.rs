//! Nodes to documents: one function for each thing that the language has, in the order of its keys.

mod api;
mod fields;
mod operations;
mod resource;
mod sdk;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ApiDoc, ResourceDoc, SdkDoc};
use crate::source::Source;
use crate::yaml;

/// The documents of a spec.
pub(crate) struct Documents {
    pub(crate) api: Option<ApiDoc>,
    /// The types that resources share, which stand in a file of their own.
    pub(crate) shared: Option<ResourceDoc>,
    pub(crate) resources: Vec<ResourceDoc>,
    pub(crate) sdks: Vec<SdkDoc>,
}

/// Reads every source. What could not be read is reported and left out.
pub(crate) fn parse(sources: &[Source], diagnostics: &mut Diagnostics) -> Documents {
    let mut documents = Documents { api: None, shared: None, resources: Vec::new(), sdks: Vec::new() };
    if !sources.iter().any(Source::is_api) {
        diagnostics.push(
            Diagnostic::new(Code::MissingFile, "`spec/plivo.yaml` is missing")
                .help("it names the API, its hosts and how a caller identifies itself; see spec/README.md"),
        );
    }
    for (file, source) in sources.iter().enumerate() {
        let Some(node) = yaml::read(source, file, diagnostics) else { continue };
        if source.is_resource() {
            documents.resources.extend(resource::resource(&node, file, diagnostics));
        } else if source.is_sdk() {
            documents.sdks.extend(sdk::sdk(&node, file, diagnostics));
        } else if source.is_shared() {
            documents.shared = resource::shared(&node, file, diagnostics);
        } else {
            documents.api = api::api(&node, diagnostics);
        }
    }
    documents
}
