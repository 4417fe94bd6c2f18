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
use crate::cores::on_all_cores;
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

/// What one file contains. A document that is `None` cannot be read, which is reported.
enum Content {
    Api(Option<Box<ApiDoc>>),
    Shared(Option<ResourceDoc>),
    Resource(Option<ResourceDoc>),
    Examples(ExampleFile),
    Sdk(Option<SdkDoc>),
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
    let none = diagnostics.without_any();
    let contents = on_all_cores(
        files,
        |file| file.text.len(),
        |file, spec_file| {
            let mut found = none.without_any();
            (content(spec_file, file, &mut found), found)
        },
    );
    let mut examples = Vec::new();
    for ((content, found), spec_file) in contents.into_iter().zip(files) {
        diagnostics.add(found);
        match content {
            None => {}
            Some(Content::Api(doc)) => documents.api = doc.map(|doc| *doc),
            Some(Content::Shared(doc)) => documents.shared = doc,
            Some(Content::Resource(doc)) => documents.resources.extend(doc),
            Some(Content::Examples(file)) => examples.push((spec_file, file)),
            Some(Content::Sdk(doc)) => documents.sdks.extend(doc),
        }
    }
    documents.shared_is_unread = documents.shared.is_none() && files.iter().any(SpecFile::is_shared);
    for (file, examples) in examples {
        examples.attach(file, &mut documents.resources, diagnostics);
    }
    documents
}

/// Reads one file. `None`: it is no YAML, which is reported.
fn content(spec_file: &SpecFile, file: usize, diagnostics: &mut Diagnostics) -> Option<Content> {
    let node = yaml::read(spec_file, file, diagnostics)?;
    Some(if spec_file.is_resource() {
        Content::Resource(resource::resource(&node, file, diagnostics))
    } else if spec_file.is_examples() {
        Content::Examples(ExampleFile::read(node, diagnostics))
    } else if spec_file.is_sdk() {
        Content::Sdk(sdk::sdk(&node, file, diagnostics))
    } else if spec_file.is_shared() {
        Content::Shared(resource::shared(&node, file, diagnostics))
    } else {
        Content::Api(api::api(&node, diagnostics).map(Box::new))
    })
}
