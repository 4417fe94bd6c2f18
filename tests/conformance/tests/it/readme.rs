//! What the README shows is what is there.

use std::fs;

use crate::support::root;

/// The blocks of a language in a Markdown text.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap_or("").to_owned()).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// Whether the lines stand one after the other in the text, whatever their indentation.
fn contains_lines(text: &str, lines: &str) -> bool {
    let trimmed = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    trimmed(text).contains(trimmed(lines).trim())
}

#[test]
fn its_yaml_stands_in_the_spec() {
    let blocks = blocks(&read("README.md"), "yaml");
    assert!(!blocks.is_empty());
    let profile = read("spec/resources/profile.yaml");
    for block in blocks {
        assert!(contains_lines(&profile, &block), "not in profile.yaml:\n{block}");
    }
}

#[test]
fn its_rust_is_generated_or_in_the_example() {
    let blocks = blocks(&read("README.md"), "rust");
    assert!(blocks.len() >= 2);
    let example = read("generated-client/examples/create_profile.rs");
    let generated = read("generated-client/src/resources/profile.rs");
    for block in blocks {
        let found =
            contains_lines(&example, &block) || block.split("\n\n").all(|part| contains_lines(&generated, part));
        assert!(found, "neither generated nor in the example:\n{block}");
    }
}

/// Every key that the language knows is explained in spec/README.md.
#[test]
fn the_language_is_documented() {
    let readme = read("spec/README.md");
    let mut keys = 0;
    for file in ["api", "fields", "operations", "resource"] {
        let source = read(&format!("codegen/src/parse/{file}.rs"));
        for call in ["required(\"", "optional(\"", "entry(\""] {
            for rest in source.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or("");
                assert!(
                    readme.contains(&format!("`{key}`")) || readme.contains(&format!(".{key}`")),
                    "`{key}` is not in spec/README.md"
                );
                keys += 1;
            }
        }
    }
    assert!(keys > 40, "only {keys} keys were found");
}
