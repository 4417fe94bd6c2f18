//! Every shape of the spec language: a made-up resource, the generated Rust, the requests on the wire and the decoded
//! answers. A copy of the project has them as its only resources.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use plivo_codegen::interpret::{Parameters, answer_to, is_deferred};
use plivo_codegen::model::{Example, Model, Operation, Resource};
use plivo_codegen::{SpecFile, generate, model};
use plivo_simulator::{Options, Simulator};

use crate::agreement::assert_agreement_in;
use crate::golden::{compare, settle};
use crate::page_examples::compile_page_examples;
use crate::project_copy::ProjectCopy;
use crate::support::root;

/// Runs the program that calls every operation.
const RUN: [&str; 8] = ["run", "--quiet", "--package", "plivo", "--features", "preview", "--example", "shapes"];

fn directory() -> PathBuf {
    root().join("tests/conformance/tests/shapes")
}

/// The YAML files of the shapes, ordered by name.
fn shapes() -> Vec<PathBuf> {
    let entries = fs::read_dir(directory()).expect("the shapes").map(|entry| entry.expect("a shape").path());
    let is_resource = |path: &PathBuf| path.extension().is_some_and(|it| it == "yaml") && !path.ends_with("types.yaml");
    let mut shapes: Vec<_> = entries.filter(is_resource).collect();
    shapes.sort();
    shapes
}

fn name(shape: &Path) -> String {
    shape.file_stem().expect("a name").to_string_lossy().into_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The sources of a spec with all shapes.
fn sources() -> Vec<SpecFile> {
    let api = SpecFile::new("spec/plivo.yaml", read(&root().join("spec/plivo.yaml")));
    let types = SpecFile::new("spec/types.yaml", read(&directory().join("types.yaml")));
    let resource = |shape: &PathBuf| SpecFile::new(format!("spec/resources/{}.yaml", name(shape)), read(shape));
    [api, types].into_iter().chain(shapes().iter().map(resource)).collect()
}

pub(crate) fn model_of_shapes() -> Model {
    model(&sources()).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// A copy of the project with the client of all shapes, and with two programs that use its client.
fn copy_with_shapes() -> ProjectCopy {
    let copy = ProjectCopy::with_client_of(&sources());
    copy.write("generated-client/examples/shapes.rs", &program());
    copy.write("generated-client/examples/check.rs", &crate::agreement::program(&model_of_shapes()));
    compile_page_examples(&copy);
    copy
}

#[test]
fn generated_rust_matches_the_goldens() {
    let outputs = generate(&sources()).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    assert!(outputs.warnings.is_empty(), "{}", outputs.warnings);
    let mut differences = Vec::new();
    for shape in shapes().iter().chain([&directory().join("types.yaml")]) {
        let path = format!("generated-client/src/resources/{}.rs", name(shape));
        let file = outputs.files.iter().find(|file| file.path == path);
        differences.extend(compare(shape, "rs", &file.expect("a generated file").text));
    }
    settle(differences);
}

/// Sends each documented request and decodes each documented answer, then validates random requests. One test does both,
/// since the copy takes long to compile.
#[tokio::test]
async fn requests_answers_and_violations_of_all_shapes_are_correct() {
    let copy = copy_with_shapes();
    let simulator = Simulator::start(model_of_shapes(), Options::new()).await.expect("a free port");
    let url = simulator.url();
    let run = move || (copy.cargo(&RUN, Some(&url)), copy);
    let (printed, copy) = tokio::task::spawn_blocking(run).await.expect("the calls");
    let mut differences = Vec::new();
    for (shape, calls) in shapes().iter().zip(printed.split("=== shape\n").skip(1)) {
        differences.extend(compare(shape, "txt", calls.trim_start()));
    }
    settle(differences);
    assert_agreement_in(&copy, &model_of_shapes());
}

/// The source of the program, with a call for each documented request of each operation.
fn program() -> String {
    let model = model_of_shapes();
    let mut calls = String::new();
    for resource in &model.resources {
        calls.push_str("    println!(\"=== shape\");\n");
        for operation in &resource.operations {
            assert!(!operation.examples.is_empty(), "{} has no example", operation.id);
            for index in &operation.examples {
                calls.push_str(&call(&model, resource, operation, &resource.examples[*index]));
            }
        }
    }
    read(&directory().join("runner.rs")).replace("    // INSERT CALLS\n", &calls)
}

fn call(model: &Model, resource: &Resource, operation: &Operation, example: &Example) -> String {
    let title = format!("{} of the example {}", operation.id, example.name);
    let data = example.request.to_string();
    let parameters = Parameters::from(example.request.as_object().cloned().unwrap_or_default());
    let answer = match &example.answer {
        Some(answer) => {
            let default = answer_to(model, operation, &parameters).statuses.first().copied().unwrap_or(200);
            format!("Some(({}, {:?}))", example.status.unwrap_or(default), answer.to_string())
        }
        None => "None".to_owned(),
    };
    let mut line = String::new();
    let mut request = format!("plivo::{}::{}", resource.module.ident, model[operation.request].name);
    if is_deferred(operation, &parameters) {
        request = format!("plivo::Deferred<{request}>");
    }
    writeln!(line, "    call::<{request}>({title:?}, {data:?}, {answer}).await;").expect("a text");
    line
}

/// `spec/README.md` lists each shape with an example from its file.
#[test]
fn the_table_of_shapes_is_complete() {
    let text = read(&root().join("spec/README.md"));
    let mut missing = Vec::new();
    for shape in shapes() {
        let link = format!("](../tests/conformance/tests/shapes/{}.yaml)", name(&shape));
        let yaml = read(&shape);
        let rows: Vec<_> = text.lines().filter(|line| line.contains(&link)).collect();
        if rows.is_empty() {
            missing.push(format!("no row links to {}", name(&shape)));
        }
        for row in rows {
            let example = row.split(" | ").nth(1).unwrap_or_default().trim_matches('`');
            if example.is_empty() || !yaml.contains(example) {
                missing.push(format!("`{example}` does not occur in {}", name(&shape)));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
