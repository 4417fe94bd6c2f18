//! The models of the tests: a small made-up one, and the one of the project.

use plivo_codegen::model::Model;
use plivo_codegen::{Diagnostics, Source};
use std::path::Path;

/// The directory of the project's spec.
pub(crate) const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec");

/// The made-up model. Most tests use the resource `gadget`. The others are `part`, a collection inside each gadget,
/// `crate`, a second collection, and `lookup`, which stores nothing.
pub(crate) fn model() -> Model {
    let sources = [
        Source::new("spec/plivo.yaml", include_str!("spec/plivo.yaml")),
        Source::new("spec/resources/crate.yaml", include_str!("spec/resources/crate.yaml")),
        Source::new("spec/resources/gadget.yaml", include_str!("spec/resources/gadget.yaml")),
        Source::new("spec/resources/lookup.yaml", include_str!("spec/resources/lookup.yaml")),
        Source::new("spec/resources/part.yaml", include_str!("spec/resources/part.yaml")),
    ];
    plivo_codegen::model(&sources).unwrap_or_else(panic_with)
}

/// The made-up API with a single resource: the conformance shape with this file name.
pub(crate) fn shape(name: &str) -> Model {
    let shapes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/tests/shapes");
    let text = std::fs::read_to_string(shapes.join(name)).expect("a shape");
    let sources = [
        Source::new("spec/plivo.yaml", include_str!("spec/plivo.yaml")),
        Source::new(format!("spec/resources/{name}"), text),
    ];
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
