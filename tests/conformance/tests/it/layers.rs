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

/// The lowest first. A module in no layer fails.
const LAYERS: &[Layer<'_>] = &[
    Layer {
        name: "base",
        modules: &["clock", "runtime::format", "runtime::nearest", "runtime::schema", "runtime::states", "transport"],
    },
    Layer {
        name: "sending",
        modules: &["sending::http_date", "sending::limits", "sending::retry_after", "sending::window"],
    },
    Layer {
        name: "client",
        modules: &[
            "base_url",
            "blocking",
            "builder",
            "caller",
            "client",
            "credentials",
            "drift",
            "engine",
            "error",
            "file",
            "page",
            "pages",
            "pending",
            "report",
            "resources",
            "response",
            "runtime",
            "sending",
            "text",
            "trace",
        ],
    },
    Layer { name: "root", modules: &["crate", "testing"] },
];

const CIRCLES: &[Circle<'_>] = &[
    Circle {
        modules: &["file", "runtime::value"],
        reason: "A file is a value, and the view of a value can be a file.",
    },
    Circle {
        modules: &[
            "blocking",
            "builder",
            "caller",
            "client",
            "drift::listener",
            "engine",
            "error",
            "error::message",
            "pages",
            "pending",
            "resources",
            "runtime",
            "runtime::around",
            "runtime::entries",
            "runtime::envelope",
            "runtime::extra",
            "runtime::fill",
            "runtime::identity",
            "runtime::join",
            "runtime::multipart",
            "runtime::operation",
            "runtime::progress",
            "runtime::route",
            "runtime::validate",
            "runtime::wire",
            "sending::attempts",
            "sending::budget",
            "sending::retry",
            "trace",
        ],
        reason: "The runtime reads the API from `resources` and re-exports `Caller`.",
    },
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
