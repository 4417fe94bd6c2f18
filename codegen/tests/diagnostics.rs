//! Each mistake in a spec gets exactly the diagnostics of its golden.
//!
//! A case is a diff: it makes one or more mistakes in a spec that has none. That spec is in the directory `base`
//! beside the case; its `plivo.yaml` is that of all goldens.

#[path = "support/patch.rs"]
mod patch;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use plivo_codegen::{Code, Diagnostic, Diagnostics, SpecFile, generate, model};

/// The directories of cases.
const CASES: [&str; 4] = ["diagnostics", "diagnostics/sdks", "diagnostics/shared", "diagnostics/states"];

/// The resource beside the SDK in which cases make mistakes.
const THING: &str = include_str!("diagnostics/sdks/base/resources/thing.yaml");

/// The resource of most cases, which has examples.
const WITH_EXAMPLES: &str = include_str!("diagnostics/base/resources/thing.yaml");

fn cases() -> Vec<PathBuf> {
    CASES.iter().flat_map(|directory| support::inputs(directory, "diff")).collect()
}

/// The spec in the directory `base` beside a case.
fn base(case: &Path) -> Vec<SpecFile> {
    let mut spec =
        plivo_codegen::read_dir(&case.with_file_name("base")).unwrap_or_else(|problems| panic!("{problems}"));
    spec.insert(0, SpecFile::new("spec/plivo.yaml", support::API));
    spec
}

/// The errors or the warnings about a spec.
fn problems(spec: &[SpecFile]) -> Diagnostics {
    generate(spec).map_or_else(|errors| errors, |outputs| outputs.warnings)
}

/// The errors or the warnings about a case.
fn found(case: &Path) -> Diagnostics {
    let mut spec = base(case);
    let diff = fs::read_to_string(case).expect("a case");
    patch::apply(&diff, &mut spec).unwrap_or_else(|problem| panic!("{}: {problem}", case.display()));
    problems(&spec)
}

#[test]
fn mistakes_are_explained_as_their_goldens_say() {
    let mut differences = Vec::new();
    for case in cases() {
        let actual = match found(&case) {
            diagnostics if diagnostics.is_empty() => "no problem was found\n".to_owned(),
            diagnostics => diagnostics.to_string(),
        };
        differences.extend(support::compare(&case, "stderr", &actual));
    }
    support::settle(differences);
}

#[test]
fn the_bases_have_no_problems() {
    for directory in CASES {
        let problems = problems(&base(&support::inputs(directory, "diff")[0]));
        assert!(problems.is_empty(), "{directory}: {problems}");
    }
}

#[test]
fn a_rule_can_demand_what_a_list_only_advises() {
    let mut spec = base(Path::new("tests/diagnostics/rules.diff"));
    for source in &mut spec {
        source.text =
            source.text.replace("color!, size, label]", "color!, size: { required: { enforce: warn } }, label]");
        source.text = source.text.replace("needs: [size]", "needs: [size]\n        enforce: warn");
    }
    assert_eq!(problems(&spec).to_string(), "");
}

#[test]
fn every_golden_has_a_case() {
    for golden in CASES.iter().flat_map(|directory| support::inputs(directory, "stderr")) {
        assert!(golden.with_extension("diff").exists(), "no case for {}", golden.display());
    }
}

/// Together the goldens cover every code but those that are not about the text of one file.
#[test]
fn every_code_has_a_golden() {
    let elsewhere = [
        Code::Unreadable,
        Code::NotText,
        Code::UnknownFile,
        Code::MissingFile,
        Code::MalformedHost,
        Code::ParsersDiffer,
        // Large: `bombs.rs` makes them.
        Code::TooLarge,
        Code::TooMany,
    ];
    let mut covered = BTreeSet::new();
    for case in cases() {
        covered.extend(found(&case).iter().map(|diagnostic| diagnostic.code().id()));
    }
    let missing: Vec<_> =
        Code::ALL.iter().filter(|code| !covered.contains(code.id()) && !elsewhere.contains(code)).collect();
    assert!(missing.is_empty(), "no golden for {missing:?}");
}

/// The problems of a spec whose examples are in a file of this name.
fn problems_of_examples(name: &str, text: &str, resource: &str) -> String {
    let sources = [
        SpecFile::new("spec/plivo.yaml", support::API),
        SpecFile::new("spec/resources/thing.yaml", resource),
        SpecFile::new(format!("spec/examples/{name}.yaml"), text),
    ];
    problems(&sources).to_string()
}

