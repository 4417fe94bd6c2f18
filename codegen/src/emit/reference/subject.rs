//! A module of the spec, and the parts of its pages that others consist of.

use serde_json::Value;

use super::page::{ContradictionEntry, TypeLabel, ValueEntry};
use crate::emit::transfer;
use crate::model::{Contradiction, Enum, Model, Module, Owner, Sources, Type};

/// A module, with the model that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Subject<'m> {
    pub(super) model: &'m Model,
    pub(super) owner: Owner,
    pub(super) module: &'m Module,
    /// Whether a sample is also made in Rust and as curl, and all examples are shown. That takes most of the time.
    pub(super) is_full: bool,
}

impl Subject<'_> {
    pub(super) fn names(self, sources: &Sources) -> Vec<String> {
        sources.iter().map(|id| self.module[*id].name.clone()).collect()
    }

    /// A type, and where it is described.
    pub(super) fn type_label(self, ty: &Type) -> TypeLabel {
        TypeLabel { text: transfer::type_name(self.model, ty), link: self.link(ty) }
    }

    fn link(self, ty: &Type) -> Option<(String, String)> {
        let model = self.model;
        let (owner, name) = match ty {
            Type::Enum(id) => (model[*id].owner, &model[*id].name),
            Type::Choice(id) => (model[*id].owner, &model[*id].name),
            Type::Object(id) => (model[*id].owner, &model[*id].name),
            Type::List(items) | Type::Map(items) => return self.link(items),
            _ => return None,
        };
        Some((model.module(owner)?.ident.clone(), anchor(name)))
    }
}

/// An id for HTML, which is also a readable fragment of a URL.
pub(super) fn anchor(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '-');
    text.chars().map(|letter| if is_plain(letter) { letter } else { '-' }).collect()
}

pub(super) fn value_entries(listed: &Enum) -> Vec<ValueEntry> {
    let entry =
        |value: &crate::model::EnumValue| ValueEntry { wire: value.wire.clone(), summary: value.summary.clone() };
    listed.values.iter().map(entry).collect()
}

pub(super) fn contradictions(contradictions: &[Contradiction]) -> Vec<ContradictionEntry> {
    let entry = |it: &Contradiction| ContradictionEntry {
        witnesses: it.witnesses.clone(),
        examples: same_examples(it),
        decision: it.decision.clone(),
        note: it.note.clone(),
        position: it.position,
    };
    contradictions.iter().map(entry).collect()
}

/// The examples of a contradiction, those together that contain the same.
fn same_examples(contradiction: &Contradiction) -> Vec<(Vec<String>, Value)> {
    let mut examples: Vec<(Vec<String>, Value)> = Vec::new();
    for (name, value) in &contradiction.examples {
        match examples.iter_mut().find(|(_, known)| known == value) {
            Some((names, _)) => names.push(name.clone()),
            None => examples.push((vec![name.clone()], value.clone())),
        }
    }
    examples
}
