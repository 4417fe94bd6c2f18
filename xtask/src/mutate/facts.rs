//! Which facts a spec states, and what each could be mistaken for.
//!
//! The walk knows the keys of the language and no name of a field, an operation or a resource. Its
//! order is that of the file, so a run can be compared with the last one.

use plivo_codegen::SpecFile;

use super::fields::{Stands, field, parts, values};
use super::mutant::{Collector, Kind, Mutant, join};
use super::operations::{entries, operation};
use super::tree::Tree;
use super::{level, names};
use crate::Failure;

/// Every mutant of a file.
pub(crate) fn mutants(source: &SpecFile) -> Result<Vec<Mutant>, Failure> {
    let tree = Tree::read(&source.text)?;
    let mut collector = Collector::new(&tree, &source.path);
    if tree.get("resource").is_some() {
        resource(&mut collector);
    } else if tree.get("types").is_some() {
        level::of_sources(&mut collector);
        types(&mut collector);
    } else {
        shared(&mut collector);
    }
    Ok(collector.finish())
}

fn resource(collector: &mut Collector<'_>) {
    level::of_sources(collector);
    names::names(collector);
    types(collector);
    for name in keys(collector, "fields") {
        field(collector, &join(&[], &["fields", &name]), Stands::Shared);
    }
    for name in keys(collector, "operations") {
        operation(collector, &name);
    }
    for name in keys(collector, "answers") {
        entries(collector, &join(&[], &["answers", &name, "fields"]), ["always", "optional"]);
    }
}

/// The types that have a name of their own, of a resource or of all.
fn types(collector: &mut Collector<'_>) {
    for name in keys(collector, "types") {
        let path = join(&[], &["types", &name]);
        let Some(tree) = collector.at(&path) else { continue };
        values(collector, &path, tree);
        parts(collector, &path, tree);
    }
}

fn keys(collector: &Collector<'_>, key: &str) -> Vec<String> {
    let entries = collector.tree.get(key).map(Tree::entries).unwrap_or_default();
    entries.iter().map(|entry| entry.key.clone()).collect()
}

/// What all resources share: the servers, and how a caller identifies itself.
fn shared(collector: &mut Collector<'_>) {
    for host in keys(collector, "hosts") {
        changed(collector, &["hosts", &host, "url"]);
    }
    for key in ["id_variable", "token_variable"] {
        changed(collector, &["auth", key]);
    }
}

fn changed(collector: &mut Collector<'_>, path: &[&str]) {
    let path = join(&[], path);
    if let Some(text) = collector.at(&path).and_then(Tree::text) {
        collector.replace(Kind::Server, &path, &format!("{text}x"));
    }
}
