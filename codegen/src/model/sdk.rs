//! Official clients, and how they perform the operations.

use serde_json::Value;

/// An official client.
#[derive(Clone, Debug)]
pub struct Sdk {
    /// Its name, as in `python`.
    pub name: String,
    /// What is particular about it, in Markdown.
    pub summary: String,
    /// Where it is published.
    pub registry: Registry,
    /// What it is called there.
    pub package: String,
    /// The version that is described.
    pub version: String,
    /// What it sends otherwise and means the same, with a sentence on each.
    pub equal: Vec<(Equal, String)>,
    /// How it performs the operations that it has.
    pub methods: Vec<SdkMethod>,
    /// The ids of the operations that it does not have, and why that is thought.
    pub lacks: Vec<(String, String)>,
}

/// Where packages are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registry {
    /// That of Python.
    PyPi,
    /// That of Node.
    Npm,
}

/// Two ways to send the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Equal {
    /// An empty text, and nothing at all.
    EmptyText,
    /// A listed value in any letter case.
    LetterCase,
    /// An empty object as the body, and no body.
    EmptyBody,
}

impl Equal {
    /// The key of the rule.
    pub fn name(self) -> &'static str {
        match self {
            Self::EmptyText => "empty_text",
            Self::LetterCase => "letter_case",
            Self::EmptyBody => "empty_body",
        }
    }
}

/// The method of an SDK that performs an operation.
#[derive(Clone, Debug)]
pub struct SdkMethod {
    /// The id of the operation, as in `profile.create`.
    pub operation: String,
    /// The way to the method from the SDK's client, as in `profile.create`.
    pub calls: String,
    /// Its arguments in their order.
    pub takes: Vec<Argument>,
    /// Where it is known to send something else.
    pub differs: Vec<Differs>,
}

/// A known difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Differs {
    /// Where it is.
    pub at: DiffersAt,
    /// What the SDK does there.
    pub sdk: Otherwise,
    /// What this client sends where it does so; `None` for anything.
    pub when: Option<Value>,
    /// Why, in Markdown.
    pub why: String,
}

/// What an SDK does where it does not send what this client sends. In texts, a name in braces stands for the value of
/// that field of the request, or for the account.
#[derive(Clone, Debug, PartialEq)]
pub enum Otherwise {
    /// It sends nothing.
    LeftOut,
    /// It sends the same as a text.
    AsText,
    /// It sends this, where this client sends nothing.
    Added(Value),
    /// It sends this in place of it.
    Sends(Value),
}

/// One argument of a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// The value of the field of this wire name.
    Field(String),
    /// An object with all fields that have no argument of their own.
    Others,
}

/// A place in a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiffersAt {
    /// The HTTP method.
    Method,
    /// The path.
    Path,
    /// The body as a whole.
    Body,
    /// A field in query or body, or a part of one: a JSON pointer, as in `/address/city`.
    Field(String),
}
