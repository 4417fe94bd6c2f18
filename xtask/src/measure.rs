//! `cargo xtask measure`: how much is generated, and how long the compiler takes for it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use plivo_codegen::{Outputs, SpecFile};

use crate::Failure;
use crate::cargo::{cargo, finish};
use crate::project::Project;

const PROFILE: &str = "spec/resources/profile.yaml";

/// Rounds of each timing; the fastest counts.
const ROUNDS: usize = 3;

/// Counts the lines of Profile, and times `cargo check` of copies of it with so many operations.
pub(crate) fn run(project: &Project, operations: usize, out: &mut impl Write) -> Result<(), Failure> {
    let sources = plivo_codegen::read_dir(&project.spec())?;
    let model = plivo_codegen::model(&sources)?;
    let profile =
        model.resources.iter().find(|resource| resource.module.file == PROFILE).ok_or("no resource `profile`")?;
    let each = profile.operations.len();
    let started = Instant::now();
    let outputs = plivo_codegen::generate(&sources)?;
    let spent = started.elapsed();
    let lines = count(&outputs, "generated-client/src/resources/profile.rs");
    writeln!(out, "Profile: {each} operations, {lines} lines, {} a operation", lines / each.max(1))?;
    writeln!(out, "generate: {} ms for the whole spec", spent.as_millis())?;

    let copies = operations.div_ceil(each.max(1));
    let scratch = project.root().join("target/measure");
    let empty = Scratch::new(project, &scratch.join("empty"), &plivo_codegen::generate(&without_resources(&sources))?)?;
    let full = Scratch::new(project, &scratch.join("full"), &plivo_codegen::generate(&copied(&sources, copies))?)?;
    let (floor, time) = (empty.check(project)?, full.check(project)?);
    let more = time - floor;
    let count = copies * each;
    writeln!(out, "cargo check of the crate alone, without a resource: {floor:.2} s")?;
    writeln!(out, "the same with {count} operations: {time:.2} s, {:.1} ms a operation", 1000.0 * more / count as f64)?;
    Ok(())
}

fn count(outputs: &Outputs, path: &str) -> usize {
    outputs.files.iter().filter(|file| file.path == path).map(|file| file.text.lines().count()).sum()
}

fn without_resources(sources: &[SpecFile]) -> Vec<SpecFile> {
    let is_shared = |source: &&SpecFile| !source.path.contains("/resources/") && !source.path.contains("/sdks/");
    sources.iter().filter(is_shared).cloned().collect()
}

/// The spec with copies of Profile, each with a name and paths of its own, and nothing else.
fn copied(sources: &[SpecFile], copies: usize) -> Vec<SpecFile> {
    let mut all = without_resources(sources);
    for source in sources.iter().filter(|source| source.path == PROFILE) {
        all.extend((0..copies).map(|number| {
            let text = source.text.replace("\nresource: profile\n", &format!("\nresource: profile{number}\n"));
            let text = text.replace("\nplural: profiles\n", &format!("\nplural: profiles{number}\n"));
            let text = text.replace("/Profile/", &format!("/Profile{number}/"));
            SpecFile::new(format!("spec/resources/profile{number}.yaml"), text)
        }));
    }
    all
}

/// A copy of the client crate with other generated files.
struct Scratch {
    directory: PathBuf,
}

impl Scratch {
    fn new(project: &Project, directory: &Path, outputs: &Outputs) -> Result<Self, Failure> {
        if directory.exists() {
            fs::remove_dir_all(directory)?;
        }
        let client = project.root().join("generated-client");
        copy(&client, &directory.join("generated-client"), &project.resources())?;
        for file in &outputs.files {
            write(&directory.join(&file.path), &file.text)?;
        }
        let manifest = fs::read_to_string(client.join("Cargo.toml"))?;
        write(&directory.join("generated-client/Cargo.toml"), &crate::generate::splice(&manifest, &outputs.features)?)?;
        let workspace = fs::read_to_string(project.root().join("Cargo.toml"))?;
        let members = workspace
            .lines()
            .map(|line| if line.starts_with("members = ") { "members = [\"generated-client\"]" } else { line });
        write(&directory.join("Cargo.toml"), &(members.collect::<Vec<_>>().join("\n") + "\n"))?;
        fs::copy(project.root().join("Cargo.lock"), directory.join("Cargo.lock"))?;
        Ok(Self { directory: directory.to_path_buf() })
    }

    /// The seconds of `cargo check` with its dependencies ready.
    fn check(&self, project: &Project) -> Result<f64, Failure> {
        let mut best = f64::INFINITY;
        for round in 0..=ROUNDS {
            let root = self.directory.join("generated-client/src/lib.rs");
            let text = fs::read(&root)?;
            fs::write(&root, text)?;
            let mut command = cargo(project);
            command.args(["check", "--quiet", "--offline", "--package", "plivo"]).current_dir(&self.directory);
            command.env("CARGO_TARGET_DIR", project.root().join("target/measure/target")).env("CARGO_INCREMENTAL", "0");
            let started = Instant::now();
            finish(&mut command)?;
            // The first round also builds the dependencies.
            if round > 0 {
                best = best.min(started.elapsed().as_secs_f64());
            }
        }
        Ok(best)
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    Ok(fs::write(path, text)?)
}

/// Copies a directory, but for one below it.
fn copy(from: &Path, to: &Path, except: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().ok_or("a path without a name")?;
        if path == except {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name), except)?;
        } else {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
