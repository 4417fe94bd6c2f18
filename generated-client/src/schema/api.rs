//! The API as a whole: its servers, and the keys that all of its operations share.

/// The API that a crate is generated for.
#[derive(Debug)]
pub struct Api {
    /// Its name.
    pub name: &'static str,
    /// Scheme and authority of its servers, the default one first.
    pub hosts: &'static [&'static str],
    /// The path parameter that is the account.
    pub account: &'static str,
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
    /// The JSON pointers at which an error's message may stand, the most likely first.
    pub messages: &'static [&'static str],
}

/// Stands for this crate; generated code implements [`Generated`] for it.
#[derive(Debug)]
pub struct ThisCrate;

/// Connects written code to the API that this crate is generated for, so that written code imports nothing from the
/// generated modules. What depends on an operation takes the API from [`Operation::api`](super::Operation::api) instead.
pub trait Generated {
    /// The API.
    const API: &'static Api;
}
