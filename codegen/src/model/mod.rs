//! The checked description of the API. Every name is final and every reference leads somewhere, so
//! that an emitter or an interpreter of the model has nothing left to decide and nothing to refuse.

mod operation;
mod sdk;

use std::ops::Index;

pub use operation::*;
pub use sdk::*;

/// The whole API.
#[derive(Clone, Debug)]
pub struct Model {
    /// The name of the API, as in `Plivo`.
    pub name: String,
    /// What it is, in Markdown.
    pub summary: String,
    /// The servers. An operation names one of them.
    pub hosts: Vec<Host>,
    /// How a caller identifies itself.
    pub auth: Auth,
    /// Where bodies say what went wrong.
    pub errors: Errors,
    /// How lists are asked for a page.
    pub pages: Pages,
    /// The file of the types that resources share, if there is one.
    pub shared: Option<Module>,
    /// The resources, ordered by name.
    pub resources: Vec<Resource>,
    /// The official clients that the description is held against, ordered by name.
    pub sdks: Vec<Sdk>,
    /// Every enumeration of every file.
    pub enums: Vec<Enum>,
    /// Every object of every file: requests, their parts and answers.
    pub objects: Vec<Object>,
}

/// Names one of [`Model::hosts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostId(pub usize);

/// Names one of [`Model::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceId(pub usize);

/// Names one of [`Model::enums`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EnumId(pub usize);

/// Names one of [`Model::objects`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ObjectId(pub usize);

/// Names one of [`Module::sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceId(pub usize);

/// The file of the spec, and of the client, that a type stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// That of the types that resources share.
    Shared,
    /// That of a resource.
    Resource(ResourceId),
}

impl Model {
    /// The file that a type stands in.
    pub fn module(&self, owner: Owner) -> Option<&Module> {
        match owner {
            Owner::Shared => self.shared.as_ref(),
            Owner::Resource(id) => self.resources.get(id.0).map(|resource| &resource.module),
        }
    }
}

impl Index<HostId> for Model {
    type Output = Host;
    fn index(&self, id: HostId) -> &Host {
        &self.hosts[id.0]
    }
}

impl Index<EnumId> for Model {
    type Output = Enum;
    fn index(&self, id: EnumId) -> &Enum {
        &self.enums[id.0]
    }
}

impl Index<ObjectId> for Model {
    type Output = Object;
    fn index(&self, id: ObjectId) -> &Object {
        &self.objects[id.0]
    }
}

impl Index<SourceId> for Module {
    type Output = Source;
    fn index(&self, id: SourceId) -> &Source {
        &self.sources[id.0]
    }
}

/// A server.
#[derive(Clone, Debug)]
pub struct Host {
    /// Its name in the spec.
    pub name: String,
    /// Scheme and authority, as in `https://api.plivo.com`.
    pub url: String,
    /// What it serves.
    pub summary: String,
}

/// HTTP Basic authentication with the account's id and token.
#[derive(Clone, Debug)]
pub struct Auth {
    /// The path parameter that is always the account's id, as in `auth_id`.
    pub account: String,
    /// The environment variable that holds the account's id.
    pub id_variable: String,
    /// The environment variable that holds the token.
    pub token_variable: String,
}

/// The places of an error's sentence in the body of a response. A dot leads into an object.
#[derive(Clone, Debug)]
pub struct Errors {
    /// The key that refuses when it says something, whatever the status.
    pub refusal: String,
    /// Where the sentence stands, the likeliest place first.
    pub messages: Vec<String>,
}

/// The query parameters of lists.
#[derive(Clone, Debug)]
pub struct Pages {
    /// How many items a page has at most.
    pub limit: String,
    /// How many items come before it.
    pub offset: String,
}

/// One file of the spec, and one module of the client.
#[derive(Clone, Debug)]
pub struct Module {
    /// The Rust name of the module.
    pub ident: String,
    /// The spec file, as in `spec/resources/profile.yaml`.
    pub file: String,
    /// What it is, in Markdown.
    pub summary: String,
    /// Who says so.
    pub sources: Vec<Source>,
}

/// One resource: a module, a feature and a method of the client.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its name, which is the name of the feature, as in `profile`.
    pub name: String,
    /// Its file.
    pub module: Module,
    /// Several of it in words, as in `profiles`.
    pub plural: String,
    /// The handle that carries the operations, as in `Profiles`.
    pub handle: String,
    /// The stored object, where the resource is a collection of them.
    pub collection: Option<Collection>,
    /// What can be done, in the order of the file.
    pub operations: Vec<Operation>,
    /// The documented requests.
    pub examples: Vec<Example>,
}

/// What a resource keeps: create makes one, read and list give it, update and delete change it.
#[derive(Clone, Debug)]
pub struct Collection {
    /// The answer type that shows the stored object whole.
    pub object: ObjectId,
    /// The wire name of the field that identifies it.
    pub id: String,
}

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
    pub at_least: Option<Limit<u64>>,
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
    pub place: Place,
    /// Its type.
    pub ty: Type,
    /// What it says, in Markdown.
    pub summary: String,
    /// Whether it is there.
    pub presence: Presence,
    /// The limits on its value.
    pub checks: Checks,
    /// A second shape in which answers are known to give it.
    pub also: Option<Kind>,
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

/// How a list travels as one text: its items with a delimiter between them; of a map, `key=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delimiter {
    /// What stands between the items, and cannot stand in one.
    pub text: String,
    /// Who states the field.
    pub authority: Authority,
}

/// Where a request carries a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
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

/// The limits on one value.
#[derive(Clone, Debug, Default)]
pub struct Checks {
    /// At least so many characters.
    pub min_length: Option<Limit<u64>>,
    /// At most so many characters.
    pub max_length: Option<Limit<u64>>,
    /// Not less than this.
    pub min: Option<Limit<i64>>,
    /// Not more than this.
    pub max: Option<Limit<i64>>,
    /// A form of text.
    pub format: Option<Limit<Format>>,
    /// A list or a map travels as one text.
    pub delimiter: Option<Delimiter>,
    /// Only listed values; who says so. Present exactly for fields of an enumeration.
    pub values: Option<Authority>,
}

/// A limit and who states it.
#[derive(Clone, Copy, Debug)]
pub struct Limit<T> {
    /// The limit.
    pub is: T,
    /// Who states it, and how a violation counts.
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

/// The kinds of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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

/// A rule between the fields of one request.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name, as in `public_needs_stock`.
    pub name: String,
    /// A sentence.
    pub summary: String,
    /// It applies when all of these hold; always, if empty.
    pub when: Vec<Condition>,
    /// What it then says.
    pub then: Consequence,
}

/// A field has one of these values.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The wire name of the field.
    pub field: String,
    /// The wire texts.
    pub values: Vec<String>,
}

/// What a rule says.
#[derive(Clone, Debug)]
pub enum Consequence {
    /// These fields must be given. One finding for each that is not.
    Needs(Vec<String>, Authority),
    /// These fields are not needed. A note; never a finding.
    MaySkip(Vec<String>),
    /// So many of these fields must be given. One finding, at the request as a whole.
    Count {
        /// The fields.
        of: Vec<String>,
        /// At least so many.
        least: u64,
        /// At most so many.
        most: u64,
        /// Who says so.
        authority: Authority,
    },
}
