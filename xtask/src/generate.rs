//! `cargo xtask generate`: brings the generated files up to date with the spec.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use plivo_codegen::{Diagnostics, Outputs};

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
    /// The warnings about the spec, rendered.
    warnings: String,
}

/// Brings the generated files up to date and reports each change. Changes nothing if the spec has an error.
pub(crate) fn write(project: &Project, format: Format) -> Result<String, BoxError> {
    let Plan { changes, summary, warnings } = plan(project, format)?;
    let mut report = warnings;
    for (path, change) in &changes {
        let absolute = project.path(path);
        let done = match change {
            Change::Create(text) => files::write(&absolute, text).map(|()| "created")?,
            Change::Update(text) => files::write(&absolute, text).map(|()| "updated")?,
            Change::Remove => files::remove(&absolute).map(|()| "removed")?,
        };
        report.push_str(&format!("{done} {}\n", path.display()));
    }
    let unchanged = if changes.is_empty() { ", all up to date" } else { "" };
    report.push_str(&format!("{summary}{unchanged}\n"));
    Ok(report)
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
    let warnings = render(&outputs.warnings, format);
    Ok(Plan { changes: changes(project, outputs)?, summary, warnings })
}

fn changes(project: &Project, outputs: Outputs) -> Result<BTreeMap<PathBuf, Change>, BoxError> {
    let manifest = files::read(&project.path(CLIENT_MANIFEST))?;
    let manifest = client_manifest::with_features(&manifest, &outputs.features)?;
    let mut generated: BTreeMap<_, _> =
        outputs.files.into_iter().map(|file| (PathBuf::from(file.path), file.text)).collect();
    generated.insert(CLIENT_MANIFEST.into(), manifest);

    let mut changes = BTreeMap::new();
    // In a directory of the generator, any other file is stale.
    for directory in outputs.directories {
        let present = files::list(project.root(), Path::new(directory))?;
        let stale = present.into_iter().filter(|path| !generated.contains_key(path));
        changes.extend(stale.map(|path| (path, Change::Remove)));
    }
    for (path, text) in generated {
        match files::read_if_present(&project.path(&path))? {
            None => changes.insert(path, Change::Create(text)),
            Some(present) if present != text.as_bytes() => changes.insert(path, Change::Update(text)),
            Some(_) => None,
        };
    }
    Ok(changes)
}

/// The text of diagnostics. It has colours if stdout and stderr are terminals: warnings go to one, errors to the other.
fn render(diagnostics: &Diagnostics, format: Format) -> String {
    match format {
        Format::Json => diagnostics.json(),
        Format::Short => diagnostics.short(),
        Format::Human if io::stdout().is_terminal() && io::stderr().is_terminal() => diagnostics.styled(),
        Format::Human => diagnostics.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const RESOURCES: &str = "generated-client/src/resources";

    /// A project with the real spec and a client that consists of its manifest.
    fn project() -> (tempfile::TempDir, Project) {
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        for folder in ["spec/resources", "spec/examples", "generated-client/src"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        let spec = ["spec/plivo.yaml", "spec/resources/profile.yaml", "spec/examples/profile.yaml"];
        for file in spec.into_iter().chain(["generated-client/Cargo.toml"]) {
            fs::copy(real.join(file), root.join(file)).unwrap();
        }
        let project = Project::at(root);
        (directory, project)
    }

    fn failure(result: Result<String, BoxError>) -> String {
        result.map_or_else(|error| error.to_string(), |report| panic!("succeeded: {report}"))
    }

    #[test]
    fn the_committed_files_are_up_to_date() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        if let Err(error) = check(&Project::at(root), Format::Human) {
            panic!("{error}");
        }
    }

    #[test]
    fn missing_files_are_created_and_unchanged_files_are_not_touched() {
        let (_directory, project) = project();
        assert!(
            write(&project, Format::Human).unwrap().contains("created generated-client/src/resources/profile.rs\n")
        );
        let file = project.path(RESOURCES).join("profile.rs");
        let first = fs::metadata(&file).unwrap().modified().unwrap();
        let text = fs::read(&file).unwrap();
        assert!(write(&project, Format::Human).unwrap().ends_with(" lines, all up to date\n"));
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), first);
        fs::remove_dir_all(project.path(RESOURCES)).unwrap();
        write(&project, Format::Human).unwrap();
        assert_eq!(fs::read(&file).unwrap(), text);
    }

    #[test]
    fn changed_missing_and_stale_files_are_found() {
        let (_directory, project) = project();
        write(&project, Format::Human).unwrap();
        fs::write(project.path(RESOURCES).join("profile.rs"), "// changed by hand").unwrap();
        fs::write(project.path(RESOURCES).join("stale.rs"), "").unwrap();
        let written_by_hand = project.path("generated-client/src/written.rs");
        fs::write(&written_by_hand, "").unwrap();
        fs::remove_file(project.path(RESOURCES).join("mod.rs")).unwrap();
        let expected = "the generated files are not up to date:
  generated-client/src/resources/mod.rs is missing
  generated-client/src/resources/profile.rs differs
  generated-client/src/resources/stale.rs is stale
run `cargo xtask generate` and commit the result";
        assert_eq!(failure(check(&project, Format::Human)), expected);
        let report = write(&project, Format::Human).unwrap();
        let changes = "created generated-client/src/resources/mod.rs
updated generated-client/src/resources/profile.rs
removed generated-client/src/resources/stale.rs
";
        assert!(report.starts_with(changes), "{report}");
        assert!(written_by_hand.exists());
        check(&project, Format::Human).unwrap();
    }

    #[test]
    fn an_error_in_the_spec_changes_nothing() {
        let (_directory, project) = project();
        write(&project, Format::Human).unwrap();
        let file = project.path(RESOURCES).join("profile.rs");
        fs::write(&file, "// still here").unwrap();
        fs::write(project.spec().join("resources/broken.yaml"), "resource: broken\n").unwrap();
        assert!(failure(write(&project, Format::Human)).contains("error[S011]: `plural` is missing"));
        let short = failure(write(&project, Format::Short));
        assert!(short.starts_with("spec/resources/broken.yaml:1:1: error[S011]: `plural` is missing\n"), "{short}");
        let json = failure(write(&project, Format::Json));
        let first = r#"{"code":"S011","column":1,"file":"spec/resources/broken.yaml","help":"add `plural: ..`;"#;
        assert!(json.starts_with(first), "{json}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "// still here");
    }

    #[test]
    fn the_features_are_brought_up_to_date() {
        let (_directory, project) = project();
        write(&project, Format::Human).unwrap();
        let manifest = fs::read_to_string(project.path(CLIENT_MANIFEST)).unwrap();
        fs::write(project.path(CLIENT_MANIFEST), manifest.replace("profile = []", "profil = []")).unwrap();
        assert!(failure(check(&project, Format::Human)).contains("generated-client/Cargo.toml differs"));
        write(&project, Format::Human).unwrap();
        assert_eq!(fs::read_to_string(project.path(CLIENT_MANIFEST)).unwrap(), manifest);
    }
}
