//! Facts with their sources: who states them, and how a violation counts.

use super::ids::SourceId;

/// Somebody who states facts.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name in the file, as in `page`.
    pub name: String,
    /// The Rust constant that stands for it, as in `PAGE`.
    pub ident: String,
    /// Who that is, in words.
    pub says: String,
    /// Where to read it.
    pub url: Option<String>,
    /// How a violation of what it says counts, unless the fact says otherwise.
    pub enforce: Level,
}

/// How a violation counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The request is not sent.
    Error,
    /// The request is sent, and the finding reported.
    Warn,
}

/// Who states a limit, and how a violation of it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Who.
    pub source: SourceId,
    /// How.
    pub level: Level,
}

/// A limit and who states it.
#[derive(Clone, Copy, Debug)]
pub struct Constraint<T> {
    /// The limit.
    pub is: T,
    /// Who states it, and how a violation counts.
    pub authority: Authority,
}

/// The limits on one value.
#[derive(Clone, Debug, Default)]
pub struct Constraints {
    /// At least so many characters.
    pub min_length: Option<Constraint<u64>>,
    /// At most so many characters.
    pub max_length: Option<Constraint<u64>>,
    /// Not less than this.
    pub min: Option<Constraint<i64>>,
    /// Not more than this.
    pub max: Option<Constraint<i64>>,
    /// A form of text.
    pub format: Option<Constraint<Format>>,
    /// A list or a map travels as one text.
    pub delimiter: Option<Delimiter>,
    /// Only listed values; who says so. Present exactly for fields of an enumeration.
    pub values: Option<Authority>,
}

/// How a list travels as one text: its items with a delimiter between them; of a map, `key=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delimiter {
    /// What stands between the items, and cannot stand in one.
    pub text: String,
    /// Who states the field.
    pub authority: Authority,
}

/// A form of text. Each is defined in the text of `spec/README.md` on `format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Two capital letters A to Z.
    Country,
    /// A plus sign and 7 to 15 digits, the first of them not 0.
    E164,
    /// Something, one `@`, a domain with a dot inside; no white space.
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
