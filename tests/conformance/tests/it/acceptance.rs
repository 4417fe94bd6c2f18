//! The acceptance spec: two hundred real operations that were described in a hurry, with everything that the language
//! can say. Nobody has reviewed them, so they are no part of the real spec.

use std::fs;
use std::path::PathBuf;

use plivo_codegen::model::Model;
use plivo_codegen::{SpecFile, generate};

use crate::project_copy::ProjectCopy;
use crate::support::{model_of, root, sources_of_profile};

fn directory() -> PathBuf {
    root().join("tests/acceptance/spec")
}

/// The model of the acceptance spec.
pub(crate) fn model() -> Model {
    model_of(&directory())
}

fn sources() -> Vec<SpecFile> {
    plivo_codegen::read_dir(&directory()).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn the_acceptance_spec_is_free_of_problems() {
    let outputs = generate(&sources()).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(outputs.warnings.is_empty(), "{}", outputs.warnings);
    let operations: usize = model().resources.iter().map(|resource| resource.operations.len()).sum();
    assert!(operations > 190, "only {operations} operations");
}

/// Both specs are of one API: what the real one says of it, the other one says in the same words.
#[test]
fn both_specs_describe_one_api() {
    let read = |path: PathBuf| fs::read_to_string(path).expect("plivo.yaml");
    let accepted = read(directory().join("plivo.yaml"));
    let real = read(root().join("spec/plivo.yaml"));
    let missing: Vec<_> = real.lines().filter(|line| !accepted.lines().any(|other| other == *line)).collect();
    assert!(missing.is_empty(), "not in the acceptance spec:\n{}", missing.join("\n"));
}

/// Beside the real resources, its client and the documentation compile without a warning.
#[test]
fn the_client_of_the_acceptance_spec_compiles() {
    let real = sources_of_profile().into_iter().filter(|file| file.path != "spec/plivo.yaml");
    let sources: Vec<_> = sources().into_iter().chain(real).collect();
    let copy = ProjectCopy::with_client_of(&sources);
    let features = "all-resources,blocking,preview";
    copy.cargo(&["check", "--quiet", "--package", "plivo", "--lib", "--features", features], None);
    copy.cargo(&["doc", "--quiet", "--package", "plivo", "--no-deps", "--features", features], None);
}
