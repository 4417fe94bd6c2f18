//! An operation as data.

use std::ops::Deref;
use std::sync::Arc;

use super::api::Api;

/// An operation, without the fields of its request.
#[derive(Debug)]
pub struct Operation {
    /// The name, such as `profile.create`.
    pub id: &'static str,
    /// The API that it belongs to.
    pub api: &'static Api,
    /// The HTTP method.
    pub method: Method,
    /// The scheme and authority of the server.
    pub host: &'static str,
    /// The path template, with placeholders such as `{auth_id}`.
    pub path: &'static str,
    /// Query parameters with a fixed value.
    pub fixed: &'static [(&'static str, &'static str)],
    /// How the fields of the body are sent.
    pub body: BodyEncoding,
    /// What an empty text means.
    pub empty_text: EmptyText,
    /// When the request may be sent again.
    pub retry: Retry,
    /// Where the answer is in the response.
    pub answer: ResponseShape,
    /// The field that defers the result. If it is set, the response only confirms the request and contains no answer.
    pub deferred_by: Option<&'static str>,
}

/// An operation of the spec, or an operation that was created for a single call.
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
    /// Creates an operation that the spec does not describe. Its answer is any JSON.
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

/// An HTTP method.
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

/// How the fields of a body are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyEncoding {
    /// The operation has no body.
    None,
    /// As a JSON object.
    Json,
    /// As a multipart form, which can hold files.
    Multipart {
        /// The name of a part that holds all fields but the files, as a JSON object. `None`: each field is a part.
        data: Option<&'static str>,
    },
}

/// What an empty text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyText {
    /// The field counts as absent and is left out.
    LeftOut,
    /// The empty text is sent.
    Sent,
}

/// When a request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Always, because executing the request twice does no harm.
    Safe,
    /// If the server cannot have executed the request.
    IfNotSent,
    /// Never.
    Never,
}

/// Where the answer is in the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseShape {
    /// The whole body is the answer.
    Bare,
    /// The answer is under a key. A dot in the key separates nested keys.
    Under(&'static str),
    /// A list is under a key, and the metadata of the page is beside it.
    List {
        /// The key of the list. A dot in the key separates nested keys.
        key: &'static str,
        /// The key of the total number of items, if the operation has a key of its own.
        total: Option<&'static str>,
    },
}
