//! Goldens and the specs around them.

mod golden;

mod api;

use std::fs;
use std::path::{Path, PathBuf};

use plivo_codegen::SpecFile;

pub(crate) use golden::{compare, settle};

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

/// A spec of one resource, read from a golden's input. Every resource is called `thing`. An SDK, which is
/// called `python`, stands beside the resource of `THING`.
pub(crate) fn spec(input: &Path) -> Vec<SpecFile> {
    let text = fs::read_to_string(input).expect("the input");
    let api = SpecFile::new("spec/plivo.yaml", API);
    if !text.starts_with("sdk:") {
        return vec![api, SpecFile::new("spec/resources/thing.yaml", text)];
    }
    vec![api, SpecFile::new("spec/resources/thing.yaml", THING), SpecFile::new("spec/sdks/python.yaml", text)]
}

/// What the SDKs of goldens can do.
pub(crate) const THING: &str = "\
resource: thing
plural: things
summary: A made-up resource.
sources:
  page: { says: \"a page\", enforce: error }
operations:
  paint:
    does: action
    summary: Paints one.
    request: POST /v1/Account/{auth_id}/Thing/
    body:
      color: { type: string, summary: Its color. }
      size: { type: integer, summary: Its size. }
    answer: { type: Painted }
answers:
  Painted:
    summary: It is painted.
    fields:
      message: { type: string, summary: Says so., example: Painted. }
";
