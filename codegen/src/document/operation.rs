//! Operations.

use super::fact::{Authorship, Fact, Map, Spanned};
use super::field::{ContradictionDoc, FieldDoc, RequiredDoc};
use super::states::MovesDoc;
use crate::diagnostic::Span;
use crate::model::{Comparison, Does, EmptyText, Meta, Retry, Stage};

/// That a list takes the parameters of pages.
#[derive(Default)]
pub(crate) struct PagedDoc {
    /// Who states that it takes them.
    pub(crate) by: Authorship,
    /// The greatest page size.
    pub(crate) max: Option<Fact<i64>>,
    /// Who states that it takes a cursor, if it does.
    pub(crate) cursor: Option<Spanned<Authorship>>,
}

pub(crate) struct OperationDoc {
    pub(crate) does: Does,
    pub(crate) creates: Option<CreatesDoc>,
    pub(crate) sees: Option<Spanned<Vec<Spanned<String>>>>,
    pub(crate) moves: Option<Spanned<MovesDoc>>,
    pub(crate) summary: String,
    pub(crate) request: Option<Spanned<String>>,
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) host: Option<Spanned<String>>,
    pub(crate) by: Authorship,
    pub(crate) stage: Option<Stage>,
    /// The field by which a caller finds what this operation may have created.
    pub(crate) found_by: Option<Spanned<String>>,
    pub(crate) deprecated: Option<String>,
    pub(crate) path: Map<FieldDoc>,
    pub(crate) paged: Option<Spanned<PagedDoc>>,
    pub(crate) query: Map<EntryDoc>,
    pub(crate) encoding: Option<Spanned<Encoding>>,
    pub(crate) data_part: Option<Spanned<String>>,
    pub(crate) like: Option<LikeDoc>,
    /// With the fields that `like` takes over, once all operations of the file are read.
    pub(crate) body: Map<EntryDoc>,
    /// Whether some of what it takes in `query` and `body` could not be read, which has been reported.
    pub(crate) is_unread: bool,
    pub(crate) rules: Map<RuleDoc>,
    pub(crate) at_least: Option<Fact<u64>>,
    pub(crate) empty_text: Option<EmptyText>,
    pub(crate) retry: Option<Retry>,
    pub(crate) answer: Option<AnswerUseDoc>,
    /// Who states that a request can defer its result, if it can.
    pub(crate) deferred: Option<Spanned<Authorship>>,
    pub(crate) examples: Vec<Spanned<String>>,
    pub(crate) contradictions: Vec<ContradictionDoc>,
}

/// An operation whose body is also that of another.
pub(crate) struct LikeDoc {
    pub(crate) operation: Spanned<String>,
    pub(crate) are_optional: bool,
    pub(crate) without: Vec<Spanned<String>>,
}

/// One object for each item of a list.
pub(crate) struct CreatesDoc {
    pub(crate) each: Spanned<String>,
    pub(crate) ids: Option<Spanned<String>>,
    pub(crate) objects: Option<Spanned<String>>,
}

/// The encoding of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Json,
    Multipart,
}

/// How a body, a query or an answer takes a field.
#[derive(Clone)]
pub(crate) enum EntryDoc {
    /// The field of that name in `fields`.
    Named(Box<NamedEntryDoc>),
    /// A field of its own.
    Own(Box<FieldDoc>),
    /// A value that every request sends, and no field.
    Fixed(Spanned<String>),
}

/// What an entry adds to the field that it names.
#[derive(Clone, Default)]
pub(crate) struct NamedEntryDoc {
    pub(crate) required: Option<RequiredDoc>,
    pub(crate) by: Authorship,
    pub(crate) summary: Option<String>,
    pub(crate) filters: Option<Spanned<String>>,
    pub(crate) compare: Vec<Spanned<Comparison>>,
    pub(crate) clears: Option<Span>,
    pub(crate) format: Option<Fact<String>>,
    pub(crate) deprecated: Option<String>,
    pub(crate) contradictions: Vec<ContradictionDoc>,
}

pub(crate) struct RuleDoc {
    pub(crate) span: Span,
    pub(crate) summary: String,
    pub(crate) when: Map<Vec<Spanned<String>>>,
    pub(crate) given: Vec<Spanned<String>>,
    pub(crate) absent: Vec<Spanned<String>>,
    pub(crate) needs: Vec<Spanned<String>>,
    pub(crate) may_skip: Vec<Spanned<String>>,
    pub(crate) exactly_one_of: Vec<Spanned<String>>,
    pub(crate) at_least_one_of: Vec<Spanned<String>>,
    pub(crate) at_most_one_of: Vec<Spanned<String>>,
    pub(crate) by: Authorship,
}

pub(crate) struct AnswerUseDoc {
    pub(crate) is: AnsweredDoc,
    pub(crate) status: Vec<Spanned<u64>>,
    pub(crate) under: Option<Spanned<String>>,
    /// Who states that the answer may lack the key in `under`, if it may.
    pub(crate) unwrapped: Option<Spanned<Authorship>>,
    pub(crate) list: Option<Spanned<String>>,
    /// Keys in the order in which they are tried, or the word `none`.
    pub(crate) total: Option<Vec<Spanned<String>>>,
    pub(crate) beside: Option<Spanned<String>>,
    pub(crate) meta: Option<Spanned<Meta>>,
}

/// What an operation answers.
pub(crate) enum AnsweredDoc {
    /// A type under `answers`, or a plain type.
    Type(Spanned<String>),
    /// A sentence that only says that the request was executed. It may be empty, if nobody knows it.
    Says(Spanned<String>),
}

impl AnsweredDoc {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Type(word) | Self::Says(word) => word.span,
        }
    }

    /// The name of the type.
    pub(crate) fn type_name(&self) -> Option<&Spanned<String>> {
        match self {
            Self::Type(name) => Some(name),
            Self::Says(_) => None,
        }
    }
}
