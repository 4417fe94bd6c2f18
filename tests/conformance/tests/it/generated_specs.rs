//! Every spec that the generator accepts produces code that compiles without warnings, with the examples on its pages, and
//! the simulator can answer every operation in it.
//!
//! The resources are random. They use the whole language, and hostile names and texts. Those that the generator accepts
//! are compiled together, one batch at a time. The environment variables `PLIVO_SPECS_SEED` and `PLIVO_SPECS_BATCHES` set
//! the first seed and the number of batches.

mod random_spec;
mod words;
mod yaml;

use std::env;
use std::fs;
use std::panic;

use plivo_codegen::interpret::{examples_of, shows_success, validate_answer};
use plivo_codegen::model::{Does, Model, Operation, Resource, ResponseShape};
use plivo_codegen::{SpecFile, generate, model, read_dir};
use serde_json::Value;

use crate::page_examples::compile_page_examples;
use crate::project_copy::ProjectCopy;
use crate::support::root;

/// The number of random resources in a batch.
const BATCH_SIZE: u64 = 26;

/// The minimum number of resources in a batch that the generator accepts.
const MIN_ACCEPTED: usize = 15;

/// The names of the first resources of a batch.
const NAMES: [&str; 12] =
    ["type", "self", "match", "gen", "async", "core", "alloc", "serde_json", "option", "string", "plivo", "object"];

struct RandomResource {
    name: String,
    text: String,
    sdk: String,
}

impl RandomResource {
    fn sources(&self) -> [SpecFile; 2] {
        let resource = SpecFile::new(format!("spec/resources/{}.yaml", self.name), &self.text);
        [resource, SpecFile::new(format!("spec/sdks/{}.yaml", self.name), &self.sdk)]
    }

    /// Whether a message of the compiler names the generated module.
    fn is_named_in(&self, message: &str) -> bool {
        let file = |name: &str| message.contains(&format!("resources/{name}.rs"));
        file(&self.name) || file(&format!("{}_", self.name))
    }
}

fn plivo_yaml() -> SpecFile {
    let text = fs::read_to_string(root().join("spec/plivo.yaml")).expect("plivo.yaml");
    SpecFile::new("spec/plivo.yaml", text)
}

/// A number from an environment variable.
fn number(variable: &str, default: u64) -> u64 {
    env::var(variable).map_or(default, |text| text.parse().expect("a number"))
}

/// The resources of a batch that the generator accepts, and the diagnostics for the others.
fn accepted(seed: u64) -> (Vec<RandomResource>, Vec<String>) {
    let identifiers = words::identifiers();
    let mut batch: Vec<RandomResource> = Vec::new();
    let mut refused = Vec::new();
    for index in 0..BATCH_SIZE {
        let default = format!("made_{index}");
        let name = NAMES.get(usize::try_from(index).expect("few")).map_or(default, |name| (*name).to_owned());
        let (text, sdk) = random_spec::files(seed * BATCH_SIZE + index, &name, &identifiers);
        let random = RandomResource { name, text, sdk };
        let [resource, sdk] = random.sources();
        match panic::catch_unwind(|| generate(&[plivo_yaml(), resource, sdk])) {
            Ok(Ok(_)) => batch.push(random),
            Ok(Err(problems)) => {
                assert!(!problems.to_string().is_empty(), "refused without a diagnostic: {}", random.text);
                refused.push(problems.short());
            }
            Err(_) => panic!("PLIVO_SPECS_SEED={seed}: the generator panics on\n{}", random.text),
        }
    }
    (batch, refused)
}

/// Fails with the messages of the compiler and the resources that they name.
fn fail(seed: u64, batch: &[RandomResource], messages: &str) -> ! {
    let named = batch.iter().filter(|resource| resource.is_named_in(messages));
    let shown: String = named.map(|resource| format!("# {}\n{}\n", resource.name, resource.text)).collect();
    panic!("PLIVO_SPECS_SEED={seed}\n{messages}\n{shown}")
}

