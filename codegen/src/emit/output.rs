//! What the generator gives: files, and which directories they fill.

use crate::diagnostic::Diagnostics;

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its path from the root of the project, such as `generated-client/src/resources/profile.rs`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Everything that is generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outputs {
    /// The generated files, ordered by path.
    pub files: Vec<Output>,
    /// The directories that hold nothing but generated files, from the root of the project. Any other file in them
    /// is stale.
    pub directories: Vec<&'static str>,
    /// The lines of `generated-client/Cargo.toml` between the two marks.
    pub features: String,
    /// Warnings about the spec.
    pub warnings: Diagnostics,
}
