//! The model to files: one directory of emitters for each output. Nothing here can fail.

mod json;
mod openapi;
mod output;
pub(crate) mod rust;
mod schema;
mod words;

pub use self::output::{GENERATED_MARK, Output, Outputs};
use crate::diagnostic::Diagnostics;
use crate::model::Model;

pub(crate) fn emit(model: &Model, warnings: Diagnostics) -> Outputs {
    // Each of these fills a directory of its own. A further one is one more line.
    let outputs = [(rust::DIRECTORY, rust::emit(model)), (schema::DIRECTORY, schema::emit())];
    let directories = outputs.iter().map(|(directory, _)| *directory).collect();
    let mut files: Vec<_> = outputs.into_iter().flat_map(|(_, files)| files).collect();
    files.push(openapi::emit(model));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Outputs { files, directories, features: rust::emit_features(model), warnings }
}
