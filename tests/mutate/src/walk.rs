//! Walks over the facts in a file of the spec.
//!
//! The walk knows the keys of the spec language, but no name of a field, an operation or a resource. The
//! mutants are in the order of the file, so that the lists of two runs can be compared.

use plivo_codegen::SpecFile;

use crate::BoxError;
use crate::collector::{Collector, join};
use crate::facts::fields::{Context, field, limits, nested_fields, values};
use crate::facts::operations::{entries, operation};
use crate::facts::{levels, names, states};
use crate::marks;
use crate::mutant::{FactKind, Mutant};
use crate::tree::Tree;

/// The keys of `types.yaml`, of which `plivo.yaml` has none.
const SHARED: [&str; 3] = ["types", "fields", "answers"];

/// Returns every mutant of a file.
///
/// # Errors
///
/// Fails if the file is not YAML.
pub fn mutants(source: &SpecFile) -> Result<Vec<Mutant>, BoxError> {
    let mut tree = Tree::read(&source.text)?;
    marks::open(&mut tree);
    let mut collector = Collector::new(&tree, &source.path);
    if tree.get("resource").is_some() {
        resource(&mut collector);
    } else if SHARED.iter().any(|key| tree.get(key).is_some()) {
        levels::of_sources(&mut collector);
        types(&mut collector);
        fields(&mut collector);
        answers(&mut collector);
    } else {
        servers(&mut collector);
    }
    Ok(collector.finish())
}

/// Rewrites a file in the format of the mutants, without a change.
///
/// # Errors
///
/// Fails if the file is not YAML.
pub fn unchanged(source: &SpecFile) -> Result<SpecFile, BoxError> {
    Ok(SpecFile::new(&source.path, Tree::read(&source.text)?.write()))
}

fn resource(collector: &mut Collector<'_>) {
    levels::of_sources(collector);
    names::names(collector);
    types(collector);
    parent(collector);
    states::of_resource(collector);
    fields(collector);
    for name in keys(collector, "operations") {
        operation(collector, &name);
    }
    answers(collector);
}

/// The mutants of what is under `fields`.
fn fields(collector: &mut Collector<'_>) {
    for name in keys(collector, "fields") {
        field(collector, &join(&[], &["fields", &name]), Context::Shared);
    }
}

/// The mutants of what is under `answers`.
fn answers(collector: &mut Collector<'_>) {
    for name in keys(collector, "answers") {
        entries(collector, &join(&[], &["answers", &name, "fields"]), Context::Answer);
    }
}

/// The mutants without the parent, and with the other answer to whether its children make it.
fn parent(collector: &mut Collector<'_>) {
    let path = join(&[], &["parent"]);
    let Some(tree) = collector.at(&path) else { return };
    let is_made = tree.get_text("made") == Some("true");
    collector.drop(FactKind::Does, &path);
    collector.add(FactKind::Does, &join(&path, &["made"]), "changed", |tree| {
        if let Some(parent) = tree.at_mut(&path) {
            parent.set("made", Tree::plain(if is_made { "false" } else { "true" }));
        }
    });
}

/// The mutants of the named types in a file.
fn types(collector: &mut Collector<'_>) {
    for name in keys(collector, "types") {
        let path = join(&[], &["types", &name]);
        let Some(tree) = collector.at(&path) else { continue };
        values(collector, &path, tree);
        forms(collector, &path, tree);
        nested_fields(collector, &path, tree);
    }
}

/// The mutants of the forms of a choice: each dropped, and each with other fixed text.
fn forms(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    for form in tree.get("forms").map(Tree::entries).unwrap_or_default() {
        let here = join(path, &["forms", &form.key]);
        collector.drop(FactKind::Wire, &here);
        let template = form.value.text().unwrap_or_default();
        collector.replace(FactKind::Wire, &here, &format!("x{template}"));
    }
}

fn keys(collector: &Collector<'_>, key: &str) -> Vec<String> {
    let entries = collector.tree.get(key).map(Tree::entries).unwrap_or_default();
    entries.iter().map(|entry| entry.key.clone()).collect()
}

/// The servers, the environment variables of the credentials, the keys of a deferral and the parameters of pages, in
/// `plivo.yaml`.
fn servers(collector: &mut Collector<'_>) {
    for host in keys(collector, "hosts") {
        append_letter(collector, &["hosts", &host, "url"]);
    }
    for key in ["id_variable", "token_variable"] {
        append_letter(collector, &["auth", key]);
    }
    for key in ["url", "method"] {
        append_letter(collector, &["deferral", key]);
    }
    append_letter(collector, &["deferral", "answer", "says"]);
    for key in ["limit", "offset", "cursor"] {
        append_letter(collector, &["pages", key, "name"]);
        let path = join(&[], &["pages", key]);
        if let Some(tree) = collector.at(&path) {
            limits(collector, &path, tree);
        }
    }
}

fn append_letter(collector: &mut Collector<'_>, path: &[&str]) {
    let path = join(&[], path);
    if let Some(text) = collector.at(&path).and_then(Tree::text) {
        collector.replace(FactKind::Server, &path, &format!("{text}x"));
    }
}
