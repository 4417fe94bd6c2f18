//! An operation as data.

use std::ops::Deref;
use std::sync::Arc;

use super::api::Api;

/// Everything about an operation but its fields.
#[derive(Debug)]
pub struct Operation {
    /// Its name, as in `profile.create`.
    pub id: &'static str,
    /// The API that it belongs to.
    pub api: &'static Api,
    /// The method of HTTP.
    pub method: Method,
    /// Scheme and authority of its server.
    pub host: &'static str,
    /// The template of its path.
    pub path: &'static str,
    /// Parameters of the query that are always the same.
    pub fixed: &'static [(&'static str, &'static str)],
    /// How the fields of the body travel.
    pub body: BodyEncoding,
    /// What an empty text means.
    pub empty_text: EmptyText,
    /// When it may be sent again.
    pub retry: Retry,
    /// Where the answer stands in what comes back.
    pub answer: ResponseShape,
    /// The field that puts the result off: what comes back then only confirms the order.
    pub deferred_by: Option<&'static str>,
}

/// An operation of the spec, or one that was made for a single call.
#[derive(Clone, Debug)]
pub(crate) enum OperationRef {
    Described(&'static Operation),
    Undescribed(Arc<Operation>),
}

impl Deref for OperationRef {
    type Target = Operation;

    fn deref(&self) -> &Operation {
        match self {
            Self::Described(operation) => operation,
            Self::Undescribed(operation) => operation,
        }
    }
}

impl Operation {
    /// An operation that the spec does not describe. Its answer is any JSON.
    pub(crate) fn undescribed(api: &'static Api, method: Method, path: &'static str) -> Self {
        let host = api.hosts.iter().find(|host| path.strip_prefix(**host).is_some_and(|rest| rest.starts_with('/')));
        let path = host.and_then(|host| path.strip_prefix(*host)).unwrap_or(path);
        let retry = if method == Method::Get { Retry::Safe } else { Retry::IfNotSent };
        Self {
            id: "request",
            api,
            method,
            host: host.or(api.hosts.first()).copied().unwrap_or_default(),
            path,
            fixed: &[],
            body: BodyEncoding::None,
            empty_text: EmptyText::Sent,
            retry,
            answer: ResponseShape::Bare,
            deferred_by: None,
        }
    }
}

/// A method of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// DELETE
    Delete,
    /// PATCH
    Patch,
    /// PUT, which no operation of the spec uses
    Put,
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Delete => Self::DELETE,
            Method::Patch => Self::PATCH,
            Method::Put => Self::PUT,
        }
    }
}

/// How the fields of a body travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyEncoding {
    /// There are none.
    None,
    /// As a JSON object.
    Json,
    /// As the parts of a form, among them files.
    Multipart {
        /// The part that holds everything but the files, as a JSON object.
        data: Option<&'static str>,
    },
}

/// What an empty text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyText {
    /// The same as absence.
    LeftOut,
    /// Itself.
    Sent,
}

/// When a request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Whenever its outcome is not known.
    Safe,
    /// When the server cannot have executed it.
    IfNotSent,
    /// Never.
    Never,
}

/// Where the answer stands in what comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseShape {
    /// It is what comes back.
    Bare,
    /// Under a key. A dot leads into an object.
    Under(&'static str),
    /// A list under a key, beside which stands where the page lies in the whole.
    List {
        /// The key of the list. A dot leads into an object.
        key: &'static str,
        /// The key of the number of all items.
        total: Option<&'static str>,
    },
}
