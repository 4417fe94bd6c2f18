//! The layers of the client and of the generator: a module imports from its own layer and from lower ones, and never in
//! a circle.

mod graph;
mod made_up;
mod references;
mod rules;

use std::fs;
use std::path::PathBuf;

use crate::support::{root, rust_files};
use graph::Graph;
use rules::{Circle, Layer, Rules};

const CLIENT: &str = "generated-client/src";

/// The lowest first. A module in no layer fails. `ARCHITECTURE.md` of the client explains the layers.
const CLIENT_LAYERS: &[Layer<'_>] = &[
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

const CLIENT_CIRCLES: &[Circle<'_>] = &[
    Circle {
        modules: &["codec::decode::object", "codec::decode::value"],
        reason: "Decoding is recursive: a value can be an object, and an object holds values.",
    },
    Circle { modules: &["client", "client::builder"], reason: "A client starts the builder that builds a client." },
];

const GENERATOR: &str = "codegen/src";

/// The stages in the order of `README.md` of the generator, after what all of them use.
const GENERATOR_LAYERS: &[Layer<'_>] = &[
    Layer { name: "base", modules: &["cores", "duration", "limits", "rust_names", "spec_file", "table", "text"] },
    Layer { name: "diagnostic", modules: &["diagnostic"] },
    Layer { name: "model", modules: &["model"] },
    Layer { name: "yaml", modules: &["yaml", "read_dir"] },
    Layer { name: "document", modules: &["document", "language", "reader"] },
    Layer { name: "parse", modules: &["parse"] },
    Layer { name: "interpret", modules: &["interpret", "names"] },
    Layer { name: "resolve", modules: &["resolve"] },
    Layer { name: "emit", modules: &["emit"] },
    Layer { name: "root", modules: &["crate"] },
];

/// Every source file of a directory, as its path below it and its text.
fn sources(directory: &str) -> Vec<(String, String)> {
    let src = root().join(directory);
    let source = |path: PathBuf| {
        let name = path.strip_prefix(&src).expect("a path below it").display().to_string();
        (name, fs::read_to_string(&path).expect("a file"))
    };
    rust_files(&src).into_iter().map(source).collect()
}

fn check(rules: Rules<'_>, min_files: usize, min_imports: usize) {
    let graph = Graph::parse(&sources(rules.src));
    let (files, imports) = (graph.files.len(), graph.imports.len());
    assert!(files >= min_files && imports >= min_imports, "only {files} files and {imports} imports were found");
    let violations = rules.violations(&graph);
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn modules_of_the_client_import_from_lower_layers_only() {
    check(Rules { src: CLIENT, layers: CLIENT_LAYERS, circles: CLIENT_CIRCLES }, 50, 200);
}

#[test]
fn modules_of_the_generator_import_from_lower_layers_only() {
    check(Rules { src: GENERATOR, layers: GENERATOR_LAYERS, circles: &[] }, 80, 300);
}
