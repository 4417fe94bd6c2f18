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
    /// How its requests differ in any operation, with a sentence on each.
    pub rules: Vec<(SdkRule, String)>,
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

/// A difference that an SDK can have in any operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SdkRule {
    /// It sends an empty string for an absent field, which is equivalent.
    EmptyText,
    /// It sends null for an absent field, which is equivalent.
    NullValue,
    /// It sends a listed value or a boolean text in another letter case, which is equivalent.
    LetterCase,
    /// It sends an empty object or text where there is no body, which is equivalent.
    EmptyBody,
    /// It sends values of the path again, in the body or the query.
    PathAgain,
    /// It sends a field of the query in the body.
    InBody,
    /// It cannot send a field, since its method has no argument for it.
    MissingArgument,
    /// It omits an argument that is zero, false or empty.
    Falsy,
}

impl SdkRule {
    /// All rules, in the order of the pages about them.
    pub const ALL: [Self; 8] = [
        Self::EmptyText,
        Self::NullValue,
        Self::LetterCase,
        Self::EmptyBody,
        Self::PathAgain,
        Self::InBody,
        Self::MissingArgument,
        Self::Falsy,
    ];

    /// Whether a request that differs by the rule has the same meaning.
    pub fn is_equivalent(self) -> bool {
        matches!(self, Self::EmptyText | Self::NullValue | Self::LetterCase | Self::EmptyBody)
    }

    /// The key of the rule.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EmptyText => "empty_text",
            Self::NullValue => "null_value",
            Self::LetterCase => "letter_case",
            Self::EmptyBody => "empty_body",
            Self::PathAgain => "path_again",
            Self::InBody => "in_body",
            Self::MissingArgument => "missing_argument",
            Self::Falsy => "falsy",
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
    /// Values that have another key than the name of their field, in the object with all other fields.
    pub keys: Vec<(FieldPart, String)>,
    /// The known failures: a part of the error, and why, in Markdown.
    pub fails: Vec<(String, String)>,
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
    /// The same value under this name.
    Renamed(String),
}

impl SdkMethod {
    /// Whether it has an argument for a field.
    pub fn takes_field(&self, name: &str) -> bool {
        self.takes.iter().any(|argument| match argument {
            Argument::Field(part) => part.field == name,
            Argument::Others => true,
            Argument::Unused => false,
        })
    }
}

/// One argument of a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// The value of a field.
    Field(FieldPart),
    /// An object with all fields that have no argument of their own.
    Others,
    /// An argument that no field of the operation has. It is never given.
    Unused,
}

/// The value of a field, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPart {
    /// The wire name of the field.
    pub field: String,
    /// The names that lead into it: of nested fields, or of the form that its text has.
    pub inside: Vec<String>,
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
