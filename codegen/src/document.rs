//! The spec as it is written: every key of the language, with spans. Names are not resolved here, and facts are
//! not checked.

use crate::diagnostic::Span;
use crate::model::{Comparison, Does, EmptyText, Equal, Level, Meta, Registry, Retry, ValueKind};
use crate::yaml::Node;

/// A value with its span.
#[derive(Clone, Debug)]
pub(crate) struct Spanned<T> {
    pub(crate) is: T,
    pub(crate) span: Span,
}

impl<T> Spanned<T> {
    pub(crate) fn new(is: T, span: Span) -> Self {
        Self { is, span }
    }
}

/// Entries in the order of the file.
pub(crate) type Map<T> = Vec<(Spanned<String>, T)>;

pub(crate) struct ApiDoc {
    /// The sources that every file can name.
    pub(crate) sources: Map<SourceDoc>,
    pub(crate) api: Spanned<String>,
    pub(crate) summary: String,
    pub(crate) hosts: Map<HostDoc>,
    pub(crate) auth: AuthDoc,
    pub(crate) errors: ErrorsDoc,
    pub(crate) pages: PagesDoc,
    pub(crate) formats: Map<FormatDoc>,
}

/// A format that texts of any file can have.
pub(crate) struct FormatDoc {
    pub(crate) says: Spanned<String>,
    pub(crate) prefix: Option<Spanned<String>>,
    /// The minimum and the maximum number of characters after the prefix.
    pub(crate) length: Spanned<(u64, u64)>,
    pub(crate) alphabet: Spanned<Vec<Spanned<String>>>,
}

/// The query parameters of lists.
pub(crate) struct PagesDoc {
    pub(crate) limit: PageParameterDoc,
    pub(crate) offset: PageParameterDoc,
    pub(crate) cursor: Option<PageParameterDoc>,
}

pub(crate) struct PageParameterDoc {
    pub(crate) name: Spanned<String>,
    pub(crate) summary: String,
    pub(crate) min: Option<Spanned<i64>>,
}

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

/// Where response bodies have error messages: keys with dots between them.
pub(crate) struct ErrorsDoc {
    pub(crate) refusal: Spanned<String>,
    pub(crate) messages: Vec<Spanned<String>>,
}

pub(crate) struct HostDoc {
    pub(crate) url: Spanned<String>,
    pub(crate) summary: String,
}

pub(crate) struct AuthDoc {
    pub(crate) account: Spanned<String>,
    pub(crate) id_variable: String,
    pub(crate) token_variable: String,
}

