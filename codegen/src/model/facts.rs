//! Facts with their sources: who states them, and how a violation counts.

use super::format::Format;
use super::ids::SourceId;
use super::non_empty::NonEmpty;

/// A source: who states facts.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name in the file, such as `page`.
    pub name: String,
    /// Its Rust constant, such as `PAGE`.
    pub ident: String,
    /// A description of the source.
    pub says: String,
    /// Where to read it.
    pub url: Option<String>,
    /// The level of violations of its facts, unless the fact has its own.
    pub enforce: Level,
}

/// The level of a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The request is not sent.
    Error,
    /// The request is sent, and the violation is reported.
    Warn,
}

/// The sources that state a fact, in the order of the spec.
pub type Sources = NonEmpty<SourceId>;

/// Who states a fact, and the level of its violations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The sources.
    pub sources: Sources,
    /// The level of violations.
    pub level: Level,
}

/// A limit on a value, and who states it.
#[derive(Clone, Debug)]
pub struct Constraint<T> {
    /// The limit.
    pub is: T,
    /// Who states it, and the level of its violations.
    pub authority: Authority,
}

/// The constraints on one value.
#[derive(Clone, Debug, Default)]
pub struct Constraints {
    /// The minimum number of characters.
    pub min_length: Option<Constraint<u64>>,
    /// The maximum number of characters.
    pub max_length: Option<Constraint<u64>>,
    /// The minimum.
    pub min: Option<Constraint<i64>>,
    /// The maximum.
    pub max: Option<Constraint<i64>>,
    /// The format of a string.
    pub format: Option<Constraint<Format>>,
    /// The minimum number of items of a list, or of entries of a map.
    pub min_items: Option<Constraint<u64>>,
    /// The maximum number of items of a list, or of entries of a map.
    pub max_items: Option<Constraint<u64>>,
    /// The maximum number of bytes of a file.
    pub max_bytes: Option<Constraint<u64>>,
    /// The media types of a file.
    pub content_types: Option<ContentTypes>,
    /// The delimiter of a list or a map that is sent as one string.
    pub delimiter: Option<Delimiter>,
    /// Who states that only listed values are allowed. Present exactly for fields of an enumeration.
    pub values: Option<Authority>,
}

impl Constraints {
    /// The sources of all constraints, and the levels of their violations.
    pub fn authorities(&self) -> impl Iterator<Item = &Authority> {
        let counts = [&self.min_length, &self.max_length, &self.min_items, &self.max_items, &self.max_bytes];
        let counts = counts.into_iter().flatten().map(|limit| &limit.authority);
        let range = [&self.min, &self.max].into_iter().flatten().map(|limit| &limit.authority);
        let format = self.format.iter().map(|limit| &limit.authority);
        let types = self.content_types.iter().map(|types| &types.authority);
        let delimiter = self.delimiter.iter().map(|delimiter| &delimiter.authority);
        counts.chain(range).chain(format).chain(types).chain(delimiter).chain(&self.values)
    }
}

/// The media types that a file can have. A file without one is sent as `application/octet-stream`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentTypes {
    /// The types, such as `image/png`.
    pub are: Vec<String>,
    /// Who states them, and the level of violations.
    pub authority: Authority,
}

/// What is assumed if no value is given. It is never sent.
#[derive(Clone, Debug, PartialEq)]
pub struct DefaultValue {
    /// The value.
    pub is: serde_json::Value,
    /// The sources that state it.
    pub sources: Sources,
}

/// How a list is sent as one string: its items, or `key=value` entries of a map, with a delimiter between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delimiter {
    /// The text between two items. No item can contain it.
    pub text: String,
    /// The item that stands for all objects. No constraint on items applies to it.
    pub all: Option<String>,
    /// Who states the field.
    pub authority: Authority,
}
