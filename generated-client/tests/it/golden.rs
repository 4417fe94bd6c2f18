//! Goldens: files beside their inputs, compared with what a test gives.

use std::fs;
use std::path::Path;

use similar::TextDiff;

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
