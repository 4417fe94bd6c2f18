//! Where the spec declares something.

use std::fmt;

use crate::diagnostic::Span;

/// Where the spec declares something.
///
/// It is no fact about the API: `Debug` does not print it, so two specs that say the same print the same model,
/// whatever their layout.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The number of the file, in the order in which the files were read.
    pub file: usize,
    /// The byte of the file at which the declaration begins.
    pub byte: usize,
}

impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Position")
    }
}

impl From<Span> for Position {
    fn from(span: Span) -> Self {
        Self { file: span.file, byte: span.start }
    }
}
