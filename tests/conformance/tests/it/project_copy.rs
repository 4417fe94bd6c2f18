//! A temporary copy of the project, in which tests change the spec and rebuild the client.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use plivo_codegen::{SpecFile, generate};

use crate::support::root;

/// What every copy has.
const SHARED: [&str; 3] = [".clippy.toml", "Cargo.lock", "Cargo.toml"];

/// The files of a resource, relative to the spec.
fn files_of(resource: &str) -> [String; 2] {
    ["resources", "examples"].map(|folder| format!("{folder}/{resource}.yaml"))
}

/// The help texts of other programs, which xtask includes.
const HELP_TEXTS: [&str; 4] = [
    "tests/bench/src/help.txt",
    "tests/evidence/src/help.txt",
    "tests/mutate/src/help.txt",
    "tests/simulator/src/bin/simulator/help.txt",
];

/// A copy that is deleted on drop.
pub(crate) struct ProjectCopy {
    directory: tempfile::TempDir,
}

impl ProjectCopy {
    /// A copy with the client of another spec, and without any spec. It takes the same time whatever the project's spec has.
    pub(crate) fn with_client_of(sources: &[SpecFile]) -> Self {
        let copy = Self::of(&["generated-client"]);
        copy.generate(sources);
        copy
    }

    /// A copy with one resource, from which `cargo xtask generate` can generate the client. It has no SDKs, which have other
    /// resources as well.
    pub(crate) fn with_resource(name: &str) -> Self {
        let copy = Self::of(&["codegen", "generated-client", "xtask"]);
        for text in HELP_TEXTS {
            copy_all(&root().join(text), &copy.path(text));
        }
        // The generator is compiled with the reference of the language.
        for part in ["README.md", "plivo.yaml", "types.yaml"].into_iter().map(str::to_owned).chain(files_of(name)) {
            let part = format!("spec/{part}");
            if root().join(&part).exists() {
                copy_all(&root().join(&part), &copy.path(&part));
            }
        }
        copy
    }

    /// A copy of the members of the workspace.
    fn of(members: &[&str]) -> Self {
        let copy = Self { directory: tempfile::tempdir().expect("a directory") };
        for part in SHARED.iter().chain(members) {
            copy_all(&root().join(part), &copy.path(part));
        }
        let manifest = fs::read_to_string(copy.path("Cargo.toml")).expect("the manifest");
        let members = format!("members = {members:?}");
        let lines = manifest.lines().map(|line| if line.starts_with("members = ") { members.as_str() } else { line });
        copy.write("Cargo.toml", &lines.collect::<Vec<_>>().join("\n"));
        // The table of tasks links to operations of resources that a copy does not have.
        let readme = fs::read_to_string(copy.path("generated-client/README.md")).expect("the front page");
        let lines: Vec<_> = readme.lines().filter(|line| !(line.starts_with("| ") && line.contains("::"))).collect();
        copy.write("generated-client/README.md", &lines.join("\n"));
        copy
    }

    /// Replaces the generated code by that of a spec, as `cargo xtask generate` does.
    pub(crate) fn generate(&self, sources: &[SpecFile]) {
        let outputs = generate(sources).unwrap_or_else(|problems| panic!("{problems}"));
        fs::remove_dir_all(self.path("generated-client/src/resources")).expect("the generated code");
        for file in &outputs.files {
            self.write(&file.path, &file.text);
        }
        let manifest = fs::read_to_string(root().join("generated-client/Cargo.toml")).expect("the manifest");
        let (before, rest) = manifest.split_once("all-resources = [").expect("the features");
        let (_, after) = rest.split_once("# end of generated features").expect("the end of the features");
        let manifest = format!("{before}{}# end of generated features{after}", outputs.features);
        self.write("generated-client/Cargo.toml", &manifest);
    }

    pub(crate) fn path(&self, part: &str) -> PathBuf {
        self.directory.path().join(part)
    }

    pub(crate) fn write(&self, part: &str, text: &str) {
        let path = self.path(part);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, text).expect("a file");
    }

    /// A cargo command in the copy: offline, with the target folder of the project.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command.arg("--offline").args(arguments).current_dir(self.directory.path());
        command.env("CARGO_TARGET_DIR", target()).env_remove("CARGO_MANIFEST_DIR");
        command
    }

    fn output(&self, arguments: &[&str], url: Option<&str>) -> Output {
        let mut command = self.command(arguments);
        if let Some(url) = url {
            command.env("PLIVO_BASE_URL", url);
        }
        command.output().expect("cargo")
    }

    /// Runs cargo, which must succeed without warnings. Returns its stdout.
    pub(crate) fn cargo(&self, arguments: &[&str], url: Option<&str>) -> String {
        self.try_cargo(arguments, url).unwrap_or_else(|stderr| panic!("cargo {arguments:?}\n{stderr}"))
    }

    /// Runs cargo. Returns its stdout, or its stderr if it fails or warns.
    pub(crate) fn try_cargo(&self, arguments: &[&str], url: Option<&str>) -> Result<String, String> {
        let output = self.output(arguments, url);
        let stderr = String::from_utf8_lossy(&output.stderr);
        let is_clean = output.status.success() && !stderr.contains("warning");
        if is_clean { Ok(String::from_utf8_lossy(&output.stdout).into_owned()) } else { Err(stderr.into_owned()) }
    }
}

/// The target folder of this test.
fn target() -> PathBuf {
    let program = std::env::current_exe().expect("this program");
    let target = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists());
    target.expect("the target folder").to_path_buf()
}

pub(crate) fn copy_all(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a directory");
        for entry in fs::read_dir(from).expect("a directory") {
            let path = entry.expect("an entry").path();
            copy_all(&path, &to.join(path.file_name().expect("a name")));
        }
    } else {
        fs::create_dir_all(to.parent().expect("a directory")).expect("a directory");
        fs::copy(from, to).expect("a file");
    }
}
