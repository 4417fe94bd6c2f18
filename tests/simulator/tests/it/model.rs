//! The models that are served: a small made-up one, and the project's own.

use plivo_codegen::model::Model;
use plivo_codegen::{Diagnostics, SpecFile};
use std::path::Path;

/// Where the project's own spec is.
pub(crate) const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec");

/// The made-up model. Beside `gadget`, which is what most tests use, it has `part`, a collection
/// inside of each gadget, `crate`, a collection beside them, and `lookup`, which stores nothing.
pub(crate) fn model() -> Model {
    let sources = [
        SpecFile::new("spec/plivo.yaml", include_str!("spec/plivo.yaml")),
        SpecFile::new("spec/resources/crate.yaml", include_str!("spec/resources/crate.yaml")),
        SpecFile::new("spec/resources/gadget.yaml", include_str!("spec/resources/gadget.yaml")),
        SpecFile::new("spec/resources/lookup.yaml", include_str!("spec/resources/lookup.yaml")),
        SpecFile::new("spec/resources/part.yaml", include_str!("spec/resources/part.yaml")),
    ];
    plivo_codegen::model(&sources).unwrap_or_else(refuse)
}

/// The made-up API with nothing but the shape of this name.
pub(crate) fn shape(name: &str) -> Model {
    let shapes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/tests/shapes");
    let text = std::fs::read_to_string(shapes.join(name)).expect("a shape");
    let sources = [
        SpecFile::new("spec/plivo.yaml", include_str!("spec/plivo.yaml")),
        SpecFile::new(format!("spec/resources/{name}"), text),
    ];
    plivo_codegen::model(&sources).unwrap_or_else(refuse)
}

/// The project's own model.
pub(crate) fn spec() -> Model {
    let sources = plivo_codegen::read_dir(Path::new(SPEC)).unwrap_or_else(refuse);
    plivo_codegen::model(&sources).unwrap_or_else(refuse)
}

fn refuse<T>(diagnostics: Diagnostics) -> T {
    panic!("{diagnostics}")
}
