//! Every mistake that a golden makes is explained exactly so, and no more is said.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use plivo_codegen::{Code, Diagnostic, Diagnostics, SpecFile, generate, model};

/// The errors, or the warnings, about a golden's input.
fn found(input: &Path) -> Diagnostics {
    generate(&support::spec(input)).map_or_else(|errors| errors, |outputs| outputs.warnings)
}

#[test]
fn mistakes_are_explained_as_their_goldens_say() {
    let mut differences = Vec::new();
    for input in support::inputs("diagnostics") {
        let actual = match found(&input) {
            diagnostics if diagnostics.is_empty() => "no problem was found\n".to_owned(),
            diagnostics => diagnostics.to_string(),
        };
        differences.extend(support::compare(&input, "stderr", &actual));
    }
    support::settle(differences);
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
    for input in support::inputs("diagnostics") {
        covered.extend(found(&input).iter().map(|diagnostic| diagnostic.code().id()));
    }
    let missing: Vec<_> =
        Code::ALL.iter().filter(|code| !covered.contains(code.id()) && !elsewhere.contains(code)).collect();
    assert!(missing.is_empty(), "no golden for {missing:?}");
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
        ("resource: thing", "resource: [thing]"),
        ("summary: A made-up resource.", "summary: \"A made-up resource."),
    ];
    for (right, wrong) in mistakes {
        let sources = [
            SpecFile::new("spec/plivo.yaml", support::API),
            SpecFile::new("spec/resources/thing.yaml", support::THING.replace(right, wrong)),
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
    let resource = support::THING.replace("message: { type: string, summary: Says so., example: Painted. }", hue);
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
    std::fs::create_dir(directory.path().join("resources")).unwrap();
    std::fs::write(directory.path().join("notes.yaml"), "").unwrap();
    std::fs::write(directory.path().join("resources/thing.yml"), "").unwrap();
    std::fs::create_dir(directory.path().join("sdks")).unwrap();
    std::fs::write(directory.path().join("sdks/python.txt"), "").unwrap();
    let diagnostics = plivo_codegen::read_dir(directory.path()).unwrap_err().to_string();
    assert!(diagnostics.contains("error[S028]: `spec/notes.yaml` is not part of a spec"), "{diagnostics}");
    assert!(diagnostics.contains("error[S028]: `spec/resources/thing.yml` is not part of a spec"), "{diagnostics}");
    assert!(diagnostics.contains("error[S028]: `spec/sdks/python.txt` is not part of a spec"), "{diagnostics}");
}

#[test]
fn a_file_that_is_not_utf_8_is_said() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::create_dir(directory.path().join("resources")).unwrap();
    std::fs::write(directory.path().join("plivo.yaml"), b"api: \xff").unwrap();
    let diagnostics = plivo_codegen::read_dir(directory.path()).unwrap_err().to_string();
    assert!(diagnostics.starts_with("error[S009]: `spec/plivo.yaml` is not UTF-8\n"), "{diagnostics}");
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
