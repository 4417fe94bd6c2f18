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
use places::{Place, child, places};
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
    let spec = [SpecFile::new("spec/plivo.yaml", api::API), SpecFile::new("spec/resources/thing.yaml", minimal)];
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
const ONLY_THE_GENERATOR: [(Code, &[&str]); 4] = [
    // Another file has to have the key.
    (Code::MissingKey, &["cursor_not_described", "deferral_not_described"]),
    // The form of a media type, a merge key, and numbers that JSON does not have.
    (Code::WrongKind, &["limits_of_lists_and_files", "merge_key", "number_too_large"]),
    // The words are names that other files and other keys declare.
    (Code::UnknownWord, &["declared_formats", "entry_format_misplaced", "unknown_names"]),
    (Code::UnknownType, &["shared_field_marked", "unknown_named_type"]),
];

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
fn is_refused(diagnostic: &Diagnostic, places: &[Place], refused: &[(String, String)]) -> bool {
    let Some(span) = diagnostic.span() else { return false };
    places.iter().any(|place| {
        let at_key = place.key.is_some_and(|(start, _)| start == span.start);
        let is_same = |pointer: &str| refused.iter().any(|(refused, _)| refused == pointer);
        let mapping = place.pointer.rsplit_once('/').map_or("", |(mapping, _)| mapping);
        match diagnostic.code() {
            Code::UnknownKey => at_key && is_same(&place.pointer),
            Code::MissingKey => (at_key || place.value == span.start) && (is_same(&place.pointer) || is_same(mapping)),
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
        let problems: Vec<_> = problems.iter().filter(|problem| OF_SHAPE.contains(&problem.code())).collect();
        for (number, file) in spec.iter().enumerate() {
            let of_file = |problem: &&&Diagnostic| problem.span().is_some_and(|span| span.file == number);
            let mut problems = problems.iter().filter(of_file).peekable();
            if problems.peek().is_none() {
                continue;
            }
            // What is no YAML is refused without a schema.
            let refused = yaml(&file.text).map(|value| refused(&validators[kind(&file.path)], &value));
            let places = refused.as_ref().map(|_| places(&file.text)).unwrap_or_default();
            for problem in problems {
                if is_refused(problem, &places, refused.as_deref().unwrap_or_default()) {
                    seen += 1;
                } else {
                    let stem = case.file_stem().expect("a name").to_string_lossy().into_owned();
                    unseen.entry(problem.code().id()).or_default().insert(stem);
                }
            }
        }
    }
    let cases = |cases: &[&str]| cases.iter().map(|case| (*case).to_owned()).collect();
    let expected: BTreeMap<_, BTreeSet<_>> =
        ONLY_THE_GENERATOR.iter().map(|(code, names)| (code.id(), cases(names))).collect();
    assert_eq!(unseen, expected);
    assert!(seen > 80, "only {seen} mistakes");
}

/// The key with one letter left out, doubled, or exchanged with the next.
fn misspelt(key: &str, random: &mut fastrand::Rng) -> String {
    let mut letters: Vec<char> = key.chars().collect();
    let at = random.usize(..letters.len() - 1);
    match random.u8(..3) {
        0 => _ = letters.remove(at),
        1 => letters.insert(at, letters[at]),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

/// A key that the generator does not know is underlined in an editor, and no other.
#[test]
fn a_misspelt_key_is_refused_by_both_at_the_same_place() {
    let validators = validators();
    let files = accepted();
    let mut random = fastrand::Rng::with_seed(7);
    let mut unknown = 0;
    for _ in 0..400 {
        let file = &files[random.usize(..files.len())];
        let places = places(&file.text);
        let place = &places[random.usize(..places.len())];
        let Some((start, end)) = place.key else { continue };
        let key = &file.text[start..end];
        if key.len() < 2 || !key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            continue;
        }
        let typo = misspelt(key, &mut random);
        let text = format!("{}{typo}{}", &file.text[..start], &file.text[end..]);
        let Some(value) = yaml(&text).filter(|_| typo != key) else { continue };
        let (mapping, _) = place.pointer.rsplit_once('/').expect("a key");
        let pointer = child(mapping, &typo);
        let in_editor = refused(&validators[kind(&file.path)], &value).iter().any(|(refused, _)| *refused == pointer);
        let file = SpecFile::new(&*file.path, text);
        let problems = plivo_codegen::model(&[file]).err().unwrap_or_default();
        let by_generator = problems.iter().any(|problem| {
            problem.code() == Code::UnknownKey && problem.span().is_some_and(|span| span.start == start)
        });
        assert_eq!(in_editor, by_generator, "{typo} at {pointer}: {problems}");
        unknown += usize::from(by_generator);
    }
    assert!(unknown > 100, "only {unknown} keys");
}
