//! The spec of this project.

use plivo_codegen::{Diagnostics, Model};
use std::path::Path;

/// The spec directory. This crate is part of the repository of the spec, even as a path or git dependency.
const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec");

/// Reads the spec of this project, which describes Plivo. Use `plivo_codegen::read_dir` for other specs.
///
/// # Errors
///
/// All problems of the spec.
pub fn spec() -> Result<Model, Diagnostics> {
    plivo_codegen::model(&plivo_codegen::read_dir(Path::new(SPEC))?)
}
