//! The context of the passes over a file: known facts, the types made so far, and the diagnostics.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::declared::{Declaration, Declared, declarations};
use super::shared::Shared;
use crate::diagnostic::{Diagnostics, Span};
use crate::document::ResourceDoc;
use crate::model::{Model, ObjectId, Owner, Source, Type};
use crate::table::Table;

/// The facts about a file that are known before anything in it is resolved.
pub(super) struct Known<'a> {
    pub(super) doc: &'a ResourceDoc,
    pub(super) owner: Owner,
    /// Its own, then those of `plivo.yaml`. Never empty.
    pub(super) sources: Vec<Source>,
    /// What resources share.
    pub(super) shared: &'a Shared<'a>,
    /// The named types of the file.
    pub(super) declared: Table<Declaration<'a>>,
    /// The names of the fields of the file and of shared ones, including those that cannot be resolved.
    pub(super) field_names: HashSet<&'a str>,
    /// The examples of the file: name and position.
    pub(super) examples: HashMap<&'a str, usize>,
}

impl<'a> Known<'a> {
    pub(super) fn new(doc: &'a ResourceDoc, owner: Owner, sources: Vec<Source>, shared: &'a Shared<'a>) -> Self {
        Self {
            doc,
            owner,
            sources,
            shared,
            declared: declarations(doc),
            field_names: doc.fields.iter().chain(shared.described()).map(|(name, _)| name.is.as_str()).collect(),
            examples: doc.examples.iter().map(|(name, _)| name.is.as_str()).zip(0..).collect(),
        }
    }

    /// Whether something of this name, in the file or shared, could not be read, which has been reported.
    pub(super) fn is_broken(&self, name: &str, diagnostics: &Diagnostics) -> bool {
        diagnostics.is_broken(self.doc.file, name) || self.shared.is_broken(name, diagnostics)
    }

    /// Whether the file declares an answer of this name, and nothing else before it.
    pub(super) fn is_answer(&self, name: &str) -> bool {
        matches!(self.declared.get(name), Some(Declaration { is: Declared::Answer(_), .. }))
    }
}

/// The types of a file that have been made. A type is made when it is first mentioned.
#[derive(Default)]
pub(super) struct Made {
    /// The type names of the module, with the span that each comes from.
    pub(super) names: Table<Span>,
    /// The named types. `None`: the problem was reported.
    pub(super) types: BTreeMap<String, Option<Type>>,
    /// Which object holds which, other than in a list or a map.
    pub(super) inlined: Vec<Inlined>,
}

/// An object that holds another as the value of a field.
pub(super) struct Inlined {
    pub(super) outer: ObjectId,
    pub(super) inner: ObjectId,
    /// The field.
    pub(super) span: Span,
}

/// The context of a pass over a file.
pub(super) struct Cx<'p, 'a> {
    pub(super) known: &'p Known<'a>,
    /// The arena of types. Passes add types and complete objects; they change nothing else.
    pub(super) model: &'p mut Model,
    pub(super) made: &'p mut Made,
    pub(super) diagnostics: &'p mut Diagnostics,
}
