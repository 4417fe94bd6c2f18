//! A file of `resources/`: its head, sources and answers.

use super::authorship::{self, level};
use super::entries::entries;
use super::examples::example;
use super::fields::{described_fields, named_type};
use super::like::complete_bodies;
use super::operations::operation;
use super::states::states;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{AnswerDoc, Authorship, Map, NamedTypeDoc, ParentDoc, ResourceDoc, SourceDoc, Spanned};
use crate::language::{ANSWER, PROSE, RESOURCE, SHARED, SOURCE_OF_FACTS};
use crate::model::Level;
use crate::reader::{Keys, boolean, map, prose, summary, text, wrong_kind};
use crate::yaml::{Data, Node};

pub(super) fn resource(node: &Node, file: usize, diagnostics: &mut Diagnostics) -> Option<ResourceDoc> {
    let mut keys = Keys::open(node, &RESOURCE, diagnostics)?;
    let resource = keys.read("resource", text, diagnostics);
    let plural = keys.read("plural", text, diagnostics);
    let prose = keys.read("prose", prose_names, diagnostics);
    let summary = summary(&mut keys, diagnostics);
    let object = keys.read("object", text, diagnostics);
    let id = keys.read("id", text, diagnostics);
    let parent = keys.read("parent", parent, diagnostics);
    let group = keys.read("group", text, diagnostics);
    let states = keys.read("states", states, diagnostics);
    let sources = keys.read("sources", sources, diagnostics);
    let types = keys.read("types", types, diagnostics);
    let fields = keys.read("fields", described_fields, diagnostics);
    let operations = keys.read("operations", |node, diagnostics| map(node, operation, diagnostics), diagnostics);
    let answers = keys.read("answers", |node, diagnostics| map(node, answer, diagnostics), diagnostics);
    let examples = keys.read("examples", |node, diagnostics| map(node, example, diagnostics), diagnostics);
    let parts = [
        ("states", states.is_some()),
        ("operations", operations.is_some()),
        ("sources", sources.is_some()),
        ("types", types.is_some()),
        ("fields", fields.is_some()),
        ("answers", answers.is_some()),
        ("examples", examples.is_some()),
    ];
    mark_unread(&keys, &parts, file, diagnostics);
    keys.close(diagnostics);
    let mut operations = operations.unwrap_or_default();
    complete_bodies(&mut operations, diagnostics);
    // Missing keys have been reported; the rest of the file is checked all the same.
    let stem = diagnostics.file(file).stem().to_owned();
    let resource = resource.unwrap_or_else(|| Spanned::new(stem, node.head()));
    let plural = plural.unwrap_or_else(|| Spanned::new(format!("{}_list", resource.is), node.head()));
    Some(ResourceDoc {
        file,
        resource,
        plural,
        prose,
        summary,
        object,
        id,
        parent,
        group,
        states,
        sources: sources.unwrap_or_default(),
        types: types.unwrap_or_default(),
        fields: fields.unwrap_or_default(),
        operations,
        answers: answers.unwrap_or_default(),
        examples: examples.unwrap_or_default(),
    })
}

/// `types.yaml`: what resources share. It is read as a resource without operations and examples.
pub(super) fn shared(node: &Node, file: usize, diagnostics: &mut Diagnostics) -> Option<ResourceDoc> {
    let mut keys = Keys::open(node, &SHARED, diagnostics)?;
    let summary = summary(&mut keys, diagnostics);
    let sources = keys.read("sources", sources, diagnostics);
    let types = keys.read("types", types, diagnostics);
    let fields = keys.read("fields", described_fields, diagnostics);
    let answers = keys.read("answers", |node, diagnostics| map(node, answer, diagnostics), diagnostics);
    let parts = [
        ("sources", sources.is_some()),
        ("types", types.is_some()),
        ("fields", fields.is_some()),
        ("answers", answers.is_some()),
    ];
    mark_unread(&keys, &parts, file, diagnostics);
    keys.close(diagnostics);
    let name = Spanned::new("types".to_owned(), node.head());
    Some(ResourceDoc {
        file,
        resource: name.clone(),
        plural: name,
        prose: None,
        summary,
        object: None,
        id: None,
        parent: None,
        group: None,
        states: None,
        sources: sources.unwrap_or_default(),
        types: types.unwrap_or_default(),
        fields: fields.unwrap_or_default(),
        operations: Map::new(),
        answers: answers.unwrap_or_default(),
        examples: Map::new(),
    })
}

