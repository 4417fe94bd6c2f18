//! The layers of the client: a module imports from its own layer and from lower ones, and never in a circle.

mod graph;
mod made_up;
mod references;
mod rules;

use std::fs;
use std::path::PathBuf;

use crate::support::{root, rust_files};
use graph::Graph;
use rules::{Circle, Layer, Rules};

const SRC: &str = "generated-client/src";

/// The lowest first. A module in no layer fails. `ARCHITECTURE.md` of the client explains the layers.
const LAYERS: &[Layer<'_>] = &[
    Layer { name: "base", modules: &["base_url", "body", "clock", "credentials", "macros", "trace"] },
    Layer { name: "schema", modules: &["schema"] },
    Layer { name: "drift", modules: &["drift"] },
    Layer { name: "codec", modules: &["codec", "validate"] },
    Layer { name: "transport", modules: &["transport"] },
    Layer { name: "error", modules: &["error", "response"] },
    Layer { name: "sending", modules: &["sending"] },
    Layer { name: "engine", modules: &["engine"] },
    Layer { name: "client", modules: &["blocking", "client", "testing"] },
    Layer { name: "generated", modules: &["resources"] },
    // The root only declares and re-exports. Modules import from where an item is defined.
    Layer { name: "root", modules: &["crate"] },
];

const CIRCLES: &[Circle<'_>] = &[
    Circle {
        modules: &["codec::decode::map_access", "codec::decode::object", "codec::decode::value"],
        reason: "Decoding is recursive: a value can be an object, and an object holds values.",
    },
    Circle { modules: &["client", "client::builder"], reason: "A client starts the builder that builds a client." },
];

/// Every source file, as its path below `SRC` and its text.
fn sources() -> Vec<(String, String)> {
    let src = root().join(SRC);
    let source = |path: PathBuf| {
        let name = path.strip_prefix(&src).expect("a path below it").display().to_string();
        (name, fs::read_to_string(&path).expect("a file"))
    };
    rust_files(&src).into_iter().map(source).collect()
}

#[test]
fn modules_of_the_client_import_from_lower_layers_only() {
    let graph = Graph::parse(&sources());
    assert!(graph.files.len() > 50 && graph.imports.len() > 200, "{} imports", graph.imports.len());
    let violations = Rules { src: SRC, layers: LAYERS, circles: CIRCLES }.violations(&graph);
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}
