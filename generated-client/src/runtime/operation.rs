//! An operation as data.

use std::ops::Deref;
use std::sync::Arc;

use super::extra::Extra;
use super::validate::gives;
use super::value::{Object, Value};
use crate::page::{Page, PageMeta};
use crate::resources::API;

/// Everything about an operation but its fields.
#[derive(Debug)]
pub struct Operation {
    /// Its name, as in `profile.create`.
    pub id: &'static str,
    /// The method of HTTP.
    pub method: Method,
    /// Scheme and authority of its server.
    pub host: &'static str,
    /// The template of its path.
    pub path: &'static str,
    /// The parameter of the path that is the account.
    pub account: &'static str,
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
    InSpec(&'static Operation),
    Once(Arc<Operation>),
}

impl Deref for OperationRef {
    type Target = Operation;

    fn deref(&self) -> &Operation {
        match self {
            Self::InSpec(operation) => operation,
            Self::Once(operation) => operation,
        }
    }
}

impl Operation {
    /// One that the spec does not know. What it answers is any JSON.
    pub(crate) fn unknown(method: Method, path: &'static str) -> Self {
        let host = API.hosts.iter().find(|host| path.strip_prefix(**host).is_some_and(|rest| rest.starts_with('/')));
        let path = host.and_then(|host| path.strip_prefix(*host)).unwrap_or(path);
        let retry = if method == Method::Get { Retry::Safe } else { Retry::IfNotSent };
        Self {
            id: "request",
            method,
            host: host.or(API.hosts.first()).copied().unwrap_or_default(),
            path,
            account: API.account,
            fixed: &[],
            body: BodyEncoding::None,
            empty_text: EmptyText::Sent,
            retry,
            answer: ResponseShape::Bare,
            deferred_by: None,
        }
    }
}

/// Whether a request puts its result off.
pub(crate) fn is_deferred(operation: &Operation, request: &dyn Object, extra: &Extra) -> bool {
    let is_given = |name| gives(request, name, operation.empty_text) || extra.get(name).is_some();
    operation.deferred_by.is_some_and(is_given)
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

/// A request that [`Client::send`](crate::Client::send) sends. Every request of this crate is one.
pub trait Request: Object + Sized {
    /// What comes back.
    type Answer: Answer;

    /// How it travels.
    #[doc(hidden)]
    const OPERATION: &'static Operation;
}

/// What a call gives: a struct of this crate, or a [`Page`] of them.
pub trait Answer: Sized + Send + 'static {
    /// One that holds nothing.
    #[doc(hidden)]
    fn unread() -> Self;

    /// Its places, to be filled.
    #[doc(hidden)]
    fn target(&mut self) -> Target<'_>;
}

/// The places that an answer is read into.
#[doc(hidden)]
#[derive(Debug)]
pub enum Target<'a> {
    /// One value.
    One(&'a mut dyn Value),
    /// The items of a page, and where it lies.
    Page(&'a mut dyn Value, &'a mut PageMeta),
}

impl<T: Value> Answer for T {
    fn unread() -> Self {
        T::empty()
    }

    fn target(&mut self) -> Target<'_> {
        Target::One(self)
    }
}

impl<T: Value> Answer for Page<T> {
    fn unread() -> Self {
        Self { items: Vec::new(), meta: PageMeta::empty() }
    }

    fn target(&mut self) -> Target<'_> {
        Target::Page(&mut self.items, &mut self.meta)
    }
}
