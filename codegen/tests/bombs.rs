//! Whatever the text, the generator ends soon, takes no more memory than a machine has, and says no more
//! than somebody can read.

#[path = "support/api.rs"]
mod api;
#[path = "bombs/makers.rs"]
mod makers;

use std::fs;

use plivo_codegen::{Code, Diagnostics, SpecFile, generate, read_dir};

/// Bytes in use at once, for the text and everything that is made of it.
const MEMORY: u64 = 100 * 1024 * 1024;

/// Bytes of all that is said about a spec.
const WORDS: usize = 512 * 1024;

/// What is wrong with a resource of this text; nothing may be.
fn problems(text: String) -> Diagnostics {
    let sources = [SpecFile::new("spec/plivo.yaml", api::API), SpecFile::new("spec/resources/thing.yaml", text)];
    generate(&sources).err().unwrap_or_default()
}

fn codes(diagnostics: &Diagnostics) -> Vec<Code> {
    diagnostics.iter().map(|diagnostic| diagnostic.code()).collect()
}

#[test]
fn no_bomb_goes_off() {
    for (name, make, size) in makers::ALL {
        let mut said = Vec::new();
        let memory = allocation_counter::measure(|| {
            let diagnostics = problems(make(size));
            said.extend([diagnostics.to_string(), diagnostics.short(), diagnostics.json()]);
        });
        assert!(memory.bytes_max < MEMORY, "{name}: {} bytes", memory.bytes_max);
        assert!(said.iter().all(|text| text.len() < WORDS), "{name}: {:?}", said.iter().map(String::len));
    }
}

#[test]
fn no_sdk_is_a_bomb() {
    let head = "sdk: python\nsummary: A made-up SDK.\nregistry: PyPI\npackage: thing\nversion: \"1\"\nmethods:\n";
    let each = |count: usize, make: fn(usize) -> String| (0..count).map(make).collect::<String>();
    let one = "  thing.ping: { calls: a.b";
    let bombs = [
        each(8_000, |number| format!("  thing.unknown_{number}: {{ calls: a.b }}\n")),
        format!("{one}, takes: [{}] }}\n", each(20_000, |_| "field, ".to_owned())),
        format!("{one}, differs: {{ {} }} }}\n", each(10_000, |number| format!("/field_{number}: a, "))),
        format!(
            "{one}, differs: {{ {} }} }}\n",
            each(3_000, |number| format!("/field_{number}: {{ sdk: otherwise, why: a }}, "))
        ),
        format!("{one} }}\nlacks:\n{}", each(8_000, |number| format!("  thing.unknown_{number}: a\n"))),
        format!("{one}{} }}\n", ".b".repeat(200_000)),
    ];
    let resource = fs::read_to_string("tests/emission/minimal.yaml").expect("a resource");
    for (number, methods) in bombs.into_iter().enumerate() {
        let sources = [
            SpecFile::new("spec/plivo.yaml", api::API),
            SpecFile::new("spec/resources/thing.yaml", resource.clone()),
            SpecFile::new("spec/sdks/python.yaml", format!("{head}{methods}")),
        ];
        let mut said = 0;
        let memory = allocation_counter::measure(|| {
            said = generate(&sources).err().unwrap_or_default().to_string().len();
        });
        assert!(memory.bytes_max < MEMORY && said < WORDS, "{number}: {} bytes, {said} said", memory.bytes_max);
    }
}

#[test]
fn a_limit_is_said_once() {
    for (name, code) in [
        ("flow lists that stay open", Code::TooDeep),
        ("keys of keys", Code::TooDeep),
        ("objects in objects", Code::TooDeep),
        ("lists of lists", Code::TooDeep),
        ("a scalar", Code::TooLarge),
        ("values", Code::TooLarge),
        ("operations that repeat a text", Code::TooLarge),
        ("required fields", Code::TooManyRequired),
    ] {
        let (_, make, size) = makers::ALL.into_iter().find(|(known, ..)| *known == name).expect(name);
        assert_eq!(codes(&problems(make(size))), [code], "{name}");
    }
}

#[test]
fn objects_that_double_at_each_level_are_accepted() {
    let (_, make, size) =
        makers::ALL.into_iter().find(|(name, ..)| *name == "objects that require two others").unwrap();
    assert_eq!(codes(&problems(make(size))), []);
}

#[test]
fn very_many_problems_are_counted() {
    let lines: String = (0..1_000).map(|number| format!("unknown_{number}: a\n")).collect();
    let diagnostics = problems(format!("resource: thing\n{lines}"));
    let codes = codes(&diagnostics);
    assert_eq!(codes.len(), 201);
    assert_eq!(codes.last(), Some(&Code::TooMany));
    let text = diagnostics.to_string();
    assert!(text.contains("error[S068]: 804 more problems are not shown\n"), "{text}");
    assert!(text.ends_with("\n1004 errors in the spec\n"), "{text}");
}

#[test]
fn the_problems_of_all_files_are_counted_together() {
    let lines: String = (0..150).map(|number| format!("unknown_{number}: a\n")).collect();
    let resource = |name: &str| {
        let path = format!("spec/resources/{name}.yaml");
        SpecFile::new(path, format!("resource: {name}\n{lines}"))
    };
    let alone = problems(resource("thing").text);
    let files = [SpecFile::new("spec/plivo.yaml", api::API), resource("other"), resource("thing")];
    let together = generate(&files).err().unwrap_or_default();
    assert_eq!((alone.iter().count(), together.iter().count()), (154, 201));
    assert!(together.to_string().ends_with("\n308 errors in the spec\n"), "{together}");
    assert_eq!(together.iter().next().map(|first| first.message()), alone.iter().next().map(|first| first.message()));
}

#[test]
fn long_lines_are_not_drawn() {
    let text = problems(format!("resource: {{ \"{}\": a }}\n", "word ".repeat(150))).to_string();
    assert!(text.lines().all(|line| line.chars().count() < 200), "{text}");
    let text = problems(format!("resource: {{ {} }}\n", "a: ~, ".repeat(3_000))).to_string();
    assert!(text.contains("--> spec/resources/thing.yaml:1:19\n"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() < 200), "{text}");
}

#[test]
fn long_words_are_cut() {
    let text = problems(format!("resource: thing\nsummary: [{}]\nplural: {}!\n", "a", "b".repeat(100_000))).to_string();
    assert!(text.contains("bbb…\n"), "{text}");
    assert!(text.len() < 20_000, "{}", text.len());
}

#[test]
fn places_that_are_far_apart_are_drawn_apart() {
    let lines = "# nothing\n".repeat(1_000);
    let text = problems(format!("resource: thing\n{lines}resource: thing\n")).to_string();
    assert!(text.contains(" --> spec/resources/thing.yaml:1002:1\n"), "{text}");
    assert!(text.contains(" ::: spec/resources/thing.yaml:1:1\n"), "{text}");
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("resources")).unwrap();
    fs::write(directory.path().join("plivo.yaml"), api::API).unwrap();
    fs::write(directory.path().join("resources/thing.yaml"), vec![0xff; 2_000_000]).unwrap();
    let diagnostics = read_dir(directory.path()).unwrap_err();
    assert_eq!(codes(&diagnostics), [Code::TooLarge]);
}
