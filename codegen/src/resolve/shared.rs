//! What resources share: the types, fields and answers of `types.yaml`, resolved once, in a module of their own.

use crate::diagnostic::{Diagnostics, Span};
use crate::document::{FieldDoc, ResourceDoc, Spanned};
use crate::model::{Authority, Constraints, Field, ObjectId, Source, SourceId, Type};
use crate::table::Table;

/// The content of `types.yaml`. Without that file, it is empty.
#[derive(Default)]
pub(super) struct Shared<'a> {
    pub(super) doc: Option<&'a ResourceDoc>,
    /// Whether the file is there and cannot be read, which has been reported.
    pub(super) is_unread: bool,
    /// The types, including answers.
    pub(super) types: Table<Type>,
    pub(super) answers: Table<ObjectId>,
    pub(super) fields: Table<Field>,
    /// The sources of the file, then those of `plivo.yaml`.
    pub(super) sources: Vec<Source>,
    /// How many of them are in the file.
    pub(super) own: usize,
}

impl<'a> Shared<'a> {
    /// The descriptions of the fields, including those that cannot be resolved.
    pub(super) fn described(&self) -> impl Iterator<Item = &'a (Spanned<String>, FieldDoc)> {
        self.doc.into_iter().flat_map(|doc| &doc.fields)
    }

    /// Whether something of this name could not be read, which has been reported.
    pub(super) fn is_broken(&self, name: &str, diagnostics: &Diagnostics) -> bool {
        self.is_unread || self.doc.is_some_and(|doc| diagnostics.is_broken(doc.file, name))
    }

    /// Whether the file has been read without an error.
    pub(super) fn is_sound(&self, diagnostics: &Diagnostics) -> bool {
        !self.is_unread && self.doc.is_none_or(|doc| !diagnostics.has_errors_in(doc.file))
    }

    /// Where a type or an answer is declared by its key.
    pub(super) fn declared(&self, name: &str) -> Option<Span> {
        let doc = self.doc?;
        let mut names = doc.types.iter().map(|(name, _)| name).chain(doc.answers.iter().map(|(name, _)| name));
        names.find(|declared| declared.is == name).map(|declared| declared.span)
    }

    /// The sources that only this file has. A resource that takes a shared field has them after its own.
    pub(super) fn own_sources(&self) -> &[Source] {
        &self.sources[..self.own]
    }

    /// The place of a source among those of a resource, of which `known` are its own or in `plivo.yaml`.
    fn moved(&self, source: SourceId, known: usize) -> SourceId {
        let common = self.sources.len() - self.own;
        SourceId(match source.0.checked_sub(self.own) {
            None => known + source.0,
            Some(index) => known - common + index,
        })
    }

    /// A copy of a field for a resource, of which `known` sources are its own or in `plivo.yaml`.
    pub(super) fn copy(&self, field: &Field, known: usize) -> Field {
        let moved = |source: &SourceId| self.moved(*source, known);
        let mut field = field.clone();
        field.sources = field.sources.map(moved);
        if let Some(default) = &mut field.default {
            default.sources = default.sources.map(moved);
        }
        for authority in authorities(&mut field.constraints) {
            authority.sources = authority.sources.map(moved);
        }
        field
    }
}

/// Takes the constraints apart in full, so that a new one cannot be forgotten.
fn authorities(constraints: &mut Constraints) -> impl Iterator<Item = &mut Authority> {
    let Constraints {
        min_length,
        max_length,
        min,
        max,
        format,
        min_items,
        max_items,
        max_bytes,
        content_types,
        delimiter,
        values,
    } = constraints;
    let counts = [min_length, max_length, min_items, max_items, max_bytes];
    let counts = counts.into_iter().flatten().map(|limit| &mut limit.authority);
    let range = [min, max].into_iter().flatten().map(|limit| &mut limit.authority);
    let format = format.iter_mut().map(|format| &mut format.authority);
    let types = content_types.iter_mut().map(|types| &mut types.authority);
    let delimiter = delimiter.iter_mut().map(|delimiter| &mut delimiter.authority);
    counts.chain(range).chain(format).chain(types).chain(delimiter).chain(values)
}
