//! `cargo xtask measure`: measures the size of the generated code and its compile time.

mod copies;
pub(crate) mod generator;
mod processors;
pub(crate) mod programs;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use plivo_codegen::{Outputs, SpecFile};

use crate::cargo::{self, cargo};
use crate::project::{CLIENT_MANIFEST, Project};
use crate::{BoxError, client_manifest, files};

/// How often each compile time is measured. The minimum counts.
const ROUNDS: usize = 3;

/// Prints the size of the generated code of a spec, and what a client with its operations costs the compiler beside a
/// client without any.
pub(crate) fn run(project: &Project, spec: &Path, out: &mut impl Write) -> Result<(), BoxError> {
    let spec = plivo_codegen::read_dir(spec)?;
    let model = plivo_codegen::model(&spec)?;
    let count: usize = model.resources.iter().map(|resource| resource.operations.len()).sum();
    let start = Instant::now();
    let outputs = plivo_codegen::generate(&spec)?;
    let elapsed = start.elapsed();
    let code = outputs.files.iter().filter(|file| file.path.ends_with(".rs"));
    let lines: usize = code.map(|file| count_lines(&file.text)).sum();
    writeln!(out, "{count} operations in {} resources", model.resources.len())?;
    writeln!(out, "generate: {} ms", elapsed.as_millis())?;
    writeln!(out, "lines without comments and blank lines: {lines}, {} per operation", lines / count.max(1))?;
    let target = cargo::target_directory(&cargo::metadata(project)?)?.join("measure");
    let empty = ClientCopy::new(project, &target, "empty", &plivo_codegen::generate(&without_resources(&spec))?)?;
    let full = ClientCopy::new(project, &target, "full", &outputs)?;
    let per_operation = |empty: f64, full: f64| 1000.0 * (full - empty) / count.max(1) as f64;
    for (name, arguments) in [("cargo check", &["check"][..]), ("cargo build --release", &["build", "--release"])] {
        let (empty, full) = (empty.time(project, arguments)?, full.time(project, arguments)?);
        let each = per_operation(empty, full);
        writeln!(out, "{name}: {full:.2} s, without operations {empty:.2} s, {each:.1} ms per operation")?;
    }
    let (empty, full) = (empty.library_size()?, full.library_size()?);
    let each = (full - empty) / count.max(1) as f64;
    writeln!(out, "rlib: {full:.0} KB, without operations {empty:.0} KB, {each:.1} KB per operation")?;
    Ok(())
}

fn count_lines(text: &str) -> usize {
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    text.lines().filter(is_code).count()
}

fn without_resources(spec: &[SpecFile]) -> Vec<SpecFile> {
    let is_shared = |file: &&SpecFile| file.path.ends_with("/plivo.yaml");
    spec.iter().filter(is_shared).cloned().collect()
}

/// A copy of the client with other generated files, in a workspace of its own.
struct ClientCopy {
    root: PathBuf,
    target: PathBuf,
}

impl ClientCopy {
    fn new(project: &Project, directory: &Path, name: &str, outputs: &Outputs) -> Result<Self, BoxError> {
        let root = directory.join(name);
        if root.exists() {
            fs::remove_dir_all(&root).map_err(|error| format!("{}: {error}", root.display()))?;
        }
        for path in files::list(project.root(), Path::new("generated-client"))? {
            if !outputs.directories.iter().any(|directory| path.starts_with(directory.path)) {
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
        Ok(Self { root, target: directory.join("target").join(name) })
    }

    /// Measures a cargo command on the client in seconds, without its dependencies.
    fn time(&self, project: &Project, arguments: &[&str]) -> Result<f64, BoxError> {
        let lib = self.root.join("generated-client/src/lib.rs");
        let mut minimum = f64::INFINITY;
        for round in 0..=ROUNDS {
            // A new modification time makes cargo compile the client again.
            files::write(&lib, &files::read(&lib)?)?;
            let mut command = cargo(project);
            command.args(arguments).args(["--offline", "--package", "plivo"]).current_dir(&self.root);
            // The first round also compiles the dependencies, and cargo shows its progress.
            command.args((round > 0).then_some("--quiet"));
            command.env("CARGO_TARGET_DIR", &self.target).env("CARGO_INCREMENTAL", "0");
            let start = Instant::now();
            cargo::run(&mut command)?;
            if round > 0 {
                minimum = minimum.min(start.elapsed().as_secs_f64());
            }
        }
        Ok(minimum)
    }

    /// The size of the released library in KB.
    fn library_size(&self) -> Result<f64, BoxError> {
        let library = self.target.join("release/libplivo.rlib");
        let size = fs::metadata(&library).map_err(|error| format!("{}: {error}", library.display()))?.len();
        Ok(size as f64 / 1000.0)
    }
}
