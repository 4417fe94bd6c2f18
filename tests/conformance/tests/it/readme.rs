//! The examples in the READMEs match the project.

use std::fs;
use std::process::Command;

use plivo_codegen::SpecFile;
use plivo_simulator::{Options, Simulator};

use crate::support::{AUTH_ID, AUTH_TOKEN, model_of_profile, root};

/// The code blocks of a language in a Markdown text.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap_or("").to_owned()).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// Whether the text contains the lines in sequence, in any indentation.
fn contains_lines(text: &str, lines: &str) -> bool {
    let trimmed = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    trimmed(text).contains(trimmed(lines).trim())
}

#[test]
fn yaml_in_the_readme_occurs_in_the_spec() {
    let blocks = blocks(&read("README.md"), "yaml");
    assert!(!blocks.is_empty());
    let profile = read("spec/resources/profile.yaml");
    for block in blocks {
        assert!(contains_lines(&profile, &block), "not in profile.yaml:\n{block}");
    }
}

#[test]
fn rust_in_the_readme_is_generated_or_from_the_example() {
    let blocks = blocks(&read("README.md"), "rust");
    assert!(blocks.len() >= 2);
    let example = read("generated-client/examples/create_profile.rs");
    let generated = read("generated-client/src/resources/profile.rs");
    for block in blocks {
        let found =
            contains_lines(&example, &block) || block.split("\n\n").all(|part| contains_lines(&generated, part));
        assert!(found, "neither generated code nor in the example:\n{block}");
    }
}

#[test]
fn the_diagnostic_in_the_readme_is_current() {
    let mut sources = plivo_codegen::read_dir(&root().join("spec")).expect("the spec");
    for SpecFile { text, .. } in &mut sources {
        *text = text.replace("  ein_issuing_country:\n    type: string\n", "  ein_issuing_country:\n    type: sting\n");
    }
    let diagnostics = plivo_codegen::model(&sources).expect_err("a mistake").to_string();
    let blocks = blocks(&read("README.md"), "text");
    assert!(diagnostics.starts_with(&blocks[0]), "{diagnostics}");
}

/// Runs the example against a simulator. Returns its output.
fn example(arguments: &[&str], url: &str) -> String {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--offline", "--package", "plivo", "--example", "create_profile"]);
    // The other resources would only take time to compile.
    command.args(["--no-default-features", "--features", "rustls,profile", "--"]).args(arguments);
    command.current_dir(root()).env_remove("CARGO_MANIFEST_DIR");
    command.env("PLIVO_BASE_URL", url).env("PLIVO_AUTH_ID", AUTH_ID).env("PLIVO_AUTH_TOKEN", AUTH_TOKEN);
    let output = command.output().expect("the example");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).replace(url, "http://127.0.0.1:8080")
}

#[tokio::test]
async fn the_output_in_the_readme_is_current() {
    let simulator = Simulator::start(model_of_profile(), Options::new()).await.expect("a free port");
    let url = simulator.url();
    let run = tokio::task::spawn_blocking(move || {
        example(&[], &url) + &example(&["--request", "generated-client/examples/mistakes.json"], &url)
    });
    let output = run.await.expect("the examples");
    for line in blocks(&read("README.md"), "text")[1].lines().filter(|line| *line != "  ..." && *line != "...") {
        assert!(output.lines().any(|printed| printed == line), "the output has no line `{line}`:\n{output}");
    }
    assert_eq!(simulator.requests().len(), 1);
}

/// The complete resource with which spec/README.md begins is accepted.
#[test]
fn the_small_resource_can_be_generated() {
    let text = blocks(&read("spec/README.md"), "yaml").into_iter().find(|block| block.starts_with("resource: tag\n"));
    let resource = SpecFile::new("spec/resources/tag.yaml", text.expect("the small resource"));
    let outputs = plivo_codegen::generate(&[SpecFile::new("spec/plivo.yaml", read("spec/plivo.yaml")), resource]);
    let warnings = outputs.unwrap_or_else(|diagnostics| panic!("{diagnostics}")).warnings;
    assert!(warnings.is_empty(), "{warnings}");
}
