//! The keys of the language: one table for each construct. The readers accept what the tables list, and the JSON Schema
//! for editors is made from them.

mod api;
mod construct;
mod facts;
mod fields;
mod files;
mod operations;
mod reference;
mod resource;
mod sdk;
mod walk;
mod words;

pub(crate) use self::api::*;
pub(crate) use self::construct::*;
pub(crate) use self::facts::*;
pub(crate) use self::fields::*;
pub(crate) use self::files::*;
pub(crate) use self::operations::*;
pub(crate) use self::reference::Reference;
pub(crate) use self::resource::*;
pub(crate) use self::sdk::*;
pub(crate) use self::walk::constructs;
pub(crate) use self::words::*;
