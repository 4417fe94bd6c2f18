//! Official clients, and how they perform the operations.

use serde_json::Value;

/// An official client.
#[derive(Clone, Debug)]
pub struct Sdk {
    /// Its name, as in `python`.
    pub name: String,
    /// Its peculiarities, in Markdown.
    pub summary: String,
    /// The registry that publishes it.
    pub registry: Registry,
    /// Its name in the registry.
    pub package: String,
    /// The version that is described.
    pub version: String,
    /// Which deviations of its requests are equivalent, with a sentence on each.
    pub equal: Vec<(Equal, String)>,
    /// How it performs the operations that it has.
    pub methods: Vec<SdkMethod>,
    /// The ids of the operations that it lacks, with the evidence for each.
    pub lacks: Vec<(String, String)>,
}

/// A package registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registry {
    /// The registry of Python.
    PyPi,
    /// The registry of Node.
    Npm,
}

/// Two equivalent ways to send the same request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Equal {
    /// An empty string and an absent field.
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
    /// The path to the method from the SDK's client, as in `profile.create`.
    pub calls: String,
    /// Its arguments, in order.
    pub takes: Vec<Argument>,
    /// The known differences in what it sends.
    pub differs: Vec<Differs>,
}

/// A known difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Differs {
    /// The part of the request that differs.
    pub at: DiffersAt,
    /// What the SDK sends there.
    pub sdk: Otherwise,
    /// The value of this client for which the difference occurs; `None` for any value.
    pub when: Option<Value>,
    /// Why, in Markdown.
    pub why: String,
}

/// What an SDK sends in place of what this client sends. In strings, a name in braces stands for the value of that
/// field of the request, or for the account.
#[derive(Clone, Debug, PartialEq)]
pub enum Otherwise {
    /// Nothing.
    LeftOut,
    /// The same value as a string.
    AsText,
    /// This value, where this client sends nothing.
    Added(Value),
    /// This value instead.
    Sends(Value),
}

/// One argument of a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// The value of the field with this wire name.
    Field(String),
    /// An object with all fields that have no argument of their own.
    Others,
}

/// A part of a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiffersAt {
    /// The HTTP method.
    Method,
    /// The path.
    Path,
    /// The body as a whole.
    Body,
    /// A field of the query or the body, or a part of one: a JSON pointer such as `/address/city`.
    Field(String),
}
