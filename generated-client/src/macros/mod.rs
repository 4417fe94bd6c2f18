//! Macros for generated code. Each one adds the impls that are the same for all types of a kind.

mod builders;
mod choices;
mod objects;

#[allow(unused_imports, reason = "only resources use them, and all of them can be disabled")]
pub(crate) use self::builders::{blocking, deferrable, draft, paged, part_builder, request_builder};
#[allow(unused_imports, reason = "only resources use it, and all of them can be disabled")]
pub(crate) use self::choices::choice;
#[allow(unused_imports, reason = "only resources use most of them, and all resources can be disabled")]
pub(crate) use self::objects::{object, object_impls, open_enum, row};
