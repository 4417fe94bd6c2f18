//! Operations, their requests and answers, and the documented requests.

use super::contradiction::Contradiction;
use super::facts::Sources;
use super::ids::{HostId, ObjectId};
use super::path::Path;
use super::position::Position;
use super::states::Move;
use super::types::{Field, Location, Type};

/// One operation of the API.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its name in the file, such as `create`.
    pub name: String,
    /// The resource and the name, as in `profile.create`.
    pub id: String,
    /// The Rust method.
    pub ident: String,
    /// What it does, in Markdown.
    pub summary: String,
    /// What it does to the collection.
    pub does: Does,
    /// How it creates several objects, if it can.
    pub creates: Option<Creates>,
    /// The states of the objects that it can see. `None`: it sees all of them.
    pub sees: Option<Vec<String>>,
    /// How it moves the object that its path names.
    pub moves: Option<Move>,
    /// The HTTP method.
    pub method: Method,
    /// The server.
    pub host: HostId,
    /// The path.
    pub path: Path,
    /// Values that every request sends.
    pub fixed: Vec<Fixed>,
    /// How certain it is that the API has it.
    pub stage: Stage,
    /// How a caller finds what a request with an unknown outcome may have created.
    pub found_by: Option<FoundBy>,
    /// Why it should no longer be used.
    pub deprecated: Option<String>,
    /// The request: an [`Object`](super::Object) with [`Role::Request`](super::Role::Request).
    pub request: ObjectId,
    /// The encoding of the body.
    pub body: Body,
    /// How empty strings are sent.
    pub empty_text: EmptyText,
    /// Whether it may be sent again.
    pub retry: Retry,
    /// The answer of a success.
    pub answer: Answer,
    /// The keys that defer the result, if that is possible. They are no fields of the request.
    pub deferral: Option<DeferralKeys>,
    /// The documented requests of this operation: indices into [`Resource::examples`](super::Resource::examples).
    pub examples: Vec<usize>,
    /// Who states the operation.
    pub sources: Sources,
    /// Where sources differ about it.
    pub contradictions: Vec<Contradiction>,
    /// Where the spec declares it.
    pub position: Position,
}

/// How one request creates several objects.
#[derive(Clone, Debug)]
pub struct Creates {
    /// The list of the request: one object for each item.
    pub each: String,
    /// The list of the answer with the ids of the objects, if it has one.
    pub ids: Option<String>,
    /// The list of the answer that shows the objects, if it has one.
    pub objects: Option<String>,
}

/// What an operation does to the resource's collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Creates an object.
    Create,
    /// Returns one object.
    Read,
    /// Returns objects, page by page.
    List,
    /// Changes an object.
    Update,
    /// Deletes an object.
    Delete,
    /// Deletes all objects.
    DeleteAll,
    /// Anything else.
    Action,
}

/// How a caller finds what an operation may have created: in a list, by the value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundBy {
    /// The field, in the request and in the items of the list.
    pub field: String,
    /// The operation that lists: an index into [`Resource::operations`](super::Resource::operations).
    pub list: usize,
}

/// How certain it is that the API has an operation. Only released operations are in the client by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is in use.
    Released,
    /// Its maintainers announced it.
    Announced,
    /// A page describes it, and nothing shows that it is there.
    Documented,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// DELETE
    Delete,
    /// PATCH
    Patch,
}

/// A value that every request of an operation sends. Operations with one route differ in these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// Its name on the wire.
    pub name: String,
    /// Its value, which is a text in JSON.
    pub value: String,
    /// Where it is sent: in the query or in the body.
    pub location: Location,
}

/// The encoding of a request's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// No body.
    None,
    /// A JSON object.
    Json,
    /// One part for each field.
    Multipart {
        /// The part that contains all fields except files as one JSON object, if there is one.
        data: Option<String>,
    },
}

/// How empty strings in a request are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyText {
    /// They count as absent.
    LeftOut,
    /// They are sent.
    Sent,
}

/// Whether a request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Always.
    Safe,
    /// Only if the server has certainly not executed it.
    IfNotSent,
    /// Never.
    Never,
}

/// The answer of an operation that succeeds.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The type: an [`Object`](super::Object) with [`Role::Answer`](super::Role::Answer), or a plain value in a list.
    pub ty: Type,
    /// The statuses of success. The first is the usual one.
    pub statuses: Vec<u16>,
    /// Where the body contains it.
    pub shape: ResponseShape,
    /// Who states that the body may be the object itself, without the key of [`ResponseShape::Under`].
    pub unwrapped: Option<Sources>,
}

impl Answer {
    /// The object that is returned, unless it is a plain value.
    pub fn object(&self) -> Option<ObjectId> {
        match self.ty {
            Type::Object(id) => Some(id),
            _ => None,
        }
    }
}

/// The keys that defer the result of an operation. With a URL, the answer is that of [`Deferral`](super::Deferral).
#[derive(Clone, Debug)]
pub struct DeferralKeys {
    /// The URL that receives the result.
    pub url: Field,
    /// The method of the request to that URL.
    pub method: Field,
}

impl DeferralKeys {
    /// Both keys.
    pub fn fields(&self) -> [&Field; 2] {
        [&self.url, &self.method]
    }
}

/// Where a response body contains the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseShape {
    /// The body is the object, beside `api_id`.
    Bare,
    /// The body contains it under this key.
    Under(String),
    /// The body contains under this key a sentence that only says that the request was executed. It may be absent.
    Says {
        /// The key.
        key: String,
        /// The sentence, if it is known.
        text: Option<String>,
    },
    /// The body contains a list, with the position of the page beside it.
    List {
        /// The key of the list.
        key: String,
        /// The keys of the number of all objects, the most likely one first. Without one, nothing counts them.
        total: Vec<String>,
        /// Where the position is.
        meta: Meta,
        /// The object whose fields are beside the list, if there is one.
        beside: Option<ObjectId>,
    },
}

/// Where a list has the position of its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meta {
    /// In an object `meta` beside the list.
    Object,
    /// Beside the list.
    Flat,
    /// Nowhere.
    None,
}

/// A documented request.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its name, such as `curl`.
    pub name: String,
    /// The sources that document it.
    pub sources: Sources,
    /// The request, as a caller would write it.
    pub request: serde_json::Value,
    /// What is sent differently: top-level key and value; null if it is left out.
    pub sends: Vec<(String, serde_json::Value)>,
    /// The warnings it causes: JSON pointer and rule.
    pub warns: Vec<(String, String)>,
    /// The body of the documented answer.
    pub answer: Option<serde_json::Value>,
    /// Its status, if it is not the usual one of the operation.
    pub status: Option<u16>,
    /// Where the spec declares it.
    pub position: Position,
}