/// Writes the code generated from a batch into the copy, as `cargo xtask generate` does.
fn write(copy: &ProjectCopy, batch: &[RandomResource]) {
    let mut sources = read_dir(&root().join("spec")).expect("the spec");
    sources.extend(batch.iter().flat_map(RandomResource::sources));
    let outputs = generate(&sources)
        .unwrap_or_else(|problems| panic!("each resource is accepted, but not all together: {problems}"));
    fs::remove_dir_all(copy.path("generated-client/src/resources")).expect("the generated code");
    for file in &outputs.files {
        copy.write(&file.path, &file.text);
    }
    let manifest = fs::read_to_string(root().join("generated-client/Cargo.toml")).expect("the manifest");
    let (before, rest) = manifest.split_once("all-resources = [").expect("the features");
    let (_, after) = rest.split_once("# end of generated features").expect("the end of the features");
    let manifest = format!("{before}{}# end of generated features{after}", outputs.features);
    copy.write("generated-client/Cargo.toml", &manifest);
}

fn check(copy: &ProjectCopy, seed: u64, commands: &[&[&str]]) {
    let (batch, refused) = accepted(seed);
    let refusals =
        || format!("PLIVO_SPECS_SEED={seed}: {} of {BATCH_SIZE} are refused\n{}", refused.len(), refused.join("\n"));
    assert!(batch.len() >= MIN_ACCEPTED, "{}", refusals());
    write(copy, &batch);
    compile_page_examples(copy);
    for arguments in commands {
        copy.try_cargo(arguments, None).unwrap_or_else(|stderr| fail(seed, &batch, &stderr));
    }
}

#[test]
fn accepted_specs_compile_without_warnings() {
    let first = number("PLIVO_SPECS_SEED", 1);
    let compile: &[&str] = &["check", "--quiet", "--package", "plivo", "--features", "all-resources"];
    let document: &[&str] =
        &["doc", "--quiet", "--package", "plivo", "--no-deps", "--features", "all-resources,preview"];
    let copy = ProjectCopy::new();
    for seed in first..first + number("PLIVO_SPECS_BATCHES", 1) {
        check(&copy, seed, &[compile, document]);
    }
}

fn is_documented(model: &Model, resource: &Resource, operation: &Operation) -> bool {
    let mut examples = operation.examples.iter().map(|index| &resource.examples[*index]);
    examples.any(|example| shows_success(model, operation, example))
}

#[test]
fn accepted_operations_have_an_answer() {
    let first = number("PLIVO_SPECS_SEED", 1);
    let (mut documented, mut generated) = (0, 0);
    for seed in first..first + number("PLIVO_SPECS_BATCHES", 1) {
        let mut sources = vec![plivo_yaml()];
        sources.extend(accepted(seed).0.iter().flat_map(RandomResource::sources));
        let model = model(&sources)
            .unwrap_or_else(|problems| panic!("each resource is accepted, but not all together: {problems}"));
        let operations =
            model.resources.iter().flat_map(|it| it.operations.iter().map(move |operation| (it, operation)));
        for (resource, operation) in operations.filter(|(_, operation)| operation.does == Does::Action) {
            if is_documented(&model, resource, operation) {
                documented += 1;
                continue;
            }
            let object = operation.answer.object().expect("an answer that is not an object is documented");
            if model[object].fields.is_empty() {
                continue;
            }
            let answer = examples_of(&model, object).map(Value::Object);
            let answer = answer.unwrap_or_else(|| panic!("PLIVO_SPECS_SEED={seed}: {} has no answer", operation.id));
            let mut bare = operation.clone();
            bare.answer.shape = ResponseShape::Bare;
            assert_eq!(validate_answer(&model, &bare.answer, &answer), [], "PLIVO_SPECS_SEED={seed}: {}", operation.id);
            generated += 1;
        }
    }
    assert!(
        documented > 0 && generated >= 10,
        "{documented} answers are documented, {generated} generated from the examples of fields"
    );
}
