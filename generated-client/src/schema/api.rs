//! The API as a whole: its servers, and the keys that all operations share.

/// The API that a crate is generated for.
#[derive(Debug)]
pub struct Api {
    /// The name of the API.
    pub name: &'static str,
    /// The scheme and authority of each server; the first is the default.
    pub hosts: &'static [&'static str],
    /// The environment variable that holds the auth id.
    pub id_variable: &'static str,
    /// The environment variable that holds the auth token.
    pub token_variable: &'static str,
    /// The key of an answer that reports a refusal when its value is not empty.
    pub refusal: &'static str,
    /// The query parameter of lists that sets the page size.
    pub limit: &'static str,
    /// The query parameter of lists that sets how many items precede the page.
    pub offset: &'static str,
    /// The query parameter that continues a list at a cursor, if there is one. The links to the next page contain it.
    pub cursor: Option<&'static str>,
    /// How requests defer their result, if they can.
    pub deferral: Option<Deferral>,
    /// The JSON pointers of the message of an error, in the order in which they are tried.
    pub messages: &'static [&'static str],
}

/// How a request defers its result: with two more keys.
#[derive(Debug)]
pub struct Deferral {
    /// The key of the URL that receives the result.
    pub url: &'static str,
    /// The key of the method of the request to that URL.
    pub method: &'static str,
    /// The key of the answer that has the confirmation.
    pub says: &'static str,
}

/// A type for this crate. Generated code implements [`Generated`] for it.
#[derive(Debug)]
pub struct ThisCrate;

/// Gives written code access to the API, so that written code imports nothing from the generated modules. Code that has
/// an operation uses [`Operation::api`](super::Operation::api) instead.
pub trait Generated {
    /// The API.
    const API: &'static Api;
}
