//! Goldens: files beside their inputs, compared with what the generator gives.

mod api;

use std::fs;
use std::path::{Path, PathBuf};

use plivo_codegen::Source;
use similar::TextDiff;

pub(crate) use api::API;

/// The inputs of a directory of goldens, ordered by name.
pub(crate) fn inputs(directory: &str) -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(directory);
    let entries = fs::read_dir(&directory).expect("the goldens").map(|entry| entry.expect("a golden").path());
    let mut inputs: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "yaml")).collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "no goldens in {}", directory.display());
    inputs
}

/// A spec of one resource, read from a golden's input. Every resource is called `thing`.
pub(crate) fn spec(input: &Path) -> Vec<Source> {
    let text = fs::read_to_string(input).expect("the input");
    vec![Source::new("spec/plivo.yaml", API), Source::new("spec/resources/thing.yaml", text)]
}

/// Compares with the golden beside the input, or writes it if `UPDATE_GOLDENS` is set. Gives the
/// difference, if there is one.
pub(crate) fn compare(input: &Path, extension: &str, actual: &str) -> Option<String> {
    let golden = input.with_extension(extension);
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&golden, actual).expect("the golden");
        return None;
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    if expected == actual {
        return None;
    }
    let diff = TextDiff::from_lines(&expected, actual);
    Some(format!("{}\n{}", golden.display(), diff.unified_diff().header("golden", "generated")))
}

/// Fails with all differences and the way to accept them.
pub(crate) fn settle(differences: Vec<String>) {
    assert!(differences.is_empty(), "{}\nset UPDATE_GOLDENS=1 to accept", differences.join("\n"));
}
