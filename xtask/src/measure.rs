//! `cargo xtask measure`: measures the size of the generated code and its compile time.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use plivo_codegen::{Outputs, SpecFile};

use crate::cargo::{self, cargo};
use crate::project::{CLIENT_MANIFEST, Project};
use crate::{BoxError, client_manifest, files};

const PROFILE: &str = "spec/resources/profile.yaml";

/// The generated file of [`PROFILE`].
const PROFILE_MODULE: &str = "generated-client/src/resources/profile.rs";

/// How often each compile time is measured. The minimum counts.
const ROUNDS: usize = 3;

/// Prints the number of lines per operation of the resource Profile, the time to generate the client, and the time to
/// check a client with at least this number of operations, which come from copies of Profile.
pub(crate) fn run(project: &Project, operations: usize, out: &mut impl Write) -> Result<(), BoxError> {
    let spec = plivo_codegen::read_dir(&project.spec())?;
    let model = plivo_codegen::model(&spec)?;
    let profile = model.resources.iter().find(|resource| resource.module.file == PROFILE);
    let each = profile.ok_or_else(|| format!("{PROFILE} is missing"))?.operations.len().max(1);
    let start = Instant::now();
    let outputs = plivo_codegen::generate(&spec)?;
    let elapsed = start.elapsed();
    let lines = count_lines(&outputs, PROFILE_MODULE);
    writeln!(out, "{PROFILE_MODULE}: {each} operations, {lines} lines, {} lines per operation", lines / each)?;
    writeln!(out, "generate: {} ms", elapsed.as_millis())?;

    let copies = operations.div_ceil(each).max(1);
    let empty = ClientCopy::new(project, "empty", &plivo_codegen::generate(&without_resources(&spec))?)?;
    let full = ClientCopy::new(project, "full", &plivo_codegen::generate(&with_copies(&spec, copies))?)?;
    let (empty_time, full_time) = (empty.check(project)?, full.check(project)?);
    let count = copies * each;
    let per_operation = 1000.0 * (full_time - empty_time) / count as f64;
    writeln!(out, "cargo check, no operations: {empty_time:.2} s")?;
    writeln!(out, "cargo check, {count} operations: {full_time:.2} s, {per_operation:.1} ms per operation")?;
    Ok(())
}

fn count_lines(outputs: &Outputs, path: &str) -> usize {
    outputs.files.iter().filter(|file| file.path == path).map(|file| file.text.lines().count()).sum()
}

fn without_resources(spec: &[SpecFile]) -> Vec<SpecFile> {
    let is_shared = |file: &&SpecFile| !file.path.contains("/resources/") && !file.path.contains("/sdks/");
    spec.iter().filter(is_shared).cloned().collect()
}

/// The spec with copies of Profile as its only resources. Each copy has its own name and paths.
fn with_copies(spec: &[SpecFile], copies: usize) -> Vec<SpecFile> {
    let mut all = without_resources(spec);
    for file in spec.iter().filter(|file| file.path == PROFILE) {
        all.extend((0..copies).map(|number| {
            let text = file.text.replace("\nresource: profile\n", &format!("\nresource: profile{number}\n"));
            let text = text.replace("\nplural: profiles\n", &format!("\nplural: profiles{number}\n"));
            let text = text.replace("/Profile/", &format!("/Profile{number}/"));
            SpecFile::new(format!("spec/resources/profile{number}.yaml"), text)
        }));
    }
    all
}

/// A copy of the client with other generated files, in a workspace of its own.
struct ClientCopy {
    root: PathBuf,
}

impl ClientCopy {
    fn new(project: &Project, name: &str, outputs: &Outputs) -> Result<Self, BoxError> {
        let root = project.path("target/measure").join(name);
        if root.exists() {
            fs::remove_dir_all(&root).map_err(|error| format!("{}: {error}", root.display()))?;
        }
        for path in files::list(project.root(), Path::new("generated-client"))? {
            if !outputs.directories.iter().any(|directory| path.starts_with(directory)) {
                files::copy(&project.path(&path), &root.join(&path))?;
            }
        }
        for file in &outputs.files {
            files::write(&root.join(&file.path), &file.text)?;
        }
        let manifest = files::read(&project.path(CLIENT_MANIFEST))?;
        files::write(&root.join(CLIENT_MANIFEST), &client_manifest::with_features(&manifest, &outputs.features)?)?;
        let workspace = files::read(&project.path("Cargo.toml"))?;
        let only_client =
            |line| if str::starts_with(line, "members = ") { "members = [\"generated-client\"]" } else { line };
        let workspace = workspace.lines().map(only_client).collect::<Vec<_>>().join("\n") + "\n";
        files::write(&root.join("Cargo.toml"), &workspace)?;
        files::copy(&project.path("Cargo.lock"), &root.join("Cargo.lock"))?;
        Ok(Self { root })
    }

    /// Measures `cargo check` of the client in seconds, without its dependencies.
    fn check(&self, project: &Project) -> Result<f64, BoxError> {
        let lib = self.root.join("generated-client/src/lib.rs");
        let mut minimum = f64::INFINITY;
        for round in 0..=ROUNDS {
            // A new modification time makes cargo check the client again.
            files::write(&lib, &files::read(&lib)?)?;
            let mut command = cargo(project);
            command.args(["check", "--quiet", "--offline", "--package", "plivo"]).current_dir(&self.root);
            command.env("CARGO_TARGET_DIR", project.path("target/measure/target")).env("CARGO_INCREMENTAL", "0");
            let start = Instant::now();
            cargo::run(&mut command)?;
            // The first round also compiles the dependencies.
            if round > 0 {
                minimum = minimum.min(start.elapsed().as_secs_f64());
            }
        }
        Ok(minimum)
    }
}