#[test]
fn examples_can_have_a_file_of_their_own() {
    let (resource, examples) = WITH_EXAMPLES.split_once("examples:\n").expect("a resource with examples");
    assert_eq!(problems_of_examples("thing", examples, resource), "");
    let unknown = problems_of_examples("thin", examples, WITH_EXAMPLES);
    assert!(unknown.contains("error[S094]: unknown resource `thin`\n --> spec/examples/thin.yaml:1:3"), "{unknown}");
    assert!(unknown.contains("help: did you mean `thing`?"), "{unknown}");
    let twice = problems_of_examples("thing", examples, WITH_EXAMPLES);
    assert!(twice.contains("error[S042]: the examples of `thing` are in two files"), "{twice}");
    // What cannot be read is not missing as well.
    let broken = problems_of_examples("thing", "curl: { requst: {} }\n", resource);
    assert!(broken.contains("spec/examples/thing.yaml:1:9") && broken.ends_with("\n1 error in the spec\n"), "{broken}");
}

#[test]
fn problems_of_all_files_are_reported_at_once() {
    let sources = [
        SpecFile::new("spec/plivo.yaml", support::API.replace("summary: HTTP Basic.", "sumary: HTTP Basic.")),
        SpecFile::new("spec/resources/one.yaml", "resource: one\n"),
        SpecFile::new("spec/resources/two.yaml", "resource: [two]\nplural: twos\n"),
    ];
    let diagnostics = model(&sources).unwrap_err();
    let files: BTreeSet<_> =
        diagnostics.iter().filter_map(|diagnostic| diagnostic.span()).map(|span| span.file).collect();
    assert_eq!(files, BTreeSet::from([0, 1, 2]));
    assert!(diagnostics.to_string().ends_with(&format!("{} errors in the spec\n", diagnostics.iter().count())));
}

/// An SDK that refers to something that is broken says nothing new.
#[test]
fn what_is_wrong_with_an_operation_is_not_said_of_its_sdk() {
    let sdk = "sdk: python\nsummary: A made-up SDK.\nregistry: PyPI\npackage: thing\nversion: \"1.2.3\"\n\
        methods:\n  thing.paint: { calls: things.paint, takes: [color, size] }\n";
    let mistakes = [
        ("request: POST", "request: PUT"),
        ("    body: [", "    bdoy: ["),
        ("resource: thing", "resource: [thing]"),
        ("summary: A made-up resource.", "summary: \"A made-up resource."),
    ];
    for (right, wrong) in mistakes {
        let sources = [
            SpecFile::new("spec/plivo.yaml", support::API),
            SpecFile::new("spec/resources/thing.yaml", THING.replace(right, wrong)),
            SpecFile::new("spec/sdks/python.yaml", sdk),
        ];
        let diagnostics = model(&sources).unwrap_err();
        let of_sdk = diagnostics.iter().filter_map(Diagnostic::span).filter(|span| span.file == 2).count();
        assert_eq!((diagnostics.iter().count(), of_sdk), (1, 0), "{diagnostics}");
    }
}

/// An answer has the examples of the types that resources share.
#[test]
fn what_is_wrong_with_a_shared_type_is_not_said_of_answers() {
    let types = "summary: Types.\nsources:\n  page: { says: a page, enforce: error }\ntypes:\n  Hue:\n    type: object\n    \
        summary: A color.\n    fields: { name: { type: string, summary: What it is called., example: red } }\n";
    let hue = "hue: { type: Hue, summary: The new one. }";
    let resource = THING.replace("message: { type: string, summary: Says so., example: Painted. }", hue);
    let found = |types: String| {
        let sources = [
            SpecFile::new("spec/plivo.yaml", support::API),
            SpecFile::new("spec/types.yaml", types),
            SpecFile::new("spec/resources/thing.yaml", resource.clone()),
        ];
        model(&sources).err().unwrap_or_default().iter().map(Diagnostic::code).collect::<Vec<_>>()
    };
    assert_eq!(found(types.to_owned()), []);
    assert_eq!(found(types.replace(", example: red", "")), [Code::UnwrittenAnswer]);
    assert_eq!(found(types.replace("example", "exampel")), [Code::UnknownKey]);
}

#[test]
fn a_missing_plivo_yaml_is_said() {
    let diagnostics = model(&[]).unwrap_err().to_string();
    assert!(diagnostics.starts_with("error[S016]: `spec/plivo.yaml` is missing\n"), "{diagnostics}");
}

#[test]
fn an_unreadable_spec_directory_is_said() {
    let directory = tempfile::tempdir().unwrap();
    let diagnostics = plivo_codegen::read_dir(directory.path()).unwrap_err().to_string();
    assert!(diagnostics.contains("error[S001]: `spec/resources` cannot be read: "), "{diagnostics}");
}

