//! The model to files: one directory of emitters for each output. Nothing here can fail.

mod json;
mod openapi;
mod output;
mod reference;
pub(crate) mod rust;
mod schema;
mod second_forms;
pub mod stages;
mod transfer;
mod words;

use std::panic::resume_unwind;
use std::thread;

pub use self::output::{Directory, GENERATED_MARK, Output, Outputs};
pub(crate) use self::reference::site;
pub use self::reference::{Change, SiteInputs};
use crate::diagnostic::Diagnostics;
use crate::model::Model;

pub(crate) fn emit(model: &Model, warnings: Diagnostics) -> Outputs {
    // The documents take about as long as the client.
    let (client, documents) = thread::scope(|scope| {
        let documents = scope.spawn(|| (reference::emit(model), schema::emit(), openapi::emit(model)));
        (rust::emit(model), documents.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    let (reference, schema, openapi) = documents;
    // Each of these fills a directory of its own. A further one is one more line.
    let outputs = [(rust::DIRECTORY, client), (reference::DIRECTORY, reference), (schema::DIRECTORY, schema)];
    let directories = outputs.iter().map(|(directory, _)| *directory).collect();
    let mut files: Vec<_> = outputs.into_iter().flat_map(|(_, files)| files).collect();
    files.push(openapi);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Outputs { files, directories, features: rust::emit_features(model), warnings }
}
