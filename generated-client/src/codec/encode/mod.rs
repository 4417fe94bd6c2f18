//! Encodes a request: the path, the query, and a JSON or multipart body.

mod json;
mod multipart;
mod url;

#[cfg(test)]
pub(crate) use self::json::join;
pub use self::json::serialize;
pub(crate) use self::json::{body, json_text};
pub(crate) use self::multipart::multipart;
pub(crate) use self::url::{InvalidParameter, check_template, path, query};
