//! The real description of Profile with pieces cut out, doubled and replaced.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plivo_codegen::Source;

const API: &str = include_str!("../../../spec/plivo.yaml");
const PROFILE: &str = include_str!("../../../spec/resources/profile.yaml");

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

fuzz_target!(|changes: Vec<Change>| {
    let text = mutate(PROFILE.to_owned(), changes);
    let sources = [Source::new("spec/plivo.yaml", API), Source::new("spec/resources/profile.yaml", text)];
    match plivo_codegen::generate(&sources) {
        Ok(outputs) => {
            for file in outputs.files {
                assert!(syn::parse_file(&file.text).is_ok(), "{} is not Rust", file.path);
            }
        }
        Err(diagnostics) => assert!(!diagnostics.to_string().is_empty()),
    }
});
