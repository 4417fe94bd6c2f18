//! Goldens, and the `plivo.yaml` of their specs.

mod api;
#[path = "../../../generated-client/tests/it/golden.rs"]
mod golden;

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) use api::API;
pub(crate) use golden::{compare, settle};

/// The inputs of a directory of goldens: its files with an extension, ordered by name.
pub(crate) fn inputs(directory: &str, extension: &str) -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(directory);
    let entries = fs::read_dir(&directory).expect("the goldens").map(|entry| entry.expect("a golden").path());
    let mut inputs: Vec<_> = entries.filter(|path| path.extension().is_some_and(|found| found == extension)).collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "no goldens in {}", directory.display());
    inputs
}
