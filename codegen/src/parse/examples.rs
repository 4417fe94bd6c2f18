//! Examples: in the file of their resource, or in a file of `examples/`.

use super::authorship::authorship;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ExampleDoc, Map, ResourceDoc};
use crate::language::EXAMPLE;
use crate::reader::{Keys, count, data, data_by_name, did_you_mean, map, texts};
use crate::spec_file::SpecFile;
use crate::yaml::{Data, Node};

pub(super) fn example(node: &Node, diagnostics: &mut Diagnostics) -> Option<ExampleDoc> {
    let mut keys = Keys::open(node, &EXAMPLE, diagnostics)?;
    let source = authorship(&mut keys, diagnostics);
    let request = keys.read("request", data, diagnostics);
    let sends = keys.read("sends", data_by_name, diagnostics);
    let warns = keys.read("warns", texts, diagnostics);
    let answer = keys.read("answer", data, diagnostics);
    let status = keys.read("status", count, diagnostics);
    keys.close(diagnostics);
    let (sends, warns) = (sends.unwrap_or_default(), warns.unwrap_or_default());
    Some(ExampleDoc { by: source, request: request?, sends, warns, answer, status, span: node.span })
}

/// The examples in a file of their own.
pub(super) struct ExampleFile {
    node: Node,
    examples: Map<ExampleDoc>,
}

impl ExampleFile {
    pub(super) fn read(node: Node, diagnostics: &mut Diagnostics) -> Self {
        let examples = map(&node, example, diagnostics).unwrap_or_default();
        Self { node, examples }
    }

    /// Gives the examples to the resource after which the file is named.
    pub(super) fn attach(self, file: &SpecFile, resources: &mut [ResourceDoc], diagnostics: &mut Diagnostics) {
        let Some(doc) = resources.iter_mut().find(|doc| doc.resource.is == file.stem()) else {
            // The resource may be there, and broken.
            if !diagnostics.has_errors() {
                diagnostics.push(unknown_resource(file, resources, &self.node));
            }
            return;
        };
        if let Some((first, _)) = doc.examples.first() {
            diagnostics.push(
                Diagnostic::new(Code::MisplacedKey, format!("the examples of `{}` are in two files", file.stem()))
                    .at(self.node.head(), "the examples of the resource")
                    .with(first.span, "the file of the resource has examples too")
                    .help("move all of them into one of the two files"),
            );
            return;
        }
        if let Data::Map(entries) = &self.node.data {
            let is_read = |name: &str| self.examples.iter().any(|(read, _)| read.is == name);
            for entry in entries.iter().filter(|entry| !is_read(&entry.key)) {
                diagnostics.mark_broken(doc.file, &entry.key);
            }
        }
        doc.examples = self.examples;
    }
}

fn unknown_resource(file: &SpecFile, resources: &[ResourceDoc], node: &Node) -> Diagnostic {
    let names = resources.iter().map(|doc| doc.resource.is.as_str());
    let close = did_you_mean(file.stem(), names);
    Diagnostic::new(Code::UnknownResource, format!("unknown resource `{}`", file.stem()))
        .at(node.head(), "no file of `resources/` declares it")
        .help(close.unwrap_or_else(|| "name the file like the resource: `spec/examples/<resource>.yaml`".to_owned()))
}
