//! Types: enumerations, and objects with their fields.

use super::contradiction::Contradiction;
use super::facts::{Authority, Constraint, Constraints, DefaultValue, Sources};
use super::ids::{ChoiceId, EnumId, ObjectId, Owner};
use super::path::Path;
use super::position::Position;
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
    /// A point in time, as a string in one of the API's formats; in answers only.
    Timestamp,
    /// A point in time, as a string in the form of [`Moments`](super::Moments); in queries only.
    Moment,
    /// A decimal number that is sent as a string; in answers only.
    Decimal,
    /// Any JSON value.
    Any,
    /// A file with its name and media type; in multipart bodies only.
    File,
    /// One of the listed strings.
    Enum(EnumId),
    /// A string in one of several forms.
    Choice(ChoiceId),
    /// A JSON object with known keys.
    Object(ObjectId),
    /// A JSON array.
    List(Box<Type>),
    /// A JSON object with any keys.
    Map(Box<Type>),
}

/// An enumeration of strings. Callers can read other strings and, on purpose, send them.
#[derive(Clone, Debug)]
pub struct Enum {
    /// The Rust type, such as `Vertical`.
    pub name: String,
    /// The file that declares it.
    pub owner: Owner,
    /// Its summary, in Markdown.
    pub summary: String,
    /// The allowed values, in the order of the page.
    pub values: Vec<EnumValue>,
    /// Where the spec declares it.
    pub position: Position,
}

/// One allowed value.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// Its name on the wire.
    pub wire: String,
    /// The Rust variant.
    pub ident: String,
    /// What it means, if that is not obvious.
    pub summary: Option<String>,
}

/// An object type.
#[derive(Clone, Debug)]
pub struct Object {
    /// The Rust type, such as `CreateProfile` or `Address`.
    pub name: String,
    /// The file that declares it.
    pub owner: Owner,
    /// Where it is used.
    pub role: Role,
    /// Its summary, in Markdown.
    pub summary: String,
    /// Its fields, in the order of the spec.
    pub fields: Vec<Field>,
    /// Rules between its fields.
    pub rules: Vec<Rule>,
    /// The minimum number of fields of the body, if it is more than none.
    pub at_least: Option<Constraint<u64>>,
    /// Where the spec declares it.
    pub position: Position,
}

/// Where an object is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The parameters of an operation.
    Request,
    /// Part of requests, and perhaps of answers.
    Part,
    /// Only in answers.
    Answer,
}

/// One field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name on the wire.
    pub name: String,
    /// The Rust field and setter.
    pub ident: String,
    /// Where a request carries it; [`Location::Body`] in parts and answers.
    pub location: Location,
    /// Its type.
    pub ty: Type,
    /// Its summary, in Markdown.
    pub summary: String,
    /// Whether it is present.
    pub presence: Presence,
    /// The constraints on its value.
    pub constraints: Constraints,
    /// A second kind that the value is known to have. It is converted if possible.
    pub also: Option<ValueKind>,
    /// The second kind of what lists and maps contain in the end.
    pub items_also: Option<ValueKind>,
    /// The form of a list with one item.
    pub one: One,
    /// A value for documentation, and for the answers of a simulator.
    pub example: Option<String>,
    /// What is assumed if no value is given.
    pub default: Option<DefaultValue>,
    /// The field of the request, or of the stored object, whose value this one shows.
    pub holds: Option<String>,
    /// The path that the value is.
    pub holds_path: Option<HeldPath>,
    /// In the query of a list: the field of the listed objects that is compared with this value, if it
    /// has another name.
    pub filters: Option<String>,
    /// How the values of the listed objects compare with it.
    pub compares: Comparison,
    /// Whether null clears it, and absence keeps it.
    pub clears: bool,
    /// Whether the entries of the map are sent as fields beside this one.
    pub flatten: bool,
    /// Whether it is never printed.
    pub sensitive: bool,
    /// Why it should no longer be used.
    pub deprecated: Option<String>,
    /// Whether the server sets it on a new object.
    pub given_by_server: bool,
    /// The sources that state the field.
    pub sources: Sources,
    /// Where sources differ about it.
    pub contradictions: Vec<Contradiction>,
    /// Where the spec declares it.
    pub position: Position,
}

/// The path that a text is. Its parameters can be read from it.
#[derive(Clone, Debug)]
pub struct HeldPath {
    /// The path.
    pub path: Path,
    /// Its parameters: the name on the wire, and the method that reads it.
    pub parameters: Vec<(String, String)>,
}

/// Where a request carries a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In a segment of the path.
    Path,
    /// In the query.
    Query,
    /// In the body.
    Body,
}

/// Whether a field is present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Requests must set it.
    Required(Authority),
    /// It may be absent.
    Optional,
    /// Every answer contains it, as the sources show.
    Always(Sources),
    /// Answers may contain it; requests never do.
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
    /// They begin with it.
    Prefix,
}

/// The form of a list with one item on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum One {
    /// It is a list.
    Listed,
    /// It is a list, or its item. A list is sent.
    Either,
    /// It is its item, which is also sent.
    Plain,
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
