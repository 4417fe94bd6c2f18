//! Rules for the source code of the simulator.

use crate::model::spec;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers of the library. A module imports only from layers after its own.
const LAYERS: [&str; 11] =
    ["simulator", "server", "admin", "context", "options", "fault", "api", "record", "store", "http", "input"];

/// The source files, with their paths relative to `src`.
fn sources() -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut directories = vec![root.clone()];
    let mut sources = BTreeMap::new();
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                directories.push(path);
            } else {
                let relative = path.strip_prefix(&root).expect("a path in `src`").to_owned();
                sources.insert(relative, fs::read_to_string(&path).expect("a file"));
            }
        }
    }
    assert!(sources.len() > 30, "only {} files", sources.len());
    sources
}

/// A special case is a key in the spec, never a name in Rust.
#[test]
fn no_source_names_an_operation_or_a_path() {
    let model = spec();
    let operations = model.resources.iter().flat_map(|resource| &resource.operations);
    let names: Vec<&str> =
        operations.flat_map(|operation| [operation.id.as_str(), operation.path.template.as_str()]).collect();
    for (path, text) in sources() {
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let named = names.iter().find(|name| line.split('"').skip(1).any(|text| text.starts_with(**name)));
            assert_eq!(named, None, "{}: {line}", path.display());
        }
    }
}

#[test]
fn imports_follow_the_order_of_the_layers() {
    let position = |layer: &str| LAYERS.iter().position(|known| *known == layer);
    let mut checked = 0;
    for (path, text) in sources() {
        let module = path.components().next().and_then(|first| first.as_os_str().to_str()).expect("a module");
        let Some(own) = position(module.trim_end_matches(".rs")) else { continue };
        for rest in text.split("crate::").skip(1) {
            let imported = rest.split(|character: char| !(character.is_alphanumeric() || character == '_')).next();
            if let Some(imported) = imported.and_then(position) {
                assert!(own <= imported, "{} imports from `{}`", path.display(), LAYERS[imported]);
                checked += 1;
            }
        }
    }
    assert!(checked > 30, "only {checked} imports");
}
