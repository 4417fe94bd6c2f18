//! Diagnostics: what is wrong with a spec, where, and how to correct it.

mod codes;
mod collection;
mod render;
mod single;

pub use self::codes::Code;
pub use self::collection::Diagnostics;
pub use self::single::{Diagnostic, Span};
