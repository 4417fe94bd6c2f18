//! Operations, what they send and answer, and the documented requests.

use super::contradiction::Contradiction;
use super::ids::{HostId, ObjectId, SourceId};
use super::types::Type;

/// Something that can be done.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its name in the file, as in `create`.
    pub name: String,
    /// `resource.operation`, as in `profile.create`.
    pub id: String,
    /// The Rust method.
    pub ident: String,
    /// What it does, in Markdown.
    pub summary: String,
    /// What it does to the collection.
    pub does: Does,
    /// The HTTP method.
    pub method: Method,
    /// The server.
    pub host: HostId,
    /// The path.
    pub path: Path,
    /// Query parameters that are always the same: name and value.
    pub fixed: Vec<(String, String)>,
    /// Why it should no longer be used.
    pub deprecated: Option<String>,
    /// The parameters: an [`Object`](super::Object) with [`Role::Request`](super::Role::Request).
    pub request: ObjectId,
    /// What the body is.
    pub body: Body,
    /// What becomes of empty texts.
    pub empty_text: EmptyText,
    /// Whether it may be sent again.
    pub retry: Retry,
    /// What comes back.
    pub answer: Answer,
    /// The documented requests of this operation: places in [`Resource::examples`](super::Resource::examples).
    pub examples: Vec<usize>,
    /// Who states the operation.
    pub source: SourceId,
    /// Where sources differ about it.
    pub contradictions: Vec<Contradiction>,
}

/// What an operation does to the resource's collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Makes an object.
    Create,
    /// Gives one object.
    Read,
    /// Gives objects, page by page.
    List,
    /// Changes an object.
    Update,
    /// Removes an object.
    Delete,
    /// Something else.
    Action,
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

/// A path with parameters.
#[derive(Clone, Debug)]
pub struct Path {
    /// As it stands in the spec, as in `/v1/Account/{auth_id}/Profile/`.
    pub template: String,
    /// Its segments; the first slash belongs to none of them.
    pub segments: Vec<Segment>,
    /// Whether it ends in a slash.
    pub trailing_slash: bool,
}

/// One segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Fixed text.
    Literal(String),
    /// The account's id.
    Account,
    /// The value of the request's field of this wire name.
    Parameter(String),
}

/// What the body of a request is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    None,
    /// A JSON object.
    Json,
    /// A part for each file, and for each other field.
    Multipart {
        /// The part that holds all fields but the files, as one JSON object, where there is such a part.
        data: Option<String>,
    },
}

/// What becomes of empty texts in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyText {
    /// They count as not given.
    LeftOut,
    /// They are sent.
    Sent,
}

/// Whether a request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It may, whatever happened.
    Safe,
    /// Only where the server has surely not executed it.
    IfNotSent,
    /// It may not.
    Never,
}

/// What comes back from an operation that succeeds.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The type: an [`Object`](super::Object) with [`Role::Answer`](super::Role::Answer), or in a list a plain value.
    pub ty: Type,
    /// The success statuses; the first is the usual one.
    pub statuses: Vec<u16>,
    /// Where the object stands.
    pub shape: ResponseShape,
    /// The field of the request that puts the result off: the answer then only confirms the order.
    pub deferred_by: Option<String>,
}

impl Answer {
    /// The object that comes back, unless it is a plain value.
    pub fn object(&self) -> Option<ObjectId> {
        match self.ty {
            Type::Object(id) => Some(id),
            _ => None,
        }
    }
}

/// Where the answer's object stands in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseShape {
    /// The body is the object, beside `api_id`.
    Bare,
    /// Under this key.
    Under(String),
    /// In an array under this key, with the page's position beside it.
    List {
        /// The key of the array.
        key: String,
        /// The key in `meta` that counts all objects, where there is one.
        total: Option<String>,
        /// Where the position stands.
        meta: Meta,
    },
}

/// Where a list says which part of the whole it is.
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
    /// Its name, as in `curl`.
    pub name: String,
    /// Who documents it.
    pub source: SourceId,
    /// The request, as a caller would write it.
    pub request: serde_json::Value,
    /// What goes out differently: top-level key and value; null means that it is left out.
    pub sends: Vec<(String, serde_json::Value)>,
    /// The warnings it causes: JSON pointer and rule.
    pub warns: Vec<(String, String)>,
    /// The body of the documented answer.
    pub answer: Option<serde_json::Value>,
    /// Its status, where it is not the usual one of the operation.
    pub status: Option<u16>,
}
