//! `cargo xtask measure --programs`: what a program costs to build, with the client and by hand.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::processors::{self, Of};
use crate::cargo::{self, cargo};
use crate::project::Project;
use crate::{BoxError, files};

/// The programs to measure, below `tests/bench/programs/`. They do the same; the first one is written by hand.
const PROGRAMS: [Program; 3] = [
    Program { label: "by hand", directory: "by_hand", features: &[] },
    Program { label: "client, one resource", directory: "client", features: &[] },
    Program { label: "client, all resources", directory: "client", features: &["--features", "all"] },
];

struct Program {
    label: &'static str,
    directory: &'static str,
    features: &'static [&'static str],
}

/// What one program costs.
struct Row {
    crates: usize,
    /// A release build of everything.
    cold: Cost,
    check: Cost,
    release: Cost,
    bytes: u64,
}

/// The cost of a command in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cost {
    wall: f64,
    /// The time of all processors. `None` where the system does not say it.
    cpu: Option<f64>,
}

/// How often each program is measured. Other programs on the machine can only make a build slower, so the least counts.
const ROUNDS: usize = 2;

/// Prints a table in Markdown.
pub(crate) fn run(project: &Project, out: &mut impl Write) -> Result<(), BoxError> {
    let target = cargo::target_directory(&cargo::metadata(project)?)?.join("measure/programs");
    let measure = |_| PROGRAMS.iter().map(|program| program.measure(project, &target)).collect::<Result<Vec<_>, _>>();
    let rounds = (0..ROUNDS).map(measure).collect::<Result<Vec<_>, _>>()?;
    let rows: Vec<_> = rounds.into_iter().reduce(least_of_each).unwrap_or_default();
    writeln!(out, "| program | crates | cold release build | client and program: check | the same: release | size |")?;
    writeln!(out, "|---|---|---|---|---|---|")?;
    for (program, row) in PROGRAMS.iter().zip(&rows) {
        let Row { crates, cold, check, release, bytes } = row;
        let (cold, check, release) = (cold.in_words(0), check.in_words(1), release.in_words(0));
        let size = *bytes as f64 / 1e6;
        writeln!(out, "| {} | {crates} | {cold} | {check} | {release} | {size:.1} MB |", program.label)?;
    }
    Ok(())
}

fn least_of_each(one: Vec<Row>, other: Vec<Row>) -> Vec<Row> {
    let pairs = one.into_iter().zip(other);
    let least = pairs.map(|(one, other)| Row {
        cold: one.cold.least(other.cold),
        check: one.check.least(other.check),
        release: one.release.least(other.release),
        ..one
    });
    least.collect()
}

impl Program {
    fn measure(&self, project: &Project, target: &Path) -> Result<Row, BoxError> {
        let (directory, target) = (self.copy(project, target)?, target.join("target"));
        if target.exists() {
            fs::remove_dir_all(&target).map_err(|error| format!("{}: {error}", target.display()))?;
        }
        let cargo = |arguments: &[&str]| {
            let mut command = cargo(project);
            command.args(arguments).current_dir(&directory);
            command.env("CARGO_TARGET_DIR", &target).env("CARGO_INCREMENTAL", "0");
            command
        };
        let build = |arguments: &[&str]| {
            let arguments = [arguments, &["--offline"], self.features].concat();
            Cost::of(|| cargo::run(&mut cargo(&arguments)))
        };
        // The dependencies of the program are those of the lock file that this workspace has.
        cargo::run(&mut cargo(&["update", "--workspace", "--offline", "--quiet"]))?;
        let tree = [&["tree", "--offline", "--edges", "normal,build", "--prefix", "none"], self.features].concat();
        let tree = cargo::stdout(&mut cargo(&tree))?;
        let tree = String::from_utf8_lossy(&tree);
        let crates: BTreeSet<_> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
        let (crates, has_client) = (crates.len(), tree.contains("plivo v"));
        let cold = build(&["build", "--release"])?;
        build(&["check"])?;
        if has_client {
            cargo::run(&mut cargo(&["clean", "--quiet", "--package", "plivo"]))?;
            cargo::run(&mut cargo(&["clean", "--quiet", "--package", "plivo", "--release"]))?;
        }
        touch(&directory.join("src/main.rs"))?;
        let (check, release) = (build(&["check"])?, build(&["build", "--release"])?);
        let program = target.join("release").join(self.directory.replace('_', "-"));
        let bytes = fs::metadata(&program).map_err(|error| format!("{}: {error}", program.display()))?.len();
        Ok(Row { crates, cold, check, release, bytes })
    }

    /// Copies the program beside a lock file, with an absolute path to the client.
    fn copy(&self, project: &Project, target: &Path) -> Result<PathBuf, BoxError> {
        let source = project.path(Path::new("tests/bench/programs").join(self.directory));
        let copy = target.join(self.directory);
        let manifest = files::read(&source.join("Cargo.toml"))?;
        let client = project.path("generated-client");
        let manifest = manifest.replace("../../../../generated-client", &client.display().to_string());
        files::write(&copy.join("Cargo.toml"), &manifest)?;
        files::copy(&source.join("src/main.rs"), &copy.join("src/main.rs"))?;
        files::copy(&project.path("Cargo.lock"), &copy.join("Cargo.lock"))?;
        Ok(copy)
    }
}

fn touch(file: &Path) -> Result<(), BoxError> {
    files::write(file, &files::read(file)?)
}

impl Cost {
    fn of(command: impl FnOnce() -> Result<(), BoxError>) -> Result<Self, BoxError> {
        let (start, cpu) = (Instant::now(), processors::seconds(Of::EndedCommands));
        command()?;
        let cpu = processors::seconds(Of::EndedCommands).zip(cpu).map(|(after, before)| after - before);
        Ok(Self { wall: start.elapsed().as_secs_f64(), cpu })
    }

    fn least(self, other: Self) -> Self {
        let cpu = self.cpu.zip(other.cpu).map(|(one, other)| one.min(other));
        Self { wall: self.wall.min(other.wall), cpu }
    }

    /// The seconds with this number of decimals.
    fn in_words(self, decimals: usize) -> String {
        let wall = format!("{:.decimals$} s", self.wall);
        self.cpu.map_or_else(|| wall.clone(), |cpu| format!("{wall}, CPU {cpu:.decimals$} s"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Cost, Row, least_of_each};

    #[test]
    fn the_least_of_each_figure_counts() {
        let cost = |wall, cpu| Cost { wall, cpu };
        let row = |cold, check| Row { crates: 9, cold, check, release: cost(3.0, None), bytes: 5 };
        let first = vec![row(cost(90.0, Some(170.0)), cost(7.25, Some(7.0)))];
        let second = vec![row(cost(80.0, Some(175.0)), cost(7.5, None))];
        let least = least_of_each(first, second);
        let [Row { crates: 9, cold, check, bytes: 5, .. }] = &least[..] else { panic!("one row") };
        assert_eq!((*cold, *check), (cost(80.0, Some(170.0)), cost(7.25, None)));
        assert_eq!((cold.in_words(0), check.in_words(1)), ("80 s, CPU 170 s".to_owned(), "7.2 s".to_owned()));
    }
}
