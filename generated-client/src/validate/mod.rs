//! Validation: a request is checked against its schema before it is sent.

mod check;
mod collector;
mod constraints;
mod given;
mod outside;
mod pointer;
mod report;
mod rules;

pub use self::check::validate;
pub(crate) use self::check::validate_with;
pub use self::outside::read_request;
pub use self::report::{Report, Violation};
