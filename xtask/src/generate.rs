//! `cargo xtask generate`: brings the generated files up to date with the spec.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use plivo_codegen::{Diagnostics, Directory, GENERATED_MARK, Outputs};

use crate::arguments::Format;
use crate::project::{CLIENT_MANIFEST, Project};
use crate::{BoxError, client_manifest, files};

/// How a file must change to be up to date.
enum Change {
    /// The file is missing.
    Create(String),
    /// The file has another text.
    Update(String),
    /// The spec no longer has a resource for the file.
    Remove,
}

/// The changes that bring the generated files up to date.
struct Plan {
    /// By path, relative to the root of the project.
    changes: BTreeMap<PathBuf, Change>,
    /// The number of generated files and lines.
    summary: String,
    /// The warnings about the spec, rendered, and the files that were not generated.
    warnings: String,
}

/// The files in the directories of the generator that no resource has.
struct Surplus {
    /// Those that were generated for a resource that is no longer there.
    stale: Vec<PathBuf>,
    /// Those that were not generated. They are left alone.
    foreign: Vec<PathBuf>,
}

/// Brings the generated files up to date and reports each change. Changes nothing if the spec has an error.
pub(crate) fn write(project: &Project, format: Format) -> Result<String, BoxError> {
    make(project, plan(project, format)?)
}

fn make(project: &Project, plan: Plan) -> Result<String, BoxError> {
    let Plan { changes, summary, warnings } = plan;
    let mut report = warnings;
    let mut ordered: Vec<_> = changes.iter().collect();
    ordered.sort_by_key(|(path, change)| order(path, change));
    for (path, change) in ordered {
        let done = apply(&project.path(path), change).map_err(|error| {
            format!("{report}{error}\nthe changes after this one were not made: mend it and run the command again")
        })?;
        report.push_str(&format!("{done} {}\n", path.display()));
    }
    let unchanged = if changes.is_empty() { ", all up to date" } else { "" };
    report.push_str(&format!("{summary}{unchanged}\n"));
    Ok(report)
}

/// The manifest names the modules, so it is written after them; what it no longer names is removed at the end.
fn order(path: &Path, change: &Change) -> u8 {
    match change {
        Change::Remove => 2,
        Change::Create(_) | Change::Update(_) => u8::from(path == Path::new(CLIENT_MANIFEST)),
    }
}

/// Makes a change. Returns what was done.
fn apply(path: &Path, change: &Change) -> Result<&'static str, BoxError> {
    match change {
        Change::Create(text) => files::write(path, text).map(|()| "created"),
        Change::Update(text) => files::write(path, text).map(|()| "updated"),
        Change::Remove => files::remove(path).map(|()| "removed"),
    }
}

/// Fails unless the generated files are up to date. Changes nothing.
pub(crate) fn check(project: &Project, format: Format) -> Result<String, BoxError> {
    let Plan { changes, summary, warnings } = plan(project, format)?;
    if changes.is_empty() {
        return Ok(format!("{warnings}{summary}, all up to date\n"));
    }
    let mut message = format!("{warnings}the generated files are not up to date:\n");
    for (path, change) in &changes {
        let problem = match change {
            Change::Create(_) => "is missing",
            Change::Update(_) => "differs",
            Change::Remove => "is stale",
        };
        message.push_str(&format!("  {} {problem}\n", path.display()));
    }
    message.push_str("run `cargo xtask generate` and commit the result");
    Err(message.into())
}

/// Generates the outputs in memory and compares them with the files of the project.
fn plan(project: &Project, format: Format) -> Result<Plan, BoxError> {
    let spec = plivo_codegen::read_dir(&project.spec());
    let outputs = spec.and_then(|files| plivo_codegen::generate(&files)).map_err(|diagnostics| {
        let end = if format == Format::Human { "nothing was generated" } else { "" };
        format!("{}{end}", render(&diagnostics, format))
    })?;
    let lines: usize = outputs.files.iter().map(|file| file.text.lines().count()).sum();
    let summary = format!("{} generated files, {lines} lines", outputs.files.len());
    let mut warnings = render(&outputs.warnings, format);
    let surplus = surplus(project, &outputs)?;
    if format == Format::Human {
        for path in &surplus.foreign {
            warnings.push_str(&format!("left alone {}: it was not generated\n", path.display()));
        }
    }
    let mut changes = changes(project, outputs)?;
    changes.extend(surplus.stale.into_iter().map(|path| (path, Change::Remove)));
    Ok(Plan { changes, summary, warnings })
}

