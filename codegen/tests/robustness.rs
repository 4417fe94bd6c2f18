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

/// Of so many specs one is laid out as Rust, which takes a hundred times as long as all that can go wrong before.
const LAID_OUT: usize = 32;

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

/// Of each way to break the spec, so many variants are tried, evenly spread over all files. The time does not grow with
/// the spec.
const VARIANTS: usize = 300;

/// Breaks each file in some way, and reads it again. `variants` has the broken texts of one text.
fn check(variants: impl Fn(&str) -> Vec<String>) {
    let spec = real_spec();
    let broken: Vec<_> =
        (0..spec.len()).flat_map(|file| variants(&spec[file].text).into_iter().map(move |text| (file, text))).collect();
    let step = broken.len().div_ceil(VARIANTS);
    for (number, (file, text)) in broken.into_iter().step_by(step).enumerate() {
        let sources = with_broken(&spec, file, text);
        assert!(survives(number, &sources), "panics on\n{}", sources.last().expect("the file").text);
    }
}

/// The broken file, and what it needs: the files that all resources share. A file of another kind is read with all
/// others.
fn with_broken(spec: &[SpecFile], file: usize, text: String) -> Vec<SpecFile> {
    let is_resource = |path: &str| path.starts_with("spec/resources/");
    let broken = &spec[file];
    let is_shared = |other: &&SpecFile| !is_resource(&other.path) && !other.path.starts_with("spec/sdks/");
    let others = spec.iter().filter(|other| other.path != broken.path);
    let others = others.filter(|other| !is_resource(&broken.path) || is_shared(other));
    others.cloned().chain([SpecFile::new(broken.path.clone(), text)]).collect()
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

#[test]
fn without_a_line() {
    check(|text| {
        let lines = lines(text);
        (0..lines.len()).map(|at| [&lines[..at], &lines[at + 1..]].concat().concat()).collect()
    });
}

#[test]
fn with_a_line_twice() {
    check(|text| {
        let lines = lines(text);
        (0..lines.len()).map(|at| [&lines[..at], &lines[at..=at], &lines[at..]].concat().concat()).collect()
    });
}

#[test]
fn with_junk_for_a_value() {
    check(|text| {
        let lines = lines(text);
        let places = lines.iter().enumerate().filter_map(|(at, line)| Some((at, line.find(": ")?)));
        let broken = places.enumerate().map(|(number, (at, colon))| {
            let broken = format!("{}: {}\n", &lines[at][..colon], JUNK[number % JUNK.len()]);
            [lines[..at].concat(), broken, lines[at + 1..].concat()].concat()
        });
        broken.collect()
    });
}

#[test]
fn cut_off() {
    check(|text| (0..text.len()).step_by(97).filter_map(|at| Some(text.get(..at)?.to_owned())).collect());
}
