//! Types: enumerations, and objects with their fields.

use super::contradiction::Contradiction;
use super::facts::{Authority, Constraint, Constraints};
use super::ids::{EnumId, ObjectId, Owner, SourceId};
use super::rule::Rule;

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A JSON string.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// True or false.
    Boolean,
    /// A point in time, as text in one of the API's formats; in answers only.
    Timestamp,
    /// A decimal number that travels as text; in answers only.
    Decimal,
    /// Any JSON value.
    Any,
    /// A file, with its name and its kind; in multipart bodies only.
    File,
    /// A listed text.
    Enum(EnumId),
    /// A JSON object with known keys.
    Object(ObjectId),
    /// A JSON array.
    List(Box<Type>),
    /// A JSON object with any keys.
    Map(Box<Type>),
}

/// A list of allowed texts. Other texts can be read and, on purpose, sent.
#[derive(Clone, Debug)]
pub struct Enum {
    /// The Rust type, as in `Vertical`.
    pub name: String,
    /// The file it stands in.
    pub owner: Owner,
    /// What it says.
    pub summary: String,
    /// The allowed texts in the order of the page.
    pub values: Vec<EnumValue>,
}

/// One allowed text.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// As it travels.
    pub wire: String,
    /// The Rust variant.
    pub ident: String,
    /// What it means, where that is not plain.
    pub summary: Option<String>,
}

/// A type with fields.
#[derive(Clone, Debug)]
pub struct Object {
    /// The Rust type, as in `CreateProfile` or `Address`.
    pub name: String,
    /// The file it stands in.
    pub owner: Owner,
    /// What it is for.
    pub role: Role,
    /// What it is, in Markdown.
    pub summary: String,
    /// Its fields in the order of the spec.
    pub fields: Vec<Field>,
    /// Rules between its fields.
    pub rules: Vec<Rule>,
    /// How many fields of the body must be given, where it is more than none.
    pub at_least: Option<Constraint<u64>>,
}

/// What an object is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The parameters of an operation.
    Request,
    /// Part of requests, and perhaps of answers.
    Part,
    /// Answers only.
    Answer,
}

/// One field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// As it travels.
    pub name: String,
    /// The Rust field and setter.
    pub ident: String,
    /// Where a request carries it; [`Place::Body`] in parts and answers.
    pub location: Location,
    /// Its type.
    pub ty: Type,
    /// What it says, in Markdown.
    pub summary: String,
    /// Whether it is there.
    pub presence: Presence,
    /// The limits on its value.
    pub constraints: Constraints,
    /// A second shape in which answers are known to give it.
    pub also: Option<ValueKind>,
    /// A value for documentation, and for a simulator to answer with.
    pub example: Option<String>,
    /// In the query of a list: the field of the listed objects that must have this value, where it
    /// has another name.
    pub filters: Option<String>,
    /// How the listed objects' value must compare with it.
    pub compares: Comparison,
    /// Whether the entries of the map travel as fields beside this one.
    pub flatten: bool,
    /// Whether it is kept out of everything that is printed.
    pub sensitive: bool,
    /// Why it should no longer be used.
    pub deprecated: Option<String>,
    /// Whether the server gives it to a new object (and how is the server's business).
    pub given_by_server: bool,
    /// Who states the field.
    pub source: SourceId,
    /// Where sources differ about it.
    pub contradictions: Vec<Contradiction>,
}

/// Where a request carries a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// As a segment of the path.
    Path,
    /// In the query.
    Query,
    /// In the body.
    Body,
}

/// Whether a field is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// A request must give it.
    Required(Authority),
    /// It may be absent.
    Optional,
    /// Every answer has it, as the source shows.
    Always(SourceId),
    /// Answers may have it; requests never send it.
    AnswerOnly,
}

/// How values of stored objects compare with the value of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// They are equal.
    Is,
    /// They are greater, or later.
    Greater,
    /// They are not less.
    GreaterOrEqual,
    /// They are less, or earlier.
    Less,
    /// They are not greater.
    LessOrEqual,
}

/// The kinds of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A string.
    Text,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// An array.
    List,
    /// An object.
    Object,
}
