//! Any text as a resource: the generator says what is wrong, or gives Rust.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plivo_codegen::SpecFile;

const API: &str = include_str!("../../../spec/plivo.yaml");

fuzz_target!(|text: &str| {
    let sources = [SpecFile::new("spec/plivo.yaml", API), SpecFile::new("spec/resources/thing.yaml", text)];
    match plivo_codegen::generate(&sources) {
        Ok(outputs) => {
            for file in outputs.files.iter().filter(|file| file.path.ends_with(".rs")) {
                assert!(syn::parse_file(&file.text).is_ok(), "{} is not Rust", file.path);
            }
        }
        Err(diagnostics) => assert!(!diagnostics.to_string().is_empty()),
    }
});
