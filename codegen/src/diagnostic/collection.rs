//! All diagnostics of a run, and the files that they point into.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::sync::Arc;

use annotate_snippets::Renderer;

use super::codes::Code;
use super::render::render;
use super::single::Diagnostic;
use crate::limits;
use crate::spec_file::SpecFile;

/// The position of a diagnostic, for people and editors.
struct Position<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

/// All diagnostics of a spec, and the files that they point into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    files: Arc<[SpecFile]>,
    /// The diagnostics that are shown.
    list: Vec<Diagnostic>,
    /// How many there are in total.
    errors: usize,
    warnings: usize,
    /// How many of the errors are the same as an earlier one.
    repeated: usize,
    /// The names of things that could not be read, by file.
    broken: BTreeMap<usize, HashSet<String>>,
    /// The files of which a whole part could not be read, so that any name may be of something in it.
    unread: BTreeSet<usize>,
}

impl Diagnostics {
    pub(crate) fn of(files: Arc<[SpecFile]>) -> Self {
        Self { files, ..Self::default() }
    }

    /// No diagnostics yet, of the same files.
    pub(crate) fn without_any(&self) -> Self {
        Self::of(Arc::clone(&self.files))
    }

    /// Adds what was found apart.
    pub(crate) fn add(&mut self, other: Self) {
        let kept_warnings = other.list.iter().filter(|diagnostic| diagnostic.code().is_warning()).count();
        // Those that were only counted.
        self.errors += other.errors - (other.list.len() - kept_warnings);
        self.warnings += other.warnings - kept_warnings;
        self.repeated += other.repeated;
        other.list.into_iter().for_each(|diagnostic| self.push(diagnostic));
        for (file, names) in other.broken {
            self.broken.entry(file).or_default().extend(names);
        }
        self.unread.extend(other.unread);
    }

    pub(crate) fn has_broken(&self, file: usize) -> bool {
        self.broken.contains_key(&file) || self.unread.contains(&file)
    }

    pub(crate) fn file(&self, file: usize) -> &SpecFile {
        &self.files[file]
    }

    /// Reports a problem. The same problem at the same place is shown once: one text of the spec can be a fact about
    /// several fields.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let is_repeated = self.list.contains(&diagnostic);
        match (diagnostic.code().is_warning(), is_repeated) {
            (true, true) => {}
            (true, false) => self.warnings += 1,
            // What depends on it is not sound either.
            (false, true) => (self.errors, self.repeated) = (self.errors + 1, self.repeated + 1),
            (false, false) => self.errors += 1,
        }
        if !is_repeated && !self.is_full() {
            self.list.push(diagnostic);
        }
    }

    /// Reports an error that is expensive to describe. It is described only if it is kept.
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

    /// Records that the file has something of this name that could not be read.
    pub(crate) fn mark_broken(&mut self, file: usize, name: &str) {
        self.broken.entry(file).or_default().insert(name.to_owned());
    }

    /// Records that a whole part of the file could not be read.
    pub(crate) fn mark_unread(&mut self, file: usize) {
        self.unread.insert(file);
    }

    /// Whether something of this name could not be read, which has been reported.
    pub(crate) fn is_broken(&self, file: usize, name: &str) -> bool {
        self.unread.contains(&file) || self.broken.get(&file).is_some_and(|names| names.contains(name))
    }

    /// Whether something of this name in `plivo.yaml` could not be read, which has been reported.
    pub(crate) fn is_broken_in_api(&self, name: &str) -> bool {
        let api = self.files.iter().position(SpecFile::is_api);
        api.is_some_and(|file| self.is_broken(file, name))
    }

    /// How many errors there are.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// Whether the file has an error, or may have one that is not kept.
    pub(crate) fn has_errors_in(&self, file: usize) -> bool {
        let in_file = |diagnostic: &Diagnostic| diagnostic.span().is_some_and(|span| span.file == file);
        self.is_full() || self.list.iter().any(in_file)
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// The value with the warnings, or all diagnostics.
    pub(crate) fn into_result<T>(mut self, value: T) -> Result<(T, Self), Self> {
        self.list.sort_by_key(|diagnostic| diagnostic.span());
        self.errors -= std::mem::take(&mut self.repeated);
        let hidden = self.errors + self.warnings - self.list.len();
        if hidden > 0 {
            let rest = Diagnostic::new(Code::TooMany, format!("{hidden} more problems are not shown"));
            self.list.push(rest.help("correct those above and run it again"));
        }
        if self.has_errors() { Err(self) } else { Ok((value, self)) }
    }

    /// Whether there is no diagnostic.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The diagnostics, in the order of the files. If there are too many, the last one counts the rest.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// One line for each diagnostic, in the format of editors: `file:line:column: level[code]: message`.
    pub fn short(&self) -> String {
        let line = |diagnostic: &Diagnostic| {
            let span = self.position(diagnostic).map(|at| format!("{}:{}:{}: ", at.file, at.line, at.column));
            let (level, code) = (diagnostic.level(), diagnostic.code().id());
            format!("{}{level}[{code}]: {}\n", span.unwrap_or_default(), diagnostic.message())
        };
        self.list.iter().map(line).collect()
    }

    /// One JSON object on a line for each diagnostic, with the keys `code`, `level`, `message`, `help` and, if it
    /// has a span, `file`, `line`, `column` (both from 1, in characters) and `label`.
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

    /// The diagnostics rendered as the Rust compiler does, in colour.
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
