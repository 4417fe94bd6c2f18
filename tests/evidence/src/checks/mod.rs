//! The checks: one module for each kind of source.

pub(crate) mod answers;
pub(crate) mod arguments;
pub(crate) mod classes;
pub(crate) mod go;
pub(crate) mod limits;
pub(crate) mod listed;
pub(crate) mod page;
pub(crate) mod parts;
pub(crate) mod policy;
pub(crate) mod requests;
pub(crate) mod routes;
pub(crate) mod stored;
pub(crate) mod values;
