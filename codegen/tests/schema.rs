//! The JSON Schemas for editors: they accept what the generator accepts, and refuse mistakes of shape at the same key.

#[path = "support/api.rs"]
mod api;
#[path = "support/patch.rs"]
mod patch;
#[path = "support/places.rs"]
mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use places::{child, places};
use plivo_codegen::{Code, Diagnostic, SpecFile, generate};
use serde_json::Value;

/// The schema of each directory of the spec, and of each file beside the directories.
const KINDS: [(&str, &str); 5] = [
    ("spec/resources/", "resource"),
    ("spec/examples/", "examples"),
    ("spec/sdks/", "sdk"),
    ("spec/types.yaml", "types"),
    ("spec/plivo.yaml", "plivo"),
];

fn kind(path: &str) -> &'static str {
    KINDS.iter().find(|(prefix, _)| path.starts_with(prefix)).unwrap_or_else(|| panic!("{path}")).1
}

/// The validators, by the names of the schemas.
fn validators() -> BTreeMap<String, Validator> {
    let minimal = include_str!("emission/minimal.yaml");
    let spec = [
        SpecFile::new("spec/plivo.yaml", api::API),
        SpecFile::new("spec/resources/thing.yaml", minimal),
    ];
    let outputs = generate(&spec).unwrap_or_else(|problems| panic!("{problems}"));
    let schemas = outputs.files.iter().filter_map(|file| {
        let name = file.path.strip_prefix("spec/schema/")?.strip_suffix(".json")?;
        let schema: Value = serde_json::from_str(&file.text).expect("JSON");
        assert!(jsonschema::draft7::meta::is_valid(&schema), "{name}");
        Some((name.to_owned(), jsonschema::draft7::new(&schema).expect("a schema")))
    });
    schemas.collect()
}

/// The values that a schema refuses, by JSON pointer, with the reason. An unknown key has a pointer of its own.
fn refused(validator: &Validator, value: &Value) -> Vec<(String, String)> {
    let pointers = validator.iter_errors(value).flat_map(|error| {
        let (at, reason) = (error.instance_path.to_string(), error.to_string());
        match &error.kind {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                unexpected.iter().map(|key| (child(&at, key), reason.clone())).collect()
            }
            _ => vec![(at, reason)],
        }
    });
    pointers.collect()
}

fn yaml(text: &str) -> Option<Value> {
    serde_yaml::from_str(text).ok()
}

fn spec_of(directory: &str) -> Vec<SpecFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    plivo_codegen::read_dir(&root.join(directory)).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The files of a directory beside this one, with an extension.
fn inputs(directory: &str, extension: &str) -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(directory);
    let entries = fs::read_dir(&directory).expect("a directory").map(|entry| entry.expect("a file").path());
    let mut inputs: Vec<_> = entries.filter(|path| path.extension().is_some_and(|found| found == extension)).collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "no inputs in {}", directory.display());
    inputs
}

/// The resources of a directory without a `plivo.yaml`.
fn resources_of(directory: &str) -> Vec<SpecFile> {
    let file = |path: PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let path_in_spec = if name == "types.yaml" { format!("spec/{name}") } else { format!("spec/resources/{name}") };
        SpecFile::new(path_in_spec, fs::read_to_string(&path).expect("a file"))
    };
    inputs(directory, "yaml").into_iter().map(file).collect()
}

/// What the generator accepts.
fn accepted() -> Vec<SpecFile> {
    let mut files = spec_of("spec");
    files.push(SpecFile::new("spec/plivo.yaml", api::API));
    files.extend(resources_of("../../tests/conformance/tests/shapes"));
    files.extend(resources_of("emission"));
    for base in ["diagnostics", "diagnostics/sdks", "diagnostics/shared", "diagnostics/states"] {
        files.extend(spec_of(&format!("codegen/tests/{base}/base")));
    }
    files
}

