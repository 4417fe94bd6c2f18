//! `parent`: the resource whose objects contain those of another.

use super::references::{self, same_name, unknown};
use super::shared::Shared;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ParentDoc, ResourceDoc};
use crate::model::{Model, Parent, ResourceId};

/// Gives each resource its parent. Resources have the order of their documents.
pub(super) fn parents(docs: &[&ResourceDoc], shared: &Shared<'_>, model: &mut Model, diagnostics: &mut Diagnostics) {
    let find = |name: &str| docs.iter().position(|doc| doc.resource.is == name);
    let are_complete = model.resources.len() == docs.len();
    for (index, doc) in docs.iter().enumerate() {
        let Some(parent) = &doc.parent else { continue };
        let Some(outer) = find(&parent.resource.is) else {
            let names = || docs.iter().map(|doc| doc.resource.is.as_str());
            unknown(diagnostics, &references::RESOURCE, &parent.resource, names);
            continue;
        };
        check_key(doc, shared, parent, diagnostics);
        check_method(docs, index, outer, diagnostics);
        let chain = chain(docs, index);
        if chain.last().is_some_and(|(last, _)| *last == index) {
            diagnostics.push(
                Diagnostic::new(Code::ParentInItself, format!("`{}` contains itself", doc.resource.is))
                    .at(parent.resource.span, "this leads back to the resource")
                    .help("remove one `parent`"),
            );
            continue;
        }
        for (_, outer) in &chain {
            check_paths(doc, outer, diagnostics);
        }
        if are_complete {
            let (resource, key) = (ResourceId(outer), parent.key.is.clone());
            model.resources[index].parent = Some(Parent { resource, key, is_made: parent.is_made });
        }
    }
}

/// The parents of a resource, from the inside out, until one repeats.
fn chain<'d>(docs: &[&'d ResourceDoc], index: usize) -> Vec<(usize, &'d ParentDoc)> {
    let mut chain: Vec<(usize, &ParentDoc)> = Vec::new();
    let mut inner = index;
    while let Some(parent) = &docs[inner].parent {
        let Some(outer) = docs.iter().position(|doc| doc.resource.is == parent.resource.is) else { break };
        if chain.iter().any(|(seen, _)| *seen == outer) {
            break;
        }
        chain.push((outer, parent));
        inner = outer;
        if outer == index {
            break;
        }
    }
    chain
}

/// The key is a field of the resource, so that all its operations mean the same by it.
fn check_key(doc: &ResourceDoc, shared: &Shared<'_>, parent: &ParentDoc, diagnostics: &mut Diagnostics) {
    let fields = || doc.fields.iter().chain(shared.described()).map(|(name, _)| name.is.as_str());
    let is_field = fields().any(|name| name == parent.key.is);
    let is_broken = diagnostics.is_broken(doc.file, &parent.key.is) || shared.is_broken(&parent.key.is, diagnostics);
    if !is_field && !is_broken {
        unknown(diagnostics, &references::FIELD, &parent.key, fields);
    }
    if parent.key.is == "client" {
        diagnostics.push(
            Diagnostic::new(Code::ReservedName, "the key of a parent cannot be called `client`")
                .at(parent.key.span, "the generated code uses this name itself")
                .help("choose another name; names of path parameters are not sent"),
        );
    }
    for (_, operation) in &doc.operations {
        for (name, _) in operation.path.iter().filter(|(name, _)| name.is == parent.key.is) {
            let message = format!("`{}` cannot be declared in `path`", name.is);
            diagnostics.push(
                Diagnostic::new(Code::MisplacedKey, message)
                    .at(name.span, "names the object that contains this one")
                    .with(parent.key.span, "the key of the parent")
                    .help("declare it under `fields` only"),
            );
        }
    }
}

/// Every operation names the containing object.
fn check_paths(doc: &ResourceDoc, parent: &ParentDoc, diagnostics: &mut Diagnostics) {
    let key = format!("{{{}}}", parent.key.is);
    for line in doc.operations.iter().filter_map(|(_, operation)| operation.request.as_ref()) {
        if line.is.split('/').any(|part| part.trim() == key) {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(Code::IdNotInPath, format!("the path does not contain `{key}`"))
                .at(line.span, format!("in which {} is the object?", parent.resource.is))
                .with(parent.key.span, "names the object that contains this one")
                .help(format!("add `{key}` to the path, or remove `parent`")),
        );
    }
}

/// In Rust, the resource is a method of its parent's handle, beside the parent's operations.
fn check_method(docs: &[&ResourceDoc], index: usize, outer: usize, diagnostics: &mut Diagnostics) {
    let plural = &docs[index].plural;
    let operations = docs[outer].operations.iter().map(|(name, _)| name);
    let siblings = docs[..index]
        .iter()
        .filter(|doc| doc.parent.as_ref().is_some_and(|parent| parent.resource.is == docs[outer].resource.is));
    let mut taken = operations.chain(siblings.map(|doc| &doc.plural));
    if let Some(first) = taken.find(|name| name.is == plural.is) {
        diagnostics.push(same_name("method", &plural.is, plural, first.span));
    }
}
