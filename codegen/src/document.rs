//! The spec as it is written: every key of the language, each value with its place. Names are not
//! resolved and facts are not checked here.

use crate::diagnostic::Place;
use crate::model::{Comparison, Does, EmptyText, Equal, Format, Kind, Level, Meta, Registry, Retry};
use crate::yaml::Node;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Spot<T> {
    pub(crate) is: T,
    pub(crate) place: Place,
}

impl<T> Spot<T> {
    pub(crate) fn new(is: T, place: Place) -> Self {
        Self { is, place }
    }
}

/// Entries in the order of the file.
pub(crate) type Map<T> = Vec<(Spot<String>, T)>;

pub(crate) struct ApiDoc {
    pub(crate) api: Spot<String>,
    pub(crate) summary: String,
    pub(crate) hosts: Map<HostDoc>,
    pub(crate) auth: AuthDoc,
    pub(crate) errors: ErrorsDoc,
    pub(crate) pages: PagesDoc,
}

/// The query parameters of lists.
pub(crate) struct PagesDoc {
    pub(crate) limit: Spot<String>,
    pub(crate) offset: Spot<String>,
}

/// Where bodies say what went wrong; keys with dots between them.
pub(crate) struct ErrorsDoc {
    pub(crate) refusal: Spot<String>,
    pub(crate) messages: Vec<Spot<String>>,
}

pub(crate) struct HostDoc {
    pub(crate) url: Spot<String>,
    pub(crate) summary: String,
}

pub(crate) struct AuthDoc {
    pub(crate) account: Spot<String>,
    pub(crate) id_variable: String,
    pub(crate) token_variable: String,
}

pub(crate) struct ResourceDoc {
    pub(crate) file: usize,
    pub(crate) resource: Spot<String>,
    pub(crate) plural: Spot<String>,
    pub(crate) summary: String,
    pub(crate) object: Option<Spot<String>>,
    pub(crate) id: Option<Spot<String>>,
    pub(crate) sources: Map<SourceDoc>,
    pub(crate) types: Map<NamedTypeDoc>,
    pub(crate) fields: Map<FieldDoc>,
    pub(crate) operations: Map<OperationDoc>,
    pub(crate) answers: Map<AnswerDoc>,
    pub(crate) examples: Map<ExampleDoc>,
}

/// A type under `types`: an enumeration or an object that carries its key as its name.
pub(crate) struct NamedTypeDoc {
    pub(crate) ty: TypeDoc,
    pub(crate) summary: String,
}

pub(crate) struct SourceDoc {
    pub(crate) says: String,
    pub(crate) url: Option<String>,
    pub(crate) enforce: Level,
}

/// Who states a fact, where it says so.
#[derive(Clone, Debug, Default)]
pub(crate) struct Authorship {
    pub(crate) source: Option<Spot<String>>,
    pub(crate) enforce: Option<Level>,
}

/// `value`, or `{ is: value, source: .., enforce: .. }`.
#[derive(Clone, Debug)]
pub(crate) struct Fact<T> {
    pub(crate) is: Spot<T>,
    pub(crate) by: Authorship,
}

#[derive(Clone)]
pub(crate) struct FieldDoc {
    pub(crate) ty: TypeDoc,
    pub(crate) summary: String,
    pub(crate) rust: Option<Spot<String>>,
    pub(crate) checks: ChecksDoc,
    pub(crate) required: Option<Fact<bool>>,
    pub(crate) by: Authorship,
    pub(crate) answers_only: bool,
    pub(crate) given_by_server: bool,
    pub(crate) filters: Option<Spot<String>>,
    pub(crate) compare: Vec<Spot<Comparison>>,
    pub(crate) delimiter: Option<Spot<String>>,
    pub(crate) flatten: Option<Place>,
    pub(crate) sensitive: bool,
    pub(crate) deprecated: Option<String>,
    pub(crate) also: Option<Spot<Kind>>,
    pub(crate) example: Option<Spot<String>>,
    pub(crate) contradictions: Vec<ContradictionDoc>,
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
    Named(Spot<String>),
    Enum {
        name: Spot<String>,
        values: Vec<ValueDoc>,
    },
    Object {
        name: Spot<String>,
        fields: Map<FieldDoc>,
    },
    List(Box<TypeDoc>),
    Map(Box<TypeDoc>),
}

#[derive(Clone)]
pub(crate) struct ValueDoc {
    pub(crate) wire: Spot<String>,
    pub(crate) rust: Option<Spot<String>>,
    pub(crate) summary: Option<String>,
}

