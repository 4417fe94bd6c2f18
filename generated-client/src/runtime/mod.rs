//! What generated code stands on. It is public because generated types show it in their bounds, and
//! may change in any release.

mod around;
mod debug;
mod entries;
mod envelope;
mod extra;
mod fill;
mod format;
mod identity;
mod join;
mod multipart;
mod nearest;
mod nothing;
mod object;
pub mod open_enum;
mod operation;
mod plain;
mod progress;
mod repair;
mod route;
mod schema;
mod states;
mod validate;
mod value;
mod wire;

pub use self::debug::debug;
pub(crate) use self::envelope::read;
pub(crate) use self::extra::Extra;
pub(crate) use self::identity::identity;
pub(crate) use self::multipart::multipart;
pub(crate) use self::nothing::Nothing;
#[allow(unused_imports, reason = "with no resource enabled nobody calls them")]
pub(crate) use self::object::{blocking, object, paged, pending};
#[allow(unused_imports, reason = "with no resource enabled nobody calls it")]
pub(crate) use self::open_enum::open_enum;
pub use self::open_enum::{OpenEnum, Unlisted, UnlistedError};
pub(crate) use self::operation::OperationRef;
pub(crate) use self::operation::is_deferred;
pub use self::operation::{Answer, BodyEncoding, EmptyText, Method, Operation, Request, ResponseShape, Retry, Target};
pub(crate) use self::repair::{any_json, without_mark};
pub(crate) use self::route::{BadParameter, path, query};
pub(crate) use self::schema::Severity;
pub use self::schema::{Authority, Consequence, Field, Format, Rule, Schema, Source, ValueKind};
pub use self::states::{IsSet, Set, Unset};
pub use self::validate::validate;
pub(crate) use self::validate::validate_with;
pub use self::value::{List, Map, Object, Value, Values, View};
pub(crate) use self::wire::body;
pub use self::wire::{deserialize, serialize};
pub use crate::caller::Caller;

/// The API that the resources belong to.
#[derive(Debug)]
pub struct Api {
    /// Its name.
    pub name: &'static str,
    /// Scheme and authority of its servers, the usual one first.
    pub hosts: &'static [&'static str],
    /// The parameter of paths that is the account.
    pub account: &'static str,
    /// The variable of the environment that holds the auth id.
    pub id_variable: &'static str,
    /// The variable of the environment that holds the auth token.
    pub token_variable: &'static str,
    /// The key of an answer that refuses when it says something.
    pub refusal: &'static str,
    /// The parameter of lists that says how many items a page has.
    pub limit: &'static str,
    /// The parameter of lists that says how many items come before the page.
    pub offset: &'static str,
    /// Where an error's sentence stands, as JSON pointers, the likeliest first.
    pub messages: &'static [&'static str],
}
