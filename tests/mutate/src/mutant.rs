//! A mutant: a file of the spec with one fact changed.

/// The kinds of fact, in the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactKind {
    /// Whether a field is required in a request, or always present in an answer.
    Presence,
    /// Which fields a query, a body or an answer has.
    Use,
    /// The wire name of a field.
    Name,
    /// The type of a field.
    Type,
    /// A bound of a field: `min`, `max`, `min_length` or `max_length`.
    Limit,
    /// The `format` of a string.
    Format,
    /// Whether a violation is an error or a warning.
    Level,
    /// A value of an enumeration.
    Value,
    /// Who sets a field, where it occurs, and which other types its value can have.
    Origin,
    /// What an operation `does`.
    Does,
    /// The states of stored objects, and which of them an operation sees and changes.
    States,
    /// The HTTP method of an operation.
    Method,
    /// The path of an operation.
    Path,
    /// A rule between the fields of an operation.
    Rule,
    /// The minimum number of fields in a request.
    AtLeast,
    /// Whether an empty string is sent.
    EmptyText,
    /// When an operation is retried.
    Retry,
    /// The type of an answer and the keys that enclose it.
    Answer,
    /// How values are encoded in requests and answers.
    Wire,
    /// The success statuses.
    Status,
    /// The servers, and the environment variables of the credentials.
    Server,
}

impl FactKind {
    /// The name in the report.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Use => "use",
            Self::Name => "wire name",
            Self::Type => "type",
            Self::Limit => "limit",
            Self::Format => "format",
            Self::Level => "level",
            Self::Value => "value",
            Self::Origin => "origin",
            Self::Does => "does",
            Self::States => "states",
            Self::Method => "method",
            Self::Path => "path",
            Self::Rule => "rule",
            Self::AtLeast => "at_least",
            Self::EmptyText => "empty_text",
            Self::Retry => "retry",
            Self::Answer => "answer",
            Self::Wire => "wire form",
            Self::Status => "status",
            Self::Server => "server",
        }
    }
}

/// A file of the spec with one fact changed.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The kind of the fact.
    pub kind: FactKind,
    /// The file, as in `spec/resources/profile.yaml`.
    pub file: String,
    /// The line of the fact in that file, from 1.
    pub line: usize,
    /// The change, as in `fields.ein.max_length: 100 -> 101`.
    pub change: String,
    /// The whole text of the changed file.
    pub text: String,
}
