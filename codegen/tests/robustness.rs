//! No input can make the generator panic: a spec with one thing broken, more than two thousand times over.
//!
//! The spec is that of the shapes, in which every key of the language occurs, with a file of an SDK and a file of
//! examples. It does not depend on the project's resources, so these tests take the same time with any number of them.

#[path = "support/api.rs"]
mod api;

use std::fs;
use std::panic;
use std::path::Path;

use plivo_codegen::{Output, SpecFile, generate, model};

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

/// An SDK with every key of such a file.
const SDK: &str = "\
sdk: made_up
summary: A made-up SDK.
registry: PyPI
package: things
version: \"1.2.3\"
rules:
  empty_text: What is not given is an empty text.
methods:
  clearing.update:
    calls: clearing.update
    takes: [lamp_id, \"...\"]
    differs:
      path: { sdk: otherwise, sends: \"/v1/Account/{account}/Lamp/{lamp_id}\", why: It forgets the slash. }
      /room: { sdk: left_out, when: none, why: It thinks that this is nothing. }
lacks:
  clearing.create: It came later.
";

/// What the shapes need in addition to the API of the goldens. Its last key is `formats`.
const MORE: &str = "\
formats:
  subaccount_id: { says: the id of a subaccount, prefix: SA, length: 18, alphabet: [uppercase, digits] }
moments: { format: datetime, summary: A date and a time in UTC. }
groups: { messaging: Messages and what they need. }
";

fn plivo_yaml() -> String {
    let (shared, _) = api::API.split_once("formats:").expect("formats");
    let (before, after) = shared.split_once("auth:").expect("the credentials");
    let lookup = "  lookup: { url: https://lookup.example.com, summary: Another host. }\n";
    format!("{before}{lookup}auth:{after}{MORE}")
}

/// The shape whose examples get a file of their own, and which has an SDK.
const OF_TWO_FILES: &str = "clearing.yaml";

fn made_up_spec() -> Vec<SpecFile> {
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = vec![SpecFile::new("spec/plivo.yaml", plivo_yaml()), SpecFile::new("spec/sdks/made_up.yaml", SDK)];
    let entries = fs::read_dir(root.join("tests/conformance/tests/shapes")).expect("the shapes");
    for path in entries.map(|entry| entry.expect("a shape").path()) {
        let name = path.file_name().expect("a name").to_string_lossy();
        match &*name {
            "types.yaml" => files.push(SpecFile::new("spec/types.yaml", read(&path))),
            name if name.ends_with(".yaml") => {
                let text = read(&path);
                let (resource, examples) = text.split_once("\nexamples:\n").filter(|_| name == OF_TWO_FILES).unzip();
                files.push(SpecFile::new(format!("spec/resources/{name}"), resource.unwrap_or(&text)));
                files.extend(examples.map(|text| SpecFile::new(format!("spec/examples/{name}"), text)));
            }
            _ => {}
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// Of so many specs one is laid out as Rust, which takes a hundred times as long as all that can go wrong before.
const LAID_OUT: usize = 32;

/// Reads the spec, and now and then generates Rust; or renders what is wrong. Nothing of that may panic.
fn survives(number: usize, sources: &[SpecFile]) -> bool {
    let is_sound = |file: &Output| match file.path.rsplit_once('.') {
        Some((_, "rs")) => syn::parse_file(&file.text).is_ok(),
        Some((_, "json")) => serde_json::from_str::<serde_json::Value>(&file.text).is_ok(),
        _ => true,
    };
    let is_rust = || generate(sources).map(|outputs| outputs.files.iter().all(is_sound));
    let run = || match model(sources) {
        Ok(_) => !number.is_multiple_of(LAID_OUT) || is_rust().unwrap_or(false),
        Err(diagnostics) => !diagnostics.to_string().is_empty(),
    };
    panic::catch_unwind(run).unwrap_or(false)
}

/// Of each way to break the spec, so many variants are tried, evenly spread over all files.
const VARIANTS: usize = 600;

/// The resources with which a file is read that all resources share. They use what such files have.
const WITH_SHARED_FILES: [&str; 5] = ["clearing", "declared_formats", "deferred", "paging", "shared_types"];

/// Breaks each file in some way, and reads it again. `variants` has the broken texts of one text.
fn check(variants: impl Fn(&str) -> Vec<String>) {
    let spec = made_up_spec();
    if let Err(problems) = generate(&spec) {
        panic!("the spec is broken already: {problems}");
    }
    let broken: Vec<_> =
        (0..spec.len()).flat_map(|file| variants(&spec[file].text).into_iter().map(move |text| (file, text))).collect();
    let step = broken.len().div_ceil(VARIANTS);
    for (number, (file, text)) in broken.into_iter().step_by(step).enumerate() {
        let sources = with_broken(&spec, file, text);
        assert!(survives(number, &sources), "panics on\n{}", sources.last().expect("the file").text);
    }
}

/// The broken file, and what it needs: a file of one resource is read without other resources, and a shared file with
/// some of them.
fn with_broken(spec: &[SpecFile], file: usize, text: String) -> Vec<SpecFile> {
    let broken = &spec[file];
    let is_needed = |other: &&SpecFile| match (resource(&broken.path), resource(&other.path)) {
        (Some(own), Some(other)) => own == other,
        (Some(_), None) => !other.path.starts_with("spec/sdks/"),
        (None, Some(other)) => WITH_SHARED_FILES.contains(&other),
        (None, None) => true,
    };
    let others = spec.iter().filter(|other| other.path != broken.path).filter(is_needed);
    others.cloned().chain([SpecFile::new(broken.path.clone(), text)]).collect()
}

/// The resource of a file.
fn resource(path: &str) -> Option<&str> {
    let name = path.strip_prefix("spec/resources/").or_else(|| path.strip_prefix("spec/examples/"))?;
    name.strip_suffix(".yaml")
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
