//! Small inputs and the Rust that is generated from them.

mod support;

use std::path::Path;

use plivo_codegen::{Outputs, Source, generate};

/// A spec of one resource, `thing`, read from the input of a golden.
fn spec(input: &Path) -> [Source; 2] {
    let text = std::fs::read_to_string(input).expect("the input");
    [Source::new("spec/plivo.yaml", support::API), Source::new("spec/resources/thing.yaml", text)]
}

fn outputs(sources: &[Source]) -> Outputs {
    generate(sources).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

#[test]
fn rust_is_generated_as_the_goldens_say() {
    let mut differences = Vec::new();
    for input in support::inputs("emission", "yaml") {
        let outputs = outputs(&spec(&input));
        let file = outputs.files.iter().find(|file| file.path == "thing.rs").unwrap();
        differences.extend(support::compare(&input, "rs", &file.text));
    }
    support::settle(differences);
}

#[test]
fn the_same_bytes_come_out_twice_and_from_any_order_of_files() {
    let mut sources = real_spec();
    let text = std::fs::read_to_string(&support::inputs("emission", "yaml")[0]).unwrap();
    sources.push(Source::new("spec/resources/thing.yaml", text));
    let first = outputs(&sources);
    for _ in 0..sources.len() {
        assert!(outputs(&sources).files == first.files && outputs(&sources).features == first.features);
        sources.rotate_left(1);
    }
    sources.reverse();
    assert!(outputs(&sources).files == first.files && outputs(&sources).features == first.features);
}

#[test]
fn the_real_spec_is_free_of_problems() {
    let warnings = outputs(&real_spec()).warnings;
    assert!(warnings.is_empty(), "{warnings}");
}

fn real_spec() -> Vec<Source> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    plivo_codegen::read_dir(&spec).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}
