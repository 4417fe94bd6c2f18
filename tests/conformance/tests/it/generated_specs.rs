//! Every spec that the generator accepts gives code that compiles without a warning.
//!
//! Resources are made at random, of everything that the language has and of everything that could break
//! out of it. Those that the generator accepts are generated and compiled together, a batch at a time. The
//! variables `PLIVO_SPECS_SEED` and `PLIVO_SPECS_BATCHES` choose others, and more. The simulator has an answer to
//! every operation of theirs.

mod maker;
mod words;
mod yaml;

use std::env;
use std::fs;
use std::panic;

use plivo_codegen::interpret::{examples_of, shows_success, validate_answer};
use plivo_codegen::model::{Does, Model, Operation, Resource, ResponseShape};
use plivo_codegen::{SpecFile, generate, model, read_dir};
use serde_json::Value;

use crate::copy::Copy;
use crate::support::root;

/// Resources that are made for one batch.
const MADE: u64 = 26;

/// Resources of which one batch has at least so many.
const ACCEPTED: usize = 15;

/// The names of the first resources of a batch.
const NAMES: [&str; 12] =
    ["type", "self", "match", "gen", "async", "core", "alloc", "serde_json", "option", "string", "plivo", "object"];

struct Made {
    name: String,
    text: String,
    sdk: String,
}

impl Made {
    fn sources(&self) -> [SpecFile; 2] {
        let resource = SpecFile::new(format!("spec/resources/{}.yaml", self.name), &self.text);
        [resource, SpecFile::new(format!("spec/sdks/{}.yaml", self.name), &self.sdk)]
    }

    /// What the generated module is called in messages of the compiler.
    fn is_named_in(&self, said: &str) -> bool {
        let file = |name: &str| said.contains(&format!("resources/{name}.rs"));
        file(&self.name) || file(&format!("{}_", self.name))
    }
}

fn plivo_yaml() -> SpecFile {
    let text = fs::read_to_string(root().join("spec/plivo.yaml")).expect("plivo.yaml");
    SpecFile::new("spec/plivo.yaml", text)
}

/// A number of the environment.
fn number(variable: &str, usual: u64) -> u64 {
    env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}

/// The resources of a batch that the generator accepts, and why it refuses the others.
fn accepted(seed: u64) -> (Vec<Made>, Vec<String>) {
    let identifiers = words::identifiers();
    let mut batch: Vec<Made> = Vec::new();
    let mut refused = Vec::new();
    for index in 0..MADE {
        let usual = format!("made_{index}");
        let name = NAMES.get(usize::try_from(index).expect("few")).map_or(usual, |name| (*name).to_owned());
        let (text, sdk) = maker::files(seed * MADE + index, &name, &identifiers);
        let made = Made { name, text, sdk };
        let [resource, sdk] = made.sources();
        match panic::catch_unwind(|| generate(&[plivo_yaml(), resource, sdk])) {
            Ok(Ok(_)) => batch.push(made),
            Ok(Err(problems)) => {
                assert!(!problems.to_string().is_empty(), "refused without a word: {}", made.text);
                refused.push(problems.short());
            }
            Err(_) => panic!("PLIVO_SPECS_SEED={seed}: the generator panics on\n{}", made.text),
        }
    }
    (batch, refused)
}

/// Fails with what the compiler says, and with the resources that it says it about.
fn explain(seed: u64, batch: &[Made], said: &str) -> ! {
    let guilty = batch.iter().filter(|made| made.is_named_in(said));
    let shown: String = guilty.map(|made| format!("# {}\n{}\n", made.name, made.text)).collect();
    panic!("PLIVO_SPECS_SEED={seed}\n{said}\n{shown}")
}

/// Puts what is generated from the batch into the copy, as `cargo xtask generate` does.
fn write(copy: &Copy, batch: &[Made]) {
    let mut sources = read_dir(&root().join("spec")).expect("the spec");
    sources.extend(batch.iter().flat_map(Made::sources));
    let outputs = generate(&sources).unwrap_or_else(|problems| panic!("each is accepted, but not all: {problems}"));
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

fn check(copy: &Copy, seed: u64, commands: &[&[&str]]) {
    let (batch, refused) = accepted(seed);
    let few = || format!("PLIVO_SPECS_SEED={seed}: {} of {MADE} are refused\n{}", refused.len(), refused.join("\n"));
    assert!(batch.len() >= ACCEPTED, "{}", few());
    write(copy, &batch);
    for arguments in commands {
        copy.try_quietly(arguments, None).unwrap_or_else(|said| explain(seed, &batch, &said));
    }
}

#[test]
fn what_is_accepted_compiles() {
    let first = number("PLIVO_SPECS_SEED", 1);
    let compile: &[&str] = &["check", "--quiet", "--package", "plivo", "--features", "all-resources"];
    let document: &[&str] = &["doc", "--quiet", "--package", "plivo", "--no-deps", "--features", "all-resources"];
    let copy = Copy::new();
    for seed in first..first + number("PLIVO_SPECS_BATCHES", 1) {
        check(&copy, seed, &[compile, document]);
    }
}

fn is_documented(model: &Model, resource: &Resource, operation: &Operation) -> bool {
    let mut examples = operation.examples.iter().map(|index| &resource.examples[*index]);
    examples.any(|example| shows_success(model, operation, example))
}

#[test]
fn what_is_accepted_has_an_answer() {
    let first = number("PLIVO_SPECS_SEED", 1);
    let (mut documented, mut made) = (0, 0);
    for seed in first..first + number("PLIVO_SPECS_BATCHES", 1) {
        let mut sources = vec![plivo_yaml()];
        sources.extend(accepted(seed).0.iter().flat_map(Made::sources));
        let model = model(&sources).unwrap_or_else(|problems| panic!("each is accepted, but not all: {problems}"));
        let operations =
            model.resources.iter().flat_map(|it| it.operations.iter().map(move |operation| (it, operation)));
        for (resource, operation) in operations.filter(|(_, operation)| operation.does == Does::Action) {
            if is_documented(&model, resource, operation) {
                documented += 1;
                continue;
            }
            let object = operation.answer.object().expect("a plain value is documented");
            if model[object].fields.is_empty() {
                continue;
            }
            let answer = examples_of(&model, object).map(Value::Object);
            let answer = answer.unwrap_or_else(|| panic!("PLIVO_SPECS_SEED={seed}: {} has no answer", operation.id));
            let mut bare = operation.clone();
            bare.answer.shape = ResponseShape::Bare;
            assert_eq!(validate_answer(&model, &bare, &answer), [], "PLIVO_SPECS_SEED={seed}: {}", operation.id);
            made += 1;
        }
    }
    assert!(documented > 0 && made >= 10, "{documented} are documented, and {made} made of the examples of fields");
}
