//! Facts with their sources: who states them, and how a violation counts.

use super::ids::SourceId;

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

/// Who states a fact, and the level of its violations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The source.
    pub source: SourceId,
    /// The level of violations.
    pub level: Level,
}

/// A limit on a value, and who states it.
#[derive(Clone, Copy, Debug)]
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
    /// The delimiter of a list or a map that is sent as one string.
    pub delimiter: Option<Delimiter>,
    /// Who states that only listed values are allowed. Present exactly for fields of an enumeration.
    pub values: Option<Authority>,
}

/// How a list is sent as one string: its items, or `key=value` entries of a map, with a delimiter between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delimiter {
    /// The text between two items. No item can contain it.
    pub text: String,
    /// Who states the field.
    pub authority: Authority,
}

/// The format of a string. `spec/README.md` defines each under `format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Two uppercase letters, A to Z.
    Country,
    /// A plus sign and 7 to 15 digits, the first of them not 0.
    E164,
    /// A local part, one `@`, and a domain with a dot inside; no whitespace.
    Email,
    /// 8-4-4-4-12 hexadecimal digits.
    Uuid,
    /// `http://` or `https://` and a host.
    Url,
    /// `YYYY-MM-DD`.
    Date,
    /// `YYYY-MM-DD HH:MM`, with or without seconds and a fraction of them.
    DateTime,
}
