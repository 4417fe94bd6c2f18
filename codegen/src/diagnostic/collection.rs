//! All diagnostics of a run, and the files that they point into.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use annotate_snippets::Renderer;

use super::codes::Code;
use super::render::render;
use super::single::Diagnostic;
use crate::limits;
use crate::spec_file::SpecFile;

/// Where a problem is, for people and editors.
struct Position<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

/// All problems of a spec, and the sources that they point into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    files: Vec<SpecFile>,
    /// Those that are shown.
    list: Vec<Diagnostic>,
    /// How many there are, shown or not.
    errors: usize,
    warnings: usize,
    /// By file, the names that could not be read.
    broken: BTreeMap<usize, HashSet<String>>,
}

impl Diagnostics {
    pub(crate) fn of(files: Vec<SpecFile>) -> Self {
        Self { files, ..Self::default() }
    }

    pub(crate) fn has_broken(&self, file: usize) -> bool {
        self.broken.contains_key(&file)
    }

    pub(crate) fn file(&self, file: usize) -> &SpecFile {
        &self.files[file]
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.code().is_warning() {
            self.warnings += 1;
        } else {
            self.errors += 1;
        }
        if !self.is_full() {
            self.list.push(diagnostic);
        }
    }

    /// Reports an error that takes some work to describe: the work is not done where nobody would see it.
    pub(crate) fn push_with(&mut self, diagnostic: impl FnOnce() -> Diagnostic) {
        if self.is_full() {
            self.errors += 1;
        } else {
            self.push(diagnostic());
        }
    }

    /// Whether further problems are only counted.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= limits::PROBLEMS
    }

    /// Remembers that something of this name stands in the file, though it could not be read.
    pub(crate) fn mark_broken(&mut self, file: usize, name: &str) {
        self.broken.entry(file).or_default().insert(name.to_owned());
    }

    /// Whether a reference to this name is no news: what it names was reported already.
    pub(crate) fn is_broken(&self, file: usize, name: &str) -> bool {
        self.broken.get(&file).is_some_and(|names| names.contains(name))
    }

    /// How many errors there are.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// Whether an error stands in the file, or may: once there are too many, not all are kept.
    pub(crate) fn has_errors_in(&self, file: usize) -> bool {
        let in_file = |diagnostic: &Diagnostic| diagnostic.span().is_some_and(|span| span.file == file);
        self.is_full() || self.list.iter().any(in_file)
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// The value with the warnings, or all problems.
    pub(crate) fn into_result<T>(mut self, value: T) -> Result<(T, Self), Self> {
        self.list.sort_by_key(|diagnostic| diagnostic.span());
        let hidden = self.errors + self.warnings - self.list.len();
        if hidden > 0 {
            let rest = Diagnostic::new(Code::TooMany, format!("{hidden} more problems are not shown"));
            self.list.push(rest.help("correct those above and run it again"));
        }
        if self.has_errors() { Err(self) } else { Ok((value, self)) }
    }

    /// Whether there is no problem at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The problems, in the order of the files. Where there are very many, the last one counts the rest.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// One line for each problem, as editors read them: `file:line:column: level[code]: message`.
    pub fn short(&self) -> String {
        let line = |diagnostic: &Diagnostic| {
            let span = self.position(diagnostic).map(|at| format!("{}:{}:{}: ", at.file, at.line, at.column));
            let (level, code) = (diagnostic.level(), diagnostic.code().id());
            format!("{}{level}[{code}]: {}\n", span.unwrap_or_default(), diagnostic.message())
        };
        self.list.iter().map(line).collect()
    }

    /// One JSON object on a line for each problem, with the keys `code`, `level`, `message`, `help`, and,
    /// where it has a place, `file`, `line`, `column` (both from 1, in characters) and `label`.
    pub fn json(&self) -> String {
        let line = |diagnostic: &Diagnostic| {
            let mut object = serde_json::json!({
                "code": diagnostic.code().id(),
                "level": diagnostic.level(),
                "message": diagnostic.message(),
                "help": diagnostic.help_text(),
            });
            if let (Some(at), Some((_, label))) = (self.position(diagnostic), diagnostic.labels().next()) {
                object["file"] = at.file.into();
                object["line"] = at.line.into();
                object["column"] = at.column.into();
                object["label"] = label.as_str().into();
            }
            format!("{object}\n")
        };
        self.list.iter().map(line).collect()
    }

    fn position(&self, diagnostic: &Diagnostic) -> Option<Position<'_>> {
        let span = diagnostic.span()?;
        let file = self.files.get(span.file)?;
        let before = file.text.get(..span.start)?;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Some(Position { file: &file.path, line: before.matches('\n').count() + 1, column })
    }

    /// The problems drawn as the Rust compiler draws its own, in colour.
    pub fn styled(&self) -> String {
        self.rendered(&Renderer::styled())
    }

    fn rendered(&self, renderer: &Renderer) -> String {
        if self.list.is_empty() {
            return String::new();
        }
        let rendered: Vec<_> = self.list.iter().map(|diagnostic| render(diagnostic, &self.files, renderer)).collect();
        let counts = [(self.errors, "error"), (self.warnings, "warning")];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, what)| format!("{count} {what}{}", if *count == 1 { "" } else { "s" }));
        format!("{}\n\n{} in the spec\n", rendered.join("\n\n"), counts.collect::<Vec<_>>().join(" and "))
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rendered(&Renderer::plain()))
    }
}

impl std::error::Error for Diagnostics {}
