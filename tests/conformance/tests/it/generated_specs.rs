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
use std::iter;
use std::panic;

use plivo_codegen::interpret::{examples_of, shows_success, validate_answer};
use plivo_codegen::model::{Does, Model, Operation, Resource, ResponseShape};
use plivo_codegen::{SpecFile, generate, model};
use serde_json::Value;

use crate::page_examples::compile_page_examples;
use crate::project_copy::ProjectCopy;
use crate::support::{root, sources_of_profile};
use random_spec::{Files, Shared};

/// The number of random resources in a batch.
const BATCH_SIZE: u64 = 26;

/// The minimum number of resources in a batch that the generator accepts.
const MIN_ACCEPTED: usize = 15;

/// The names of the first resources of a batch.
const NAMES: [&str; 12] =
    ["type", "self", "match", "gen", "async", "core", "alloc", "serde_json", "option", "string", "plivo", "object"];

struct RandomResource {
    name: String,
    files: Files,
}

impl RandomResource {
    fn sources(&self) -> Vec<SpecFile> {
        let Files { resource, inner, sdk } = &self.files;
        let mut sources = vec![
            SpecFile::new(format!("spec/resources/{}.yaml", self.name), resource),
            SpecFile::new(format!("spec/sdks/{}.yaml", self.name), sdk),
        ];
        sources.extend(inner.iter().map(|(name, text)| SpecFile::new(format!("spec/resources/{name}.yaml"), text)));
        sources
    }

    /// The YAML, to be shown when a test fails.
    fn text(&self) -> String {
        self.sources().iter().map(|file| format!("# {}\n{}\n", file.path, file.text)).collect()
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

/// Random resources that the generator accepts, with what they share, and the diagnostics for the others.
struct Batch {
    types: SpecFile,
    accepted: Vec<RandomResource>,
    refused: Vec<String>,
}

impl Batch {
    fn sources(&self) -> impl Iterator<Item = SpecFile> {
        iter::once(self.types.clone()).chain(self.accepted.iter().flat_map(RandomResource::sources))
    }
}

fn batch(seed: u64) -> Batch {
    let identifiers = words::identifiers();
    // What is shared is accepted by itself. Otherwise every resource would be refused.
    let mut shared = (0..).map(|attempt| Shared::new(seed + attempt * (1 << 32), &identifiers));
    let types = |shared: &Shared| SpecFile::new("spec/types.yaml", &shared.file);
    let shared = shared.find(|shared| generate(&[plivo_yaml(), types(shared)]).is_ok()).expect("an accepted file");
    let types = types(&shared);
    let (mut accepted, mut refused) = (Vec::new(), Vec::new());
    for index in 0..BATCH_SIZE {
        let default = format!("made_{index}");
        let name = NAMES.get(usize::try_from(index).expect("few")).map_or(default, |name| (*name).to_owned());
        let files = random_spec::files(seed * BATCH_SIZE + index, &name, &identifiers, &shared);
        let random = RandomResource { name, files };
        let mut sources = vec![plivo_yaml(), types.clone()];
        sources.extend(random.sources());
        match panic::catch_unwind(|| generate(&sources)) {
            Ok(Ok(_)) => accepted.push(random),
            Ok(Err(problems)) => {
                assert!(!problems.to_string().is_empty(), "refused without a diagnostic: {}", random.text());
                refused.push(problems.short());
            }
            Err(_) => panic!("PLIVO_SPECS_SEED={seed}: the generator panics on\n{}\n{}", types.text, random.text()),
        }
    }
    Batch { types, accepted, refused }
}

/// Fails with the messages of the compiler and the resources that they name.
fn fail(seed: u64, batch: &Batch, messages: &str) -> ! {
    let named = batch.accepted.iter().filter(|resource| resource.is_named_in(messages));
    let shown: String = named.map(RandomResource::text).collect();
    panic!("PLIVO_SPECS_SEED={seed}\n{messages}\n{}\n{shown}", batch.types.text)
}

/// Compiles and documents the client of a batch, whose resources are accepted each and together.
fn check(copy: &mut Option<ProjectCopy>, seed: u64) {
    let batch = batch(seed);
    let refused = &batch.refused;
    let refusals =
        || format!("PLIVO_SPECS_SEED={seed}: {} of {BATCH_SIZE} are refused\n{}", refused.len(), refused.join("\n"));
    assert!(batch.accepted.len() >= MIN_ACCEPTED, "{}", refusals());
    // The README of the client, which is documented as well, links to this resource.
    let sources: Vec<_> = sources_of_profile().into_iter().chain(batch.sources()).collect();
    let copy = match copy {
        Some(copy) => {
            copy.generate(&sources);
            copy
        }
        None => copy.insert(ProjectCopy::with_client_of(&sources)),
    };
    compile_page_examples(copy);
    for arguments in [COMPILE, DOCUMENT] {
        copy.try_cargo(arguments, None).unwrap_or_else(|stderr| fail(seed, &batch, &stderr));
    }
}

const COMPILE: &[&str] = &["check", "--quiet", "--package", "plivo", "--features", "all-resources"];
const DOCUMENT: &[&str] = &["doc", "--quiet", "--package", "plivo", "--no-deps", "--features", "all-resources,preview"];

#[test]
fn accepted_specs_compile_without_warnings() {
    let first = number("PLIVO_SPECS_SEED", 1);
    let mut copy = None;
    for seed in first..first + number("PLIVO_SPECS_BATCHES", 1) {
        check(&mut copy, seed);
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
        let sources: Vec<_> = iter::once(plivo_yaml()).chain(batch(seed).sources()).collect();
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
