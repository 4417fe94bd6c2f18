//! The examples in the READMEs match the project.

use std::fs;
use std::process::Command;

use plivo_codegen::SpecFile;
use plivo_codegen::model::Resource;
use plivo_simulator::{Options, Simulator};

use crate::support::{AUTH_ID, AUTH_TOKEN, model, model_of_profile, root};

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
fn rust_in_the_readme_is_generated_or_from_an_example() {
    let blocks = blocks(&read("README.md"), "rust");
    assert!(blocks.len() >= 2);
    let examples = ["create_profile", "send_message"].map(|name| read(&format!("generated-client/examples/{name}.rs")));
    let generated = read("generated-client/src/resources/profile.rs");
    for block in blocks {
        let found = examples.iter().any(|example| contains_lines(example, &block))
            || block.split("\n\n").all(|part| contains_lines(&generated, part));
        assert!(found, "neither generated code nor in an example:\n{block}");
    }
}

#[test]
fn the_readme_counts_operations_and_resources() {
    let resources = model().resources;
    let operations: usize = resources.iter().map(|resource| resource.operations.len()).sum();
    let expected = format!("{operations} operations in {} resources", resources.len());
    for path in ["README.md", "generated-client/README.md"] {
        assert!(read(path).contains(&expected), "not in {path}: {expected}");
    }
}

#[test]
fn the_readme_of_the_client_lists_the_resources_of_each_group() {
    let (model, readme) = (model(), read("generated-client/README.md"));
    for (index, group) in model.groups.iter().enumerate() {
        let is_in = |resource: &&Resource| resource.group.is_some_and(|id| id.0 == index);
        let members = model.resources.iter().filter(is_in);
        let members: Vec<_> = members.map(|resource| format!("`{}`", resource.name)).collect();
        let row = format!("| `{}` | {} |\n", group.name, members.join(", "));
        assert!(readme.contains(&row), "no row\n{row}");
    }
    let version =
        read("Cargo.toml").split("rust-version = \"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    assert!(readme.contains(&format!("The minimum supported Rust version is {}.", version.expect("it"))));
}

/// Files outside of the crate are linked by path.
#[test]
fn links_between_files_lead_somewhere() {
    let pages = ["README.md", "spec/README.md", "codegen/README.md", "tests/evidence/README.md"];
    let pages =
        pages.into_iter().chain([".github/CONTRIBUTING.md", ".github/SECURITY.md", "generated-client/ARCHITECTURE.md"]);
    let mut count = 0;
    for page in pages {
        let text = read(page);
        let folder = root().join(page).parent().expect("a folder").to_path_buf();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            if file.is_empty() || link.contains("://") || link.contains("::") {
                continue;
            }
            assert!(folder.join(file).exists(), "{page}: {link}");
            count += 1;
        }
    }
    assert!(count > 30, "only {count} links");
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
    let printed = format!("\n{output}");
    let block = &blocks(&read("README.md"), "text")[1];
    // Lines that follow each other in the README do so in the output.
    for part in block.split("\n\n").flat_map(|part| part.split("  ...\n")).flat_map(|part| part.split("\n...\n")) {
        assert!(printed.contains(&format!("\n{}\n", part.trim_end())), "the output has not\n{part}\nin:\n{output}");
    }
    assert_eq!(simulator.requests().len(), 1);
}

/// In the table of tasks, the column of the Python SDK names the methods of the linked operations, in order.
#[test]
fn the_tasks_in_the_readme_have_the_names_of_the_python_sdk() {
    let model = model();
    let sdk = model.sdks.iter().find(|sdk| sdk.name == "python").expect("the SDK");
    // An operation is linked as `[`..`](module::Handle::method)`.
    let links = model.resources.iter().flat_map(|resource| {
        let path = format!("]({}::{}::", resource.module.ident, resource.handle);
        resource.operations.iter().map(move |operation| (format!("{path}{})", operation.ident), operation.id.as_str()))
    });
    let links: Vec<_> = links.collect();
    let readme = read("generated-client/README.md");
    let (_, table) =
        readme.split_once("| to | call | in Plivo's Python SDK | example |\n|---|---|---|---|\n").expect("it");
    let mut named = 0;
    for row in table.lines().take_while(|line| line.starts_with("| ")) {
        let [_, _, call, python, ..] = row.split('|').map(str::trim).collect::<Vec<_>>()[..] else { panic!("{row}") };
        let position = |(link, id): &(String, &str)| Some((call.find(link.as_str())?, id.to_string()));
        let mut linked: Vec<_> = links.iter().filter_map(position).collect();
        linked.sort();
        let calls = |id: &str| sdk.methods.iter().find(|method| method.operation == id).map(|method| &method.calls);
        let expected: Vec<_> =
            linked.iter().filter_map(|(_, id)| calls(id)).map(|calls| format!("`{calls}`")).collect();
        assert_eq!(python, expected.join(", "), "{row}");
        named += expected.len();
    }
    assert!(named >= 15, "only {named} names");
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
