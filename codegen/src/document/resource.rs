//! A file of `resources/`.

use super::fact::{Authorship, Map, Spanned};
use super::field::{FieldDoc, TypeDoc};
use super::operation::{EntryDoc, OperationDoc};
use super::states::StatesDoc;
use crate::diagnostic::Span;
use crate::model::Level;
use crate::yaml::Node;

pub(crate) struct ResourceDoc {
    pub(crate) file: usize,
    pub(crate) resource: Spanned<String>,
    pub(crate) plural: Spanned<String>,
    /// What one object and several of them are called in prose.
    pub(crate) prose: Option<(String, String)>,
    pub(crate) summary: String,
    pub(crate) object: Option<Spanned<String>>,
    /// The name of a field, or [`NO_ID`].
    pub(crate) id: Option<Spanned<String>>,
    pub(crate) parent: Option<ParentDoc>,
    /// The name of a group of `plivo.yaml`.
    pub(crate) group: Option<Spanned<String>>,
    pub(crate) states: Option<StatesDoc>,
    pub(crate) sources: Map<SourceDoc>,
    pub(crate) types: Map<NamedTypeDoc>,
    pub(crate) fields: Map<FieldDoc>,
    pub(crate) operations: Map<OperationDoc>,
    pub(crate) answers: Map<AnswerDoc>,
    pub(crate) examples: Map<ExampleDoc>,
}

/// `id: none`: the resource has one object, without an id.
pub(crate) const NO_ID: &str = "none";

/// The resource that contains another.
pub(crate) struct ParentDoc {
    pub(crate) resource: Spanned<String>,
    pub(crate) key: Spanned<String>,
    pub(crate) is_made: bool,
}

/// A type under `types`: an enumeration or an object. Its key is its name.
pub(crate) struct NamedTypeDoc {
    pub(crate) ty: TypeDoc,
    pub(crate) summary: String,
}

pub(crate) struct SourceDoc {
    pub(crate) says: String,
    pub(crate) url: Option<String>,
    pub(crate) enforce: Level,
}

pub(crate) struct AnswerDoc {
    pub(crate) summary: String,
    /// Who states the fields that name no source.
    pub(crate) by: Authorship,
    pub(crate) fields: Map<EntryDoc>,
}

pub(crate) struct ExampleDoc {
    pub(crate) by: Authorship,
    pub(crate) request: Node,
    pub(crate) sends: Map<Node>,
    pub(crate) warns: Vec<Spanned<String>>,
    pub(crate) answer: Option<Node>,
    pub(crate) status: Option<Spanned<u64>>,
    pub(crate) span: Span,
}