#[test]
fn what_the_generator_accepts_has_no_mistake_in_an_editor() {
    let validators = validators();
    let files = accepted();
    assert!(files.len() > 150, "only {} files", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let value = yaml(&file.text).expect("YAML");
        let refused = refused(&validators[kind(&file.path)], &value);
        wrong.extend(refused.into_iter().map(|(at, reason)| format!("{}: {at}: {reason}", file.path)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_first_line_of_each_file_names_its_schema() {
    for file in spec_of("spec") {
        let way = if file.path.matches('/').count() == 1 { "" } else { "../" };
        let line = format!("# yaml-language-server: $schema={way}schema/{}.json", kind(&file.path));
        assert_eq!(file.text.lines().next(), Some(&*line), "{}", file.path);
    }
}

/// What a schema can know of: keys, kinds of values, and words.
const OF_SHAPE: [Code; 6] =
    [Code::UnknownKey, Code::MissingKey, Code::WrongKind, Code::EmptyText, Code::UnknownWord, Code::UnknownType];

/// The mistakes of these codes that only the generator sees, by case.
const ONLY_THE_GENERATOR: [(Code, &[&str]); 0] = [];

fn cases() -> Vec<PathBuf> {
    ["diagnostics", "diagnostics/sdks", "diagnostics/shared", "diagnostics/states"]
        .iter()
        .flat_map(|directory| inputs(directory, "diff"))
        .collect()
}

/// The spec of a case of `diagnostics.rs`.
fn spec_with_mistakes(case: &Path) -> Vec<SpecFile> {
    let mut spec = plivo_codegen::read_dir(&case.with_file_name("base")).expect("a spec");
    spec.insert(0, SpecFile::new("spec/plivo.yaml", api::API));
    patch::apply(&fs::read_to_string(case).expect("a case"), &mut spec).expect("a diff");
    spec
}

/// Whether one of the refused values is that of a diagnostic: the same key or value, or for a missing key the mapping.
fn is_refused(diagnostic: &Diagnostic, text: &str, refused: &[(String, String)]) -> bool {
    let Some(span) = diagnostic.span() else { return false };
    places(text).iter().any(|place| {
        let at_key = place.key.is_some_and(|(start, _)| start == span.start);
        let is_same = |pointer: &str| refused.iter().any(|(refused, _)| refused == pointer);
        let mapping = place.pointer.rsplit_once('/').map_or("", |(mapping, _)| mapping);
        match diagnostic.code() {
            Code::UnknownKey => at_key && is_same(&place.pointer),
            Code::MissingKey => {
                (at_key || place.value == span.start) && (is_same(&place.pointer) || is_same(mapping))
            }
            _ => (at_key || place.value == span.start) && is_same(&place.pointer),
        }
    })
}

#[test]
fn mistakes_of_shape_are_refused_at_the_same_key() {
    let validators = validators();
    let mut unseen: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut seen = 0;
    for case in cases() {
        let spec = spec_with_mistakes(&case);
        let problems = generate(&spec).map_or_else(|errors| errors, |outputs| outputs.warnings);
        for diagnostic in problems.iter().filter(|diagnostic| OF_SHAPE.contains(&diagnostic.code())) {
            let file = &spec[diagnostic.span().map_or(0, |span| span.file)];
            let refused = yaml(&file.text).map(|value| refused(&validators[kind(&file.path)], &value));
            if refused.as_ref().is_some_and(|refused| is_refused(diagnostic, &file.text, refused)) {
                seen += 1;
            } else {
                let stem = case.file_stem().expect("a name").to_string_lossy().into_owned();
                eprintln!("{} {stem}: {} {refused:?}", diagnostic.code().id(), diagnostic.message());
                unseen.entry(diagnostic.code().id()).or_default().insert(stem);
            }
        }
    }
    let expected: BTreeMap<_, BTreeSet<_>> = ONLY_THE_GENERATOR
        .iter()
        .map(|(code, cases)| (code.id(), cases.iter().map(|case| (*case).to_owned()).collect()))
        .collect();
    assert_eq!(unseen, expected);
    assert!(seen > 50, "only {seen} mistakes");
}
