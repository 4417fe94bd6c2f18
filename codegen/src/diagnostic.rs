//! What is wrong with a spec: where, what, and the way out.

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::Source;

pub use crate::codes::Code;

/// A byte range of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The number of the source.
    pub file: usize,
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    code: Code,
    message: String,
    primary: Option<(Place, String)>,
    context: Vec<(Place, String)>,
    help: Option<String>,
}

impl Diagnostic {
    /// A problem without a place in a file.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), primary: None, context: Vec::new(), help: None }
    }

    /// Where it is, and what to say there.
    pub fn at(mut self, place: Place, label: impl Into<String>) -> Self {
        self.primary = Some((place, label.into()));
        self
    }

    /// Another place that belongs to it.
    pub fn with(mut self, place: Place, label: impl Into<String>) -> Self {
        self.context.push((place, label.into()));
        self
    }

    /// The way out.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Its code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// `error`, or `warning`: the spec can be used all the same.
    pub fn level(&self) -> &'static str {
        if self.code.is_warning() { "warning" } else { "error" }
    }

    /// What is wrong, in one line.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where it is.
    pub fn place(&self) -> Option<Place> {
        self.primary.as_ref().map(|(place, _)| *place)
    }

    fn render(&self, sources: &[Source], renderer: &Renderer) -> String {
        let level = if self.code.is_warning() { Level::WARNING } else { Level::ERROR };
        let mut group = Group::with_title(level.primary_title(&*self.message).id(self.code.id()));
        let mut files: Vec<usize> = Vec::new();
        let primary = self.primary.iter().map(|spot| (spot, AnnotationKind::Primary));
        let spots: Vec<_> = primary.chain(self.context.iter().map(|spot| (spot, AnnotationKind::Context))).collect();
        for ((place, _), _) in &spots {
            if !files.contains(&place.file) {
                files.push(place.file);
            }
        }
        for file in files {
            let Some(source) = sources.get(file) else { continue };
            let annotations =
                spots.iter().filter(|((place, _), _)| place.file == file).map(|((place, label), kind)| {
                    let label = (!label.is_empty()).then_some(label.as_str());
                    kind.span(place.start..place.end).label(label)
                });
            group = group.element(Snippet::source(&*source.text).path(&*source.path).annotations(annotations));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(&**help));
        }
        renderer.render(&[group])
    }
}

/// Where a problem is, for people and editors.
struct Position<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

/// All problems of a spec, and the sources that they point into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    sources: Vec<Source>,
    list: Vec<Diagnostic>,
    broken: Vec<(usize, String)>,
}

impl Diagnostics {
    pub(crate) fn of(sources: Vec<Source>) -> Self {
        Self { sources, ..Self::default() }
    }

    pub(crate) fn has_broken(&self, file: usize) -> bool {
        self.broken.iter().any(|(at, _)| *at == file)
    }

    pub(crate) fn source(&self, file: usize) -> &Source {
        &self.sources[file]
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Remembers that something of this name stands in the file, though it could not be read.
    pub(crate) fn mark_broken(&mut self, file: usize, name: &str) {
        self.broken.push((file, name.to_owned()));
    }

    /// Whether a reference to this name is no news: what it names was reported already.
    pub(crate) fn is_broken(&self, file: usize, name: &str) -> bool {
        self.broken.iter().any(|(at, broken)| *at == file && broken == name)
    }

    /// How many errors there are.
    pub(crate) fn errors(&self) -> usize {
        self.list.iter().filter(|diagnostic| !diagnostic.code.is_warning()).count()
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| !diagnostic.code.is_warning())
    }

    /// The value with the warnings, or all problems.
    pub(crate) fn into_result<T>(mut self, value: T) -> Result<(T, Self), Self> {
        self.list.sort_by_key(|diagnostic| diagnostic.place());
        if self.has_errors() { Err(self) } else { Ok((value, self)) }
    }

    /// Whether there is no problem at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The problems, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// One line for each problem, as editors read them: `file:line:column: level[code]: message`.
    pub fn short(&self) -> String {
        let line = |diagnostic: &Diagnostic| {
            let place = self.position(diagnostic).map(|at| format!("{}:{}:{}: ", at.file, at.line, at.column));
            let (level, code) = (diagnostic.level(), diagnostic.code.id());
            format!("{}{level}[{code}]: {}\n", place.unwrap_or_default(), diagnostic.message)
        };
        self.list.iter().map(line).collect()
    }

    /// One JSON object on a line for each problem, with the keys `code`, `level`, `message`, `help`, and,
    /// where it has a place, `file`, `line`, `column` (both from 1, in characters) and `label`.
    pub fn json(&self) -> String {
        let line = |diagnostic: &Diagnostic| {
            let mut object = serde_json::json!({
                "code": diagnostic.code.id(),
                "level": diagnostic.level(),
                "message": diagnostic.message,
                "help": diagnostic.help,
            });
            if let (Some(at), Some((_, label))) = (self.position(diagnostic), &diagnostic.primary) {
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
        let place = diagnostic.place()?;
        let source = self.sources.get(place.file)?;
        let before = source.text.get(..place.start)?;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Some(Position { file: &source.path, line: before.matches('\n').count() + 1, column })
    }

    /// The problems drawn as the Rust compiler draws its own, in colour.
    pub fn styled(&self) -> String {
        self.render(&Renderer::styled())
    }

    fn render(&self, renderer: &Renderer) -> String {
        let drawn: Vec<_> = self.list.iter().map(|diagnostic| diagnostic.render(&self.sources, renderer)).collect();
        if drawn.is_empty() {
            return String::new();
        }
        let errors = self.errors();
        let counts = [(errors, "error"), (self.list.len() - errors, "warning")];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, what)| format!("{count} {what}{}", if *count == 1 { "" } else { "s" }));
        format!("{}\n\n{} in the spec\n", drawn.join("\n\n"), counts.collect::<Vec<_>>().join(" and "))
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

impl std::error::Error for Diagnostics {}
