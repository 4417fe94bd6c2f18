//! The models of the tests: a small made-up one, and the one of the project.

use plivo_codegen::model::Model;
use plivo_codegen::{Diagnostics, SpecFile};
use std::path::Path;

/// The directory of the project's spec.
const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec");

/// The made-up model. Most tests use the resource `gadget`. The others are `part`, a collection inside each gadget,
/// `bell`, which is inside of a gadget and stores nothing, `crate`, a second collection, and `lookup`, which stores nothing.
pub(crate) fn model() -> Model {
    let sources = [
        SpecFile::new("spec/plivo.yaml", include_str!("spec/plivo.yaml")),
        SpecFile::new("spec/resources/bell.yaml", include_str!("spec/resources/bell.yaml")),
        SpecFile::new("spec/resources/crate.yaml", include_str!("spec/resources/crate.yaml")),
        SpecFile::new("spec/resources/gadget.yaml", include_str!("spec/resources/gadget.yaml")),
        SpecFile::new("spec/resources/lookup.yaml", include_str!("spec/resources/lookup.yaml")),
        SpecFile::new("spec/resources/part.yaml", include_str!("spec/resources/part.yaml")),
    ];
    plivo_codegen::model(&sources).unwrap_or_else(panic_with)
}

/// The made-up API with a single resource: the conformance shape with this file name.
pub(crate) fn shape(name: &str) -> Model {
    shapes(&[name])
}

/// The made-up API with resources for one test: their names, and the text that describes them.
pub(crate) fn described(resources: &[(&str, &str)]) -> Model {
    let api = SpecFile::new("spec/plivo.yaml", include_str!("spec/plivo.yaml"));
    let resource = |(name, text): &(&str, &str)| SpecFile::new(format!("spec/resources/{name}.yaml"), *text);
    let sources: Vec<_> = [api].into_iter().chain(resources.iter().map(resource)).collect();
    plivo_codegen::model(&sources).unwrap_or_else(panic_with)
}

/// The made-up API with these conformance shapes.
pub(crate) fn shapes(names: &[&str]) -> Model {
    let shapes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/tests/shapes");
    let read = |name: &&str| {
        let text = std::fs::read_to_string(shapes.join(name)).expect("a shape");
        SpecFile::new(format!("spec/resources/{name}"), text)
    };
    let api = SpecFile::new("spec/plivo.yaml", include_str!("spec/plivo.yaml"));
    let sources: Vec<_> = [api].into_iter().chain(names.iter().map(read)).collect();
    plivo_codegen::model(&sources).unwrap_or_else(panic_with)
}

/// The model of the project.
pub(crate) fn spec() -> Model {
    let sources = plivo_codegen::read_dir(Path::new(SPEC)).unwrap_or_else(panic_with);
    plivo_codegen::model(&sources).unwrap_or_else(panic_with)
}

fn panic_with<T>(diagnostics: Diagnostics) -> T {
    panic!("{diagnostics}")
}
