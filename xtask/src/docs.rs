//! `cargo xtask docs`: writes the reference site.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use plivo_codegen::{Change, Output, SiteInputs, site};

use crate::project::Project;
use crate::{BoxError, cargo, files};

/// The most changes that the site shows.
const CHANGES: &str = "--max-count=300";

/// The files whose changes it shows: what is written by hand. A merge repeats the changes of others.
const SPEC: [&str; 3] = ["--no-merges", "--", "spec/*.yaml"];

/// Writes the site into the target directory, and opens it in the browser if that is wanted.
pub(crate) fn run(project: &Project, is_opened: bool, out: &mut impl Write) -> Result<(), BoxError> {
    let spec = plivo_codegen::read_dir(&project.spec())?;
    let inputs = SiteInputs { coverage: Some(cargo::coverage_report(project)?), changes: changes(project) };
    let pages = site(&spec, &inputs)?;
    let directory = cargo::target_directory(&cargo::metadata(project)?)?.join("docs");
    write(&directory, &pages)?;
    let index = directory.join("index.html");
    writeln!(out, "{} files, {}", pages.len(), index.display())?;
    if is_opened { open(&index) } else { Ok(()) }
}

/// Writes the files of the site. Files of an earlier one are removed.
fn write(directory: &Path, pages: &[Output]) -> Result<(), BoxError> {
    fs::create_dir_all(directory).map_err(|error| format!("{}: {error}", directory.display()))?;
    for path in files::list(directory, Path::new(""))? {
        if !pages.iter().any(|page| Path::new(&page.path) == path) {
            files::remove(&directory.join(path))?;
        }
    }
    for page in pages {
        let path = directory.join(&page.path);
        fs::write(&path, &page.text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// The changes of the spec in the history of the repository. Without git or a history, there are none.
fn changes(project: &Project) -> Vec<Change> {
    let mut git = Command::new("git");
    git.current_dir(project.root()).args(["log", CHANGES, "--date=short", "--format=%x00%ad%x09%s", "--name-only"]);
    let output = git.args(SPEC).stderr(Stdio::null()).output();
    let log = output.ok().filter(|output| output.status.success()).map(|output| output.stdout).unwrap_or_default();
    parse(&String::from_utf8_lossy(&log))
}

/// The changes in a log: after each NUL the day and the summary, and then a file in each line.
fn parse(log: &str) -> Vec<Change> {
    let change = |entry: &str| {
        let mut lines = entry.lines();
        let (date, summary) = lines.next()?.split_once('\t')?;
        let files = lines.filter(|line| !line.is_empty()).map(str::to_owned).collect();
        Some(Change { date: date.to_owned(), summary: summary.to_owned(), files })
    };
    log.split('\0').filter_map(change).collect()
}

/// Opens a file with the program that the system has for it.
fn open(path: &Path) -> Result<(), BoxError> {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    cargo::run(command.arg(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_of_git_becomes_changes() {
        let log = "\x002026-01-31\tspec: add a tag\n\nspec/resources/tag.yaml\nspec/plivo.yaml\n\x002026-01-30\tspec: start\n";
        let change = |date: &str, summary: &str, files: &[&str]| Change {
            date: date.to_owned(),
            summary: summary.to_owned(),
            files: files.iter().map(|&file| file.to_owned()).collect(),
        };
        let files = ["spec/resources/tag.yaml", "spec/plivo.yaml"];
        let expected = [change("2026-01-31", "spec: add a tag", &files), change("2026-01-30", "spec: start", &[])];
        assert_eq!(parse(log), expected);
        assert_eq!(parse(""), []);
    }

    #[test]
    fn the_changes_are_those_of_yaml() {
        let project = Project::at(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
        let changes = changes(&project);
        assert!(changes.iter().all(|change| !change.files.is_empty()), "a merge");
        let files = changes.iter().flat_map(|change| &change.files);
        assert!(files.clone().all(|file| file.ends_with(".yaml")), "{:?}", files.collect::<Vec<_>>());
    }

    #[test]
    fn a_second_site_replaces_the_first() {
        let directory = tempfile::tempdir().unwrap();
        let page = |path: &str| Output { path: path.to_owned(), text: path.to_owned() };
        write(directory.path(), &[page("a.html"), page("b.html")]).unwrap();
        write(directory.path(), &[page("b.html")]).unwrap();
        assert_eq!(files::list(directory.path(), Path::new("")).unwrap(), [Path::new("b.html")]);
    }
}
