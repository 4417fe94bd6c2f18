//! Fields and their types.

use super::fact::{Authorship, Fact, Map, Spanned};
use crate::diagnostic::Span;
use crate::model::{Comparison, NonEmpty, ValueKind};
use crate::yaml::Node;

#[derive(Clone)]
pub(crate) struct FieldDoc {
    pub(crate) ty: TypeDoc,
    pub(crate) summary: String,
    pub(crate) rust: Option<Spanned<String>>,
    pub(crate) constraints: ConstraintsDoc,
    pub(crate) required: Option<RequiredDoc>,
    pub(crate) by: Authorship,
    pub(crate) answers_only: bool,
    pub(crate) given_by_server: bool,
    pub(crate) holds: Option<Spanned<String>>,
    pub(crate) holds_path: Option<Spanned<String>>,
    pub(crate) filters: Option<Spanned<String>>,
    pub(crate) compare: Vec<Spanned<Comparison>>,
    pub(crate) delimiter: Option<Spanned<String>>,
    /// The item that stands for all objects.
    pub(crate) all: Option<Spanned<String>>,
    pub(crate) flatten: Option<Span>,
    pub(crate) sensitive: bool,
    pub(crate) deprecated: Option<String>,
    pub(crate) also: Option<Spanned<AlsoDoc>>,
    /// `one: plain`.
    pub(crate) one: Option<Span>,
    pub(crate) example: Option<Spanned<String>>,
    pub(crate) default: Option<DefaultDoc>,
    pub(crate) contradictions: Vec<ContradictionDoc>,
}

impl FieldDoc {
    /// A field of which only the type and the summary are said.
    pub(crate) fn new(ty: TypeDoc, summary: String) -> Self {
        Self {
            ty,
            summary,
            rust: None,
            constraints: ConstraintsDoc::default(),
            required: None,
            by: Authorship::default(),
            answers_only: false,
            given_by_server: false,
            holds: None,
            holds_path: None,
            filters: None,
            compare: Vec::new(),
            delimiter: None,
            all: None,
            flatten: None,
            sensitive: false,
            deprecated: None,
            also: None,
            one: None,
            example: None,
            default: None,
            contradictions: Vec::new(),
        }
    }
}

/// What is assumed if no value is given.
#[derive(Clone)]
pub(crate) struct DefaultDoc {
    pub(crate) is: Spanned<Node>,
    pub(crate) sources: Option<NonEmpty<Spanned<String>>>,
}

#[derive(Clone)]
pub(crate) enum TypeDoc {
    Text,
    Integer,
    Number,
    Boolean,
    Timestamp,
    Decimal,
    Any,
    File,
    /// A type that is declared elsewhere.
    Named(Spanned<String>),
    Enum {
        name: Spanned<String>,
        values: Vec<ValueDoc>,
    },
    Object {
        name: Spanned<String>,
        fields: Map<FieldDoc>,
    },
    /// One of several forms of a text: by their names, the fixed text with a placeholder.
    Choice {
        name: Spanned<String>,
        forms: Map<Spanned<String>>,
    },
    List(Box<ItemsDoc>),
    Map(Box<ItemsDoc>),
}

/// What a list or a map contains.
#[derive(Clone)]
pub(crate) struct ItemsDoc {
    pub(crate) ty: TypeDoc,
    /// What a type is that is declared here.
    pub(crate) summary: Option<String>,
    pub(crate) also: Option<Spanned<ValueKind>>,
}

impl ItemsDoc {
    /// What the items are. For a list of plain items, this is what the list is.
    pub(crate) fn summary<'d>(&'d self, of_list: &'d str) -> &'d str {
        self.summary.as_deref().unwrap_or(of_list)
    }
}

/// A second form of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AlsoDoc {
    Kind(ValueKind),
    /// A single value in place of a list.
    One,
}

#[derive(Clone)]
pub(crate) struct ValueDoc {
    pub(crate) wire: Spanned<String>,
    pub(crate) rust: Option<Spanned<String>>,
    pub(crate) summary: Option<String>,
}

#[derive(Clone, Default)]
pub(crate) struct ConstraintsDoc {
    pub(crate) min_length: Option<Fact<u64>>,
    pub(crate) max_length: Option<Fact<u64>>,
    pub(crate) min: Option<Fact<i64>>,
    pub(crate) max: Option<Fact<i64>>,
    pub(crate) format: Option<Fact<String>>,
    pub(crate) min_items: Option<Fact<u64>>,
    pub(crate) max_items: Option<Fact<u64>>,
    pub(crate) max_bytes: Option<Fact<u64>>,
    pub(crate) content_types: Option<Fact<Vec<Spanned<String>>>>,
}

#[derive(Clone)]
pub(crate) struct ContradictionDoc {
    pub(crate) span: Span,
    pub(crate) witnesses: Map<String>,
    pub(crate) examples: Map<Node>,
    pub(crate) decision: String,
    pub(crate) note: Option<String>,
}

/// A field must be there: in requests it is required, in answers always present.
#[derive(Clone, Debug)]
pub(crate) struct RequiredDoc {
    pub(crate) span: Span,
    pub(crate) by: Authorship,
}
