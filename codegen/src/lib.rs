//! Reads the YAML description of an HTTP API, checks it, and emits a Rust client for it.

mod codes;
pub mod diagnostic;
mod document;
mod drawing;
mod emit;
mod format;
pub mod interpret;
mod limits;
pub mod model;
mod names;
mod parse;
mod reader;
mod resolve;
pub mod source;
mod table;
mod yaml;

pub use diagnostic::{Code, Diagnostic, Diagnostics};
pub use emit::{Output, Outputs};
pub use model::Model;
pub use source::{Source, read_dir};

/// Reads and checks a spec.
///
/// # Errors
///
/// Everything that is wrong with it, in all files.
pub fn model(sources: &[Source]) -> Result<Model, Diagnostics> {
    checked(sources).map(|(model, _)| model)
}

/// The model, and what is suspicious about the spec.
fn checked(sources: &[Source]) -> Result<(Model, Diagnostics), Diagnostics> {
    let mut diagnostics = Diagnostics::of(sources.to_vec());
    let documents = parse::parse(sources, &mut diagnostics);
    let model = resolve::resolve(&documents, &mut diagnostics);
    let (model, warnings) = diagnostics.into_result(model)?;
    Ok((model.ok_or_else(Diagnostics::default)?, warnings))
}

/// Generates everything that the spec describes.
///
/// # Errors
///
/// Everything that is wrong with the spec, in all files. Nothing is generated then.
pub fn generate(sources: &[Source]) -> Result<Outputs, Diagnostics> {
    checked(sources).map(|(model, warnings)| emit::emit(&model, warnings))
}