#[test]
fn a_file_that_is_not_part_of_a_spec_is_said() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("resources")).unwrap();
    fs::write(directory.path().join("notes.yaml"), "").unwrap();
    fs::write(directory.path().join("resources/thing.yml"), "").unwrap();
    fs::create_dir(directory.path().join("sdks")).unwrap();
    fs::write(directory.path().join("sdks/python.txt"), "").unwrap();
    let diagnostics = plivo_codegen::read_dir(directory.path()).unwrap_err().to_string();
    assert!(diagnostics.contains("error[S028]: `spec/notes.yaml` is not part of a spec"), "{diagnostics}");
    assert!(diagnostics.contains("error[S028]: `spec/resources/thing.yml` is not part of a spec"), "{diagnostics}");
    assert!(diagnostics.contains("error[S028]: `spec/sdks/python.txt` is not part of a spec"), "{diagnostics}");
}

#[test]
fn a_file_that_is_not_utf_8_is_said() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("resources")).unwrap();
    fs::write(directory.path().join("plivo.yaml"), b"api: \xff").unwrap();
    let diagnostics = plivo_codegen::read_dir(directory.path()).unwrap_err().to_string();
    assert!(diagnostics.starts_with("error[S009]: `spec/plivo.yaml` is not UTF-8\n"), "{diagnostics}");
}

/// Reading one would never end.
#[test]
#[cfg(unix)]
fn pipes_and_devices_among_the_files_are_said_and_not_read() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    fs::create_dir(path("resources")).unwrap();
    fs::write(path("plivo.yaml"), support::API).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(path("types.yaml")).unwrap();
    assert!(Command::new("mkfifo").arg(path("resources/pipe.yaml")).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", path("resources/zero.yaml")).unwrap();
    fs::create_dir(path("resources/directory.yaml")).unwrap();
    let diagnostics = plivo_codegen::read_dir(directory.path()).unwrap_err().to_string();
    for name in ["types.yaml", "resources/pipe.yaml", "resources/zero.yaml", "resources/directory.yaml"] {
        let problem = format!("error[S001]: `spec/{name}` cannot be read: not a regular file\n");
        assert!(diagnostics.contains(&problem), "{diagnostics}");
    }
}

/// A checkout on Windows could not create the file, or would read from a device.
#[test]
fn a_file_with_the_name_of_a_windows_device_is_said() {
    let sdk = "sdk: aux\nsummary: A made-up SDK.\nregistry: PyPI\npackage: thing\nversion: \"1.2.3\"\nlacks:\n  \
        thing.paint: It cannot.\n";
    let named = THING.replace("resource: thing", "resource: con");
    for (path, text, what) in [
        ("sdks/aux", sdk, "`aux` cannot be the name of an SDK"),
        ("resources/con", &named, "`con` cannot be the name of a resource"),
    ] {
        let sources = [
            SpecFile::new("spec/plivo.yaml", support::API),
            SpecFile::new("spec/resources/thing.yaml", THING),
            SpecFile::new(format!("spec/{path}.yaml"), text),
        ];
        let diagnostics = model(&sources).unwrap_err().to_string();
        assert!(diagnostics.contains(&format!("error[S032]: {what}\n")), "{diagnostics}");
        assert!(diagnostics.contains("Windows has a device of this name, so no file can have it"), "{diagnostics}");
    }
}

#[test]
fn a_host_that_is_no_address_is_said() {
    for url in ["http://api.example.com", "https://", "https://api.example.com/", "https://me@api.example.com"] {
        let sources = [SpecFile::new("spec/plivo.yaml", support::API.replace("https://api.example.com", url))];
        let diagnostics = model(&sources).unwrap_err().to_string();
        assert!(diagnostics.starts_with("error[S018]: "), "{diagnostics}");
    }
}

#[test]
fn a_byte_order_mark_is_said() {
    let sources = [SpecFile::new("spec/plivo.yaml", format!("\u{feff}{}", support::API))];
    let diagnostics = model(&sources).unwrap_err().to_string();
    assert!(diagnostics.starts_with("error[S002]: the file begins with a byte order mark\n"), "{diagnostics}");
}

#[test]
fn there_is_something_to_say_about_every_code() {
    assert!(Code::ALL.len() >= 50);
    for code in Code::ALL {
        assert!(code.explanation().ends_with('.') && code.explanation().len() > 15, "{}", code.id());
        assert!(!code.title().ends_with('.'), "{}", code.id());
    }
}

#[test]
fn ids_are_unique_and_sorted() {
    let ids: Vec<_> = Code::ALL.iter().map(|code| code.id()).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
}