pub(crate) struct ResourceDoc {
    pub(crate) file: usize,
    pub(crate) resource: Spanned<String>,
    pub(crate) plural: Spanned<String>,
    pub(crate) summary: String,
    pub(crate) object: Option<Spanned<String>>,
    pub(crate) id: Option<Spanned<String>>,
    pub(crate) sources: Map<SourceDoc>,
    pub(crate) types: Map<NamedTypeDoc>,
    pub(crate) fields: Map<FieldDoc>,
    pub(crate) operations: Map<OperationDoc>,
    pub(crate) answers: Map<AnswerDoc>,
    pub(crate) examples: Map<ExampleDoc>,
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

/// Who states a fact, if the fact says so.
#[derive(Clone, Debug, Default)]
pub(crate) struct Authorship {
    pub(crate) source: Option<Spanned<String>>,
    pub(crate) enforce: Option<Level>,
}

/// `value`, or `{ is: value, source: .., enforce: .. }`.
#[derive(Clone, Debug)]
pub(crate) struct Fact<T> {
    pub(crate) is: Spanned<T>,
    pub(crate) by: Authorship,
}

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

/// What is assumed if no value is given.
#[derive(Clone)]
pub(crate) struct DefaultDoc {
    pub(crate) is: Spanned<Node>,
    pub(crate) source: Option<Spanned<String>>,
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
    List(Box<ItemsDoc>),
    Map(Box<ItemsDoc>),
}

/// What a list or a map contains.
#[derive(Clone)]
pub(crate) struct ItemsDoc {
    pub(crate) ty: TypeDoc,
    pub(crate) also: Option<Spanned<ValueKind>>,
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

pub(crate) struct OperationDoc {
    pub(crate) does: Does,
    pub(crate) summary: String,
    pub(crate) request: Option<Spanned<String>>,
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) host: Option<Spanned<String>>,
    pub(crate) by: Authorship,
    pub(crate) deprecated: Option<String>,
    pub(crate) path: Map<FieldDoc>,
    pub(crate) fixed: Map<Spanned<String>>,
    pub(crate) paged: Option<Spanned<PagedDoc>>,
    pub(crate) query: Map<EntryDoc>,
    pub(crate) encoding: Option<Spanned<Encoding>>,
    pub(crate) data_part: Option<Spanned<String>>,
    /// Taken off, and the body completed, once all operations of the file are read.
    pub(crate) like: Option<LikeDoc>,
    pub(crate) body: Map<EntryDoc>,
    pub(crate) rules: Map<RuleDoc>,
    pub(crate) at_least: Option<Fact<u64>>,
    pub(crate) empty_text: Option<EmptyText>,
    pub(crate) retry: Option<Retry>,
    pub(crate) answer: Option<AnswerUseDoc>,
    pub(crate) examples: Vec<Spanned<String>>,
    pub(crate) contradictions: Vec<ContradictionDoc>,
}

/// An operation whose body is also that of another.
pub(crate) struct LikeDoc {
    pub(crate) operation: Spanned<String>,
    pub(crate) are_optional: bool,
    pub(crate) without: Vec<Spanned<String>>,
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
}

/// What an entry adds to the field that it names.
#[derive(Clone, Default)]
pub(crate) struct NamedEntryDoc {
    pub(crate) required: Option<RequiredDoc>,
    pub(crate) by: Authorship,
    pub(crate) summary: Option<String>,
    pub(crate) filters: Option<Spanned<String>>,
    pub(crate) compare: Vec<Spanned<Comparison>>,
    pub(crate) deprecated: Option<String>,
    pub(crate) contradictions: Vec<ContradictionDoc>,
}

/// A field must be there: in requests it is required, in answers always present.
#[derive(Clone, Debug)]
pub(crate) struct RequiredDoc {
    pub(crate) span: Span,
    pub(crate) by: Authorship,
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
    pub(crate) list: Option<Spanned<String>>,
    pub(crate) total: Option<Spanned<String>>,
    pub(crate) meta: Option<Spanned<Meta>>,
    pub(crate) deferred_by: Option<Spanned<String>>,
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

/// A file of `sdks/`: an official client.
pub(crate) struct SdkDoc {
    pub(crate) file: usize,
    pub(crate) sdk: Spanned<String>,
    pub(crate) summary: String,
    pub(crate) registry: Registry,
    pub(crate) package: Spanned<String>,
    pub(crate) version: Spanned<String>,
    pub(crate) equal: Vec<(Equal, String)>,
    /// By the id of the operation, as in `profile.create`.
    pub(crate) methods: Map<SdkMethodDoc>,
    /// Why an operation has no method, by its id.
    pub(crate) lacks: Map<String>,
}

/// The method that performs an operation.
pub(crate) struct SdkMethodDoc {
    pub(crate) calls: Spanned<String>,
    pub(crate) takes: Vec<Spanned<String>>,
    /// By the part of the request that differs.
    pub(crate) differs: Map<DiffersDoc>,
}

/// What an SDK sends differently in one part of the request.
pub(crate) struct DiffersDoc {
    pub(crate) sdk: Spanned<DiffersWord>,
    pub(crate) sends: Option<Spanned<Node>>,
    pub(crate) when: Option<Spanned<Node>>,
    pub(crate) why: String,
}

/// The words for kinds of differences.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum DiffersWord {
    LeftOut,
    AsText,
    Added,
    Otherwise,
}
