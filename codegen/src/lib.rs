//! Reads the YAML description of an HTTP API, checks it, and emits a Rust client for it.

mod cores;
pub mod diagnostic;
mod document;
mod duration;
mod emit;
pub mod interpret;
mod language;
mod limits;
pub mod model;
mod names;
mod parse;
mod read_dir;
mod reader;
mod resolve;
mod rust_names;
mod spec_file;
mod table;
mod text;
mod yaml;

pub use diagnostic::{Code, Diagnostic, Diagnostics};
pub use emit::{Change, Directory, GENERATED_MARK, Output, Outputs, SiteInputs, stages};
pub use model::Model;
pub use read_dir::read_dir;
pub use spec_file::SpecFile;

/// Reads and checks a spec.
///
/// # Errors
///
/// All problems of the spec, in all files.
pub fn model(files: &[SpecFile]) -> Result<Model, Diagnostics> {
    checked(files).map(|(model, _)| model)
}

/// The model, and the warnings about the spec.
fn checked(files: &[SpecFile]) -> Result<(Model, Diagnostics), Diagnostics> {
    let mut diagnostics = Diagnostics::of(files.into());
    let documents = parse::parse(files, &mut diagnostics);
    let model = resolve::resolve(documents, &mut diagnostics);
    let (model, warnings) = diagnostics.into_result(model)?;
    Ok((model.ok_or_else(Diagnostics::default)?, warnings))
}

/// Generates all outputs.
///
/// # Errors
///
/// All problems of the spec, in all files. Nothing is generated then.
pub fn generate(files: &[SpecFile]) -> Result<Outputs, Diagnostics> {
    checked(files).map(|(model, warnings)| emit::emit(&model, warnings))
}

/// Makes the reference site: its files, with their paths inside of it.
///
/// # Errors
///
/// All problems of the spec, in all files.
pub fn site(files: &[SpecFile], inputs: &SiteInputs) -> Result<Vec<Output>, Diagnostics> {
    model(files).map(|model| emit::site(&model, files, inputs))
}
