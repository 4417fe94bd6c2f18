//! Small descriptions of everything that the language has, with pieces cut out, doubled and replaced.
//!
//! To lay out Rust and to parse it again takes a hundred times as long as to check a spec, all the more
//! under the sanitizer. So every change is checked, and code is made of one in a hundred.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plivo_codegen::SpecFile;

const API: &str = include_str!("../../../spec/plivo.yaml");
/// Resources by name.
const RESOURCES: [(&str, &str); 16] = [
    ("thing", include_str!("../../tests/emission/every_type.yaml")),
    ("thing", include_str!("../../tests/emission/hostile.yaml")),
    ("thing", include_str!("../../tests/emission/minimal.yaml")),
    ("states", include_str!("../../../tests/conformance/tests/shapes/states.yaml")),
    ("filters", include_str!("../../../tests/conformance/tests/shapes/filters.yaml")),
    ("thing", include_str!("../../tests/emission/short_forms.yaml")),
    ("beside_a_list", include_str!("../../../tests/conformance/tests/shapes/beside_a_list.yaml")),
    ("clearing", include_str!("../../../tests/conformance/tests/shapes/clearing.yaml")),
    ("declared_formats", include_str!("../../../tests/conformance/tests/shapes/declared_formats.yaml")),
    ("mixed_kinds", include_str!("../../../tests/conformance/tests/shapes/mixed_kinds.yaml")),
    ("one_for_each", include_str!("../../../tests/conformance/tests/shapes/one_for_each.yaml")),
    ("one_route", include_str!("../../../tests/conformance/tests/shapes/one_route.yaml")),
    ("only_one", include_str!("../../../tests/conformance/tests/shapes/only_one.yaml")),
    ("pool", include_str!("../../../tests/conformance/tests/shapes/pool.yaml")),
    ("stages", include_str!("../../../tests/conformance/tests/shapes/stages.yaml")),
    ("two_names", include_str!("../../../tests/conformance/tests/shapes/two_names.yaml")),
];

/// One change: what, from where, how long, and a text.
type Change = (u8, u16, u8, String);

fn mutate(mut text: String, changes: Vec<Change>) -> String {
    for (kind, start, length, with) in changes.into_iter().take(8) {
        let boundary = |at: usize| (at.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let start = boundary(usize::from(start) % (text.len() + 1));
        let end = boundary(start + usize::from(length));
        let piece = text[start..end].to_owned();
        match kind % 4 {
            0 => text.replace_range(start..end, ""),
            1 => text.insert_str(start, &piece),
            2 => text.replace_range(start..end, &with),
            _ => text.insert_str(start, &with),
        }
    }
    text
}

fn check(sources: &[SpecFile]) {
    if let Err(diagnostics) = plivo_codegen::model(sources) {
        assert!(!diagnostics.to_string().is_empty());
    }
}

fn generate(sources: &[SpecFile]) {
    let Ok(outputs) = plivo_codegen::generate(sources) else { return check(sources) };
    for file in outputs.files.iter().filter(|file| file.path.ends_with(".rs")) {
        assert!(syn::parse_file(&file.text).is_ok(), "{} is not Rust", file.path);
    }
}

/// Whether code is made of a text. The text decides, so that a finding can be repeated, and all of it, so
/// that the fuzzer cannot breed for it.
fn is_chosen(text: &str) -> bool {
    text.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 100 == 0
}

fuzz_target!(|input: (u8, Vec<Change>)| {
    let (which, changes) = input;
    let (name, text) = RESOURCES[usize::from(which) % RESOURCES.len()];
    let text = mutate(text.to_owned(), changes);
    let is_chosen = is_chosen(&text);
    let path = format!("spec/resources/{name}.yaml");
    let sources = [SpecFile::new("spec/plivo.yaml", API), SpecFile::new(path, text)];
    if is_chosen { generate(&sources) } else { check(&sources) }
});
