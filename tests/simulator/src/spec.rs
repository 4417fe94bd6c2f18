//! The spec of this project.

use plivo_codegen::{Diagnostics, Model, SpecFile};

/// The names and texts of the files of the spec. The build script collects them.
const FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/spec_files.rs"));

/// The spec of this project, which describes Plivo. It is embedded: no file is read. Use `plivo_codegen::read_dir` for
/// other specs.
///
/// # Errors
///
/// All problems of the spec.
pub fn spec() -> Result<Model, Diagnostics> {
    let files: Vec<_> = FILES.iter().map(|(name, text)| SpecFile::new(*name, *text)).collect();
    plivo_codegen::model(&files)
}
