//! The spec of this project.

use plivo_codegen::{Diagnostics, Model};
use std::path::Path;

/// Where it is: the crate stands in the repository of the spec, also where it is a dependency by path or from git.
const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec");

/// Reads the spec of this project, which describes Plivo. Others are read with `plivo_codegen::read_dir`.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn spec() -> Result<Model, Diagnostics> {
    plivo_codegen::model(&plivo_codegen::read_dir(Path::new(SPEC))?)
}
