//! An operation as data.

use std::ops::Deref;
use std::sync::Arc;

use super::api::{Api, Deferral, Generated, ThisCrate};
use super::source::Authority;

/// The placeholder of a path template that is the auth id of the client.
pub(crate) const ACCOUNT: &str = "account";

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
    /// The path template, with placeholders such as `{account}`.
    pub path: &'static str,
    /// Query parameters with a fixed value.
    pub fixed: &'static [(&'static str, &'static str)],
    /// Values of the body that never change.
    pub fixed_in_body: &'static [(&'static str, &'static str)],
    /// How the fields of the body are sent.
    pub body: BodyEncoding,
    /// What an empty text means.
    pub empty_text: EmptyText,
    /// When the request may be sent again.
    pub retry: Retry,
    /// Where the answer is in the response.
    pub answer: ResponseShape,
    /// Who states that a request can defer its result, if it can.
    pub deferred: Option<Authority>,
    /// Whether it changes or deletes the object in its path.
    pub changes_object: bool,
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
    /// A GET on the default server, whose answer is the whole response. It may be sent again.
    pub const fn get(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Get, path).retry(Retry::Safe)
    }

    /// A POST on the default server, without a body, whose answer is the whole response. It may be sent again only if
    /// it was not sent. The same holds for the other methods.
    pub const fn post(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Post, path)
    }

    /// A DELETE.
    pub const fn delete(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Delete, path)
    }

    /// A PATCH.
    pub const fn patch(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Patch, path)
    }

    const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        let api = ThisCrate::API;
        Self {
            id,
            api,
            method,
            host: api.hosts[0],
            path,
            fixed: &[],
            fixed_in_body: &[],
            body: BodyEncoding::None,
            empty_text: EmptyText::Sent,
            retry: Retry::IfNotSent,
            answer: ResponseShape::Bare,
            deferred: None,
            changes_object: false,
        }
    }

    /// Sets another server.
    pub const fn host(mut self, host: &'static str) -> Self {
        self.host = host;
        self
    }

    /// Sets query parameters with a fixed value.
    pub const fn fixed(mut self, parameters: &'static [(&'static str, &'static str)]) -> Self {
        self.fixed = parameters;
        self
    }

    /// Sets values of the body that never change.
    pub const fn fixed_in_body(mut self, values: &'static [(&'static str, &'static str)]) -> Self {
        self.fixed_in_body = values;
        self
    }

    /// Sends the fields of the body as a JSON object.
    pub const fn json(mut self) -> Self {
        self.body = BodyEncoding::Json;
        self
    }

    /// Sends the fields of the body as the parts of a form. `data` is the part with all fields but the files, as JSON.
    pub const fn multipart(mut self, data: Option<&'static str>) -> Self {
        self.body = BodyEncoding::Multipart { data };
        self
    }

    /// Treats an empty string as absent.
    pub const fn without_empty_text(mut self) -> Self {
        self.empty_text = EmptyText::LeftOut;
        self
    }

    /// Sets when the request may be sent again.
    pub const fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Finds the answer under a key. A dot leads into an object.
    pub const fn under(mut self, key: &'static str) -> Self {
        self.answer = ResponseShape::Under(key);
        self
    }

    /// Finds the answer under a key or, without that key, in the whole response. A dot leads into an object.
    pub const fn under_or_bare(mut self, key: &'static str) -> Self {
        self.answer = ResponseShape::UnderOrBare(key);
        self
    }

    /// Finds a sentence that only confirms the request under a key. It may be absent.
    pub const fn says(mut self, key: &'static str) -> Self {
        self.answer = ResponseShape::Says(key);
        self
    }

    /// Finds a list under a key. `total` has the keys of the number of all items, the preferred one first.
    pub const fn list(mut self, key: &'static str, total: &'static [&'static str]) -> Self {
        self.answer = ResponseShape::List { key, total };
        self
    }

    /// Permits requests to defer their result.
    pub const fn deferred(mut self, by: Authority) -> Self {
        self.deferred = Some(by);
        self
    }

    /// Says that the request changes or deletes the object in its path. A response without a body is about this object.
    pub const fn changes_object(mut self) -> Self {
        self.changes_object = true;
        self
    }

    /// The operation of a request that defers its result: the response only confirms it.
    pub(crate) const fn confirming(&self) -> Self {
        let answer = match self.deferral() {
            Some(deferral) => ResponseShape::Says(deferral.says),
            None => self.answer,
        };
        Self { answer, ..*self }
    }

    /// The keys that defer the result, if that is possible.
    pub(crate) const fn deferral(&self) -> Option<&'static Deferral> {
        match self.deferred {
            Some(_) => self.api.deferral.as_ref(),
            None => None,
        }
    }

    /// Whether a value of this name defers the result.
    pub(crate) fn is_deferral_key(&self, name: &str) -> bool {
        self.deferral().is_some_and(|keys| name == keys.url || name == keys.method)
    }

    /// Creates an operation that the spec does not describe. Its answer is any JSON.
    pub(crate) fn undescribed(method: Method, path: &'static str) -> Self {
        let operation = Self::new("request", method, path);
        let operation = if method == Method::Get { operation.retry(Retry::Safe) } else { operation };
        let hosts = operation.api.hosts.iter();
        let mut found = hosts.filter_map(|host| Some((*host, path.strip_prefix(*host)?)));
        match found.find(|(_, path)| path.starts_with('/')) {
            Some((host, path)) => Self { path, ..operation.host(host) },
            None => operation,
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
    /// The answer is under a key. If the response lacks the key, the whole body is the answer.
    UnderOrBare(&'static str),
    /// The answer is a sentence under this key, which may be absent. A dot in the key separates nested keys.
    Says(&'static str),
    /// A list is under a key, and the metadata of the page is beside it.
    List {
        /// The key of the list. A dot in the key separates nested keys.
        key: &'static str,
        /// The keys of the total number of items, the preferred one first.
        total: &'static [&'static str],
    },
}