/// Finds the files that the directories of the generator contain in addition to the generated ones.
fn surplus(project: &Project, outputs: &Outputs) -> Result<Surplus, BoxError> {
    let mut surplus = Surplus { stale: Vec::new(), foreign: Vec::new() };
    for directory in &outputs.directories {
        for path in files::list(project.root(), Path::new(directory.path))? {
            if outputs.files.iter().any(|file| Path::new(&file.path) == path) {
                continue;
            }
            // Another run may have removed it.
            let Some(text) = files::read_if_present(project.root(), &path)? else { continue };
            if is_named_as_generated(&path, directory) && is_generated(&text) {
                surplus.stale.push(path);
            } else if !directory.is_shared {
                surplus.foreign.push(path);
            }
        }
    }
    Ok(surplus)
}

/// Compares the generated texts with the files of the project.
fn changes(project: &Project, outputs: Outputs) -> Result<BTreeMap<PathBuf, Change>, BoxError> {
    let mut changes = BTreeMap::new();
    for file in outputs.files {
        let path = PathBuf::from(file.path);
        match files::read_if_present(project.root(), &path)? {
            None => changes.insert(path, Change::Create(file.text)),
            Some(present) if is_same_text(&present, &file.text) => None,
            Some(present) if present.is_empty() || is_generated(&present) => {
                changes.insert(path, Change::Update(file.text))
            }
            Some(_) => {
                return Err(format!("{}: this file was not generated; move or delete it", path.display()).into());
            }
        };
    }
    let path = PathBuf::from(CLIENT_MANIFEST);
    let present = files::read_if_present(project.root(), &path)?;
    let present = present.ok_or_else(|| format!("{CLIENT_MANIFEST}: this file is missing"))?;
    let text = std::str::from_utf8(&present).map_err(|error| format!("{CLIENT_MANIFEST}: {error}"))?;
    let manifest = client_manifest::with_features(text, &outputs.features)?;
    if !is_same_text(&present, &manifest) {
        changes.insert(path, Change::Update(manifest));
    }
    Ok(changes)
}

/// Whether a file has a name that the generator gives. The copies that editors and git make of a generated file have
/// other names.
fn is_named_as_generated(path: &Path, directory: &Directory) -> bool {
    let stem = path.file_name().and_then(|name| name.to_str()?.strip_suffix(directory.extension)?.strip_suffix('.'));
    let is_snake = |name: &str| name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    path.parent() == Some(Path::new(directory.path)) && stem.is_some_and(is_snake)
}

/// Whether a file was generated. The line that says so can be below the mark of a merge conflict.
fn is_generated(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    text.lines().take(3).any(|line| line.contains(GENERATED_MARK))
}

/// Whether a file has a text. Git can have changed the line ends.
fn is_same_text(present: &[u8], text: &str) -> bool {
    present == text.as_bytes()
        || std::str::from_utf8(present).is_ok_and(|present| present.replace("\r\n", "\n") == text)
}

/// The text of diagnostics, with colours if stdout and stderr can show them: warnings go to one, errors to the other.
fn render(diagnostics: &Diagnostics, format: Format) -> String {
    let are_terminals = io::stdout().is_terminal() && io::stderr().is_terminal();
    match format {
        Format::Json => diagnostics.json(),
        Format::Short => diagnostics.short(),
        Format::Human if has_colours(are_terminals, |name| std::env::var_os(name)) => diagnostics.styled(),
        Format::Human => diagnostics.to_string(),
    }
}

/// Whether text has colours, with these environment variables.
fn has_colours(are_terminals: bool, variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let is_unwanted = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
    are_terminals && !is_unwanted && variable("TERM").is_none_or(|terminal| terminal != "dumb")
}

#[cfg(test)]
mod tests;