/// Names of what is in a part that cannot be read are not reported as unknown.
fn mark_unread(keys: &Keys<'_>, parts: &[(&str, bool)], file: usize, diagnostics: &mut Diagnostics) {
    if parts.iter().any(|(part, is_read)| !is_read && keys.has_or_means(part)) {
        diagnostics.mark_unread(file);
    }
}

/// `{ one: hosted LOA, many: hosted LOAs }`
fn prose_names(node: &Node, diagnostics: &mut Diagnostics) -> Option<(String, String)> {
    let mut keys = Keys::open(node, &PROSE, diagnostics)?;
    let one = keys.read("one", prose, diagnostics);
    let many = keys.read("many", prose, diagnostics);
    keys.close(diagnostics);
    Some((one?, many?))
}

/// `{ powerpack: number_pool_uuid, made: true }`: the resource and the parameter that names its object.
fn parent(node: &Node, diagnostics: &mut Diagnostics) -> Option<ParentDoc> {
    let Data::Map(entries) = &node.data else {
        diagnostics.push(wrong_kind(node, "a mapping").help("write `parent: { <resource>: <path parameter> }`"));
        return None;
    };
    let (made, named): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.key == "made");
    let [entry] = named[..] else {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, "`parent` does not name one resource")
                .at(node.head(), "expected one resource and its path parameter")
                .help("write `parent: { <resource>: <path parameter> }`"),
        );
        return None;
    };
    let is_made = made.first().is_some_and(|entry| boolean(&entry.value, diagnostics).is_some_and(|made| made.is));
    let key = text(&entry.value, diagnostics)?;
    Some(ParentDoc { resource: Spanned::new(entry.key.clone(), entry.key_span), key, is_made })
}

fn types(node: &Node, diagnostics: &mut Diagnostics) -> Option<Map<NamedTypeDoc>> {
    let types = map(node, named_type, diagnostics)?;
    let called = |(name, (ty, summary)): (Spanned<String>, (super::fields::NamedType, String))| {
        let ty = ty.called(&name);
        (name, NamedTypeDoc { ty, summary })
    };
    Some(types.into_iter().map(called).collect())
}

/// Sources by name.
pub(super) fn sources(node: &Node, diagnostics: &mut Diagnostics) -> Option<Map<SourceDoc>> {
    map(node, source, diagnostics)
}

fn source(node: &Node, diagnostics: &mut Diagnostics) -> Option<SourceDoc> {
    let mut keys = Keys::open(node, &SOURCE_OF_FACTS, diagnostics)?;
    let says = keys.read("says", prose, diagnostics);
    let url = keys.read("url", prose, diagnostics);
    let enforce = keys.read("enforce", level, diagnostics);
    keys.close(diagnostics);
    Some(SourceDoc { says: says?, url, enforce: enforce.map_or(Level::Error, |level| level.is) })
}

fn answer(node: &Node, diagnostics: &mut Diagnostics) -> Option<AnswerDoc> {
    let mut keys = Keys::open(node, &ANSWER, diagnostics)?;
    let summary = summary(&mut keys, diagnostics);
    let by = Authorship { sources: authorship::sources(&mut keys, diagnostics), enforce: None };
    let fields = keys.read("fields", entries, diagnostics);
    keys.close(diagnostics);
    Some(AnswerDoc { summary, by, fields: fields? })
}