#[derive(Clone, Default)]
pub(crate) struct ChecksDoc {
    pub(crate) min_length: Option<Fact<u64>>,
    pub(crate) max_length: Option<Fact<u64>>,
    pub(crate) min: Option<Fact<i64>>,
    pub(crate) max: Option<Fact<i64>>,
    pub(crate) format: Option<Fact<Format>>,
}

#[derive(Clone)]
pub(crate) struct ContradictionDoc {
    pub(crate) place: Place,
    pub(crate) witnesses: Map<String>,
    pub(crate) examples: Map<Node>,
    pub(crate) decision: String,
    pub(crate) note: Option<String>,
}

pub(crate) struct OperationDoc {
    pub(crate) does: Does,
    pub(crate) summary: String,
    pub(crate) request: Option<Spot<String>>,
    pub(crate) name: Option<Spot<String>>,
    pub(crate) host: Option<Spot<String>>,
    pub(crate) by: Authorship,
    pub(crate) deprecated: Option<String>,
    pub(crate) path: Map<FieldDoc>,
    pub(crate) fixed: Map<Spot<String>>,
    pub(crate) query: Map<EntryDoc>,
    pub(crate) encoding: Option<Spot<Encoding>>,
    pub(crate) data_part: Option<Spot<String>>,
    pub(crate) body: Map<EntryDoc>,
    pub(crate) rules: Map<RuleDoc>,
    pub(crate) at_least: Option<Fact<u64>>,
    pub(crate) empty_text: Option<EmptyText>,
    pub(crate) retry: Option<Retry>,
    pub(crate) answer: Option<AnswerUseDoc>,
    pub(crate) examples: Vec<Spot<String>>,
    pub(crate) contradictions: Vec<ContradictionDoc>,
}

/// How a body travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Json,
    Multipart,
}

/// How a body, a query or an answer takes a field.
pub(crate) enum EntryDoc {
    /// The field of that name in `fields`.
    Named { is: Spot<Use>, by: Authorship, summary: Option<String>, contradictions: Vec<ContradictionDoc> },
    /// A field of its own.
    Own(Box<FieldDoc>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    Required,
    Optional,
    Always,
}

pub(crate) struct RuleDoc {
    pub(crate) place: Place,
    pub(crate) summary: String,
    pub(crate) when: Map<Vec<Spot<String>>>,
    pub(crate) needs: Vec<Spot<String>>,
    pub(crate) may_skip: Vec<Spot<String>>,
    pub(crate) exactly_one_of: Vec<Spot<String>>,
    pub(crate) at_least_one_of: Vec<Spot<String>>,
    pub(crate) at_most_one_of: Vec<Spot<String>>,
    pub(crate) by: Authorship,
}

pub(crate) struct AnswerUseDoc {
    pub(crate) ty: Spot<String>,
    pub(crate) status: Vec<Spot<u64>>,
    pub(crate) under: Option<Spot<String>>,
    pub(crate) list: Option<Spot<String>>,
    pub(crate) total: Option<Spot<String>>,
    pub(crate) meta: Option<Spot<Meta>>,
    pub(crate) deferred_by: Option<Spot<String>>,
}

pub(crate) struct AnswerDoc {
    pub(crate) summary: String,
    pub(crate) fields: Map<EntryDoc>,
}

pub(crate) struct ExampleDoc {
    pub(crate) by: Authorship,
    pub(crate) request: Node,
    pub(crate) sends: Map<Node>,
    pub(crate) warns: Vec<Spot<String>>,
    pub(crate) answer: Option<Node>,
    pub(crate) status: Option<Spot<u64>>,
    pub(crate) place: Place,
}

/// A file of `sdks/`: an official client.
pub(crate) struct SdkDoc {
    pub(crate) file: usize,
    pub(crate) sdk: Spot<String>,
    pub(crate) summary: String,
    pub(crate) registry: Registry,
    pub(crate) package: Spot<String>,
    pub(crate) version: Spot<String>,
    pub(crate) equal: Vec<(Equal, String)>,
    /// By the id of the operation, as in `profile.create`.
    pub(crate) methods: Map<SdkMethodDoc>,
    /// Why it has none, by the id of the operation.
    pub(crate) lacks: Map<String>,
}

/// The method that performs an operation.
pub(crate) struct SdkMethodDoc {
    pub(crate) calls: Spot<String>,
    pub(crate) takes: Vec<Spot<String>>,
    /// By the place that differs.
    pub(crate) differs: Map<DiffersDoc>,
}

/// What an SDK sends otherwise at one place.
pub(crate) struct DiffersDoc {
    pub(crate) sdk: Spot<DiffersWord>,
    pub(crate) sends: Option<Spot<Node>>,
    pub(crate) when: Option<Spot<Node>>,
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
