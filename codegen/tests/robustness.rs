//! No input can make the generator panic: the real spec with one thing broken, a thousand times over.

use std::panic;

use plivo_codegen::{SpecFile, generate, model};

const JUNK: [&str; 14] = [
    "",
    "~",
    "[]",
    "{}",
    "[[[[",
    "\"",
    "\t",
    "- a",
    "? b",
    "&a *a",
    "!!int",
    "\u{202e}",
    "9999999999999999999999",
    "é: { is: [] }",
];

fn real_spec() -> Vec<SpecFile> {
    let spec = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    plivo_codegen::read_dir(&spec).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// Of so many specs one is laid out as Rust, which takes ten times as long as all that can go wrong before.
const LAID_OUT: usize = 8;

/// Reads the spec, and now and then generates Rust; or renders what is wrong. Nothing of that may panic.
fn survives(number: usize, sources: &[SpecFile]) -> bool {
    let is_rust =
        || generate(sources).map(|outputs| outputs.files.iter().all(|file| syn::parse_file(&file.text).is_ok()));
    let run = || match model(sources) {
        Ok(_) => !number.is_multiple_of(LAID_OUT) || is_rust().unwrap_or(false),
        Err(diagnostics) => !diagnostics.to_string().is_empty(),
    };
    panic::catch_unwind(run).unwrap_or(false)
}

fn check(variants: impl Iterator<Item = (usize, String)>) {
    let spec = real_spec();
    for (number, (file, text)) in variants.enumerate() {
        let mut sources = spec.clone();
        sources[file].text = text;
        assert!(survives(number, &sources), "panics on\n{}", sources[file].text);
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

#[test]
fn without_a_line() {
    let spec = real_spec();
    check((0..spec.len()).flat_map(|file| {
        let lines = lines(&spec[file].text);
        (0..lines.len()).map(move |at| (file, [&lines[..at], &lines[at + 1..]].concat().concat()))
    }));
}

#[test]
fn with_a_line_twice() {
    let spec = real_spec();
    check((0..spec.len()).flat_map(|file| {
        let lines = lines(&spec[file].text);
        (0..lines.len()).map(move |at| (file, [&lines[..at], &lines[at..=at], &lines[at..]].concat().concat()))
    }));
}

#[test]
fn with_junk_for_a_value() {
    let spec = real_spec();
    check((0..spec.len()).flat_map(|file| {
        let lines = lines(&spec[file].text);
        let places = lines.iter().enumerate().filter_map(|(at, line)| Some((at, line.find(": ")?)));
        let places: Vec<_> = places.enumerate().map(|(number, (at, colon))| (number, at, colon)).collect();
        places.into_iter().map(move |(number, at, colon)| {
            let broken = format!("{}: {}\n", &lines[at][..colon], JUNK[number % JUNK.len()]);
            (file, [lines[..at].concat(), broken, lines[at + 1..].concat()].concat())
        })
    }));
}

#[test]
fn cut_off() {
    let spec = real_spec();
    check((0..spec.len()).flat_map(|file| {
        let text = &spec[file].text;
        (0..text.len()).step_by(97).filter_map(move |at| Some((file, text.get(..at)?.to_owned())))
    }));
}
