//! Renders a diagnostic as the Rust compiler does: the lines that it is about, with labels.
//!
//! The renderer gets only these lines, so that its work does not grow with the file.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::single::{Diagnostic, Span};
use crate::spec_file::SpecFile;

/// Spans this many lines apart, or more, are rendered as separate excerpts.
const FAR: usize = 50;

/// A longer line, in bytes, is named but not shown.
const LONG: usize = 2_000;

/// A span, its label, and whether it is where the problem is.
struct Mark<'a> {
    span: Span,
    label: &'a str,
    kind: AnnotationKind,
}

/// Neighbouring marks of one file, and the lines from the first to the last of them.
struct Excerpt<'a> {
    file: &'a SpecFile,
    start: usize,
    end: usize,
    marks: Vec<Mark<'a>>,
}

pub(crate) fn render(diagnostic: &Diagnostic, files: &[SpecFile], renderer: &Renderer) -> String {
    let level = if diagnostic.code().is_warning() { Level::WARNING } else { Level::ERROR };
    let mut group = Group::with_title(level.primary_title(diagnostic.message()).id(diagnostic.code().id()));
    for excerpt in excerpts(diagnostic, files) {
        group = excerpt.add_to(group);
    }
    if let Some(help) = diagnostic.help_text() {
        group = group.element(Level::HELP.message(help));
    }
    renderer.render(&[group])
}

fn excerpts<'a>(diagnostic: &'a Diagnostic, files: &'a [SpecFile]) -> Vec<Excerpt<'a>> {
    let mut excerpts: Vec<Excerpt<'_>> = Vec::new();
    for (span, label) in diagnostic.labels() {
        let Some(file) = files.get(span.file) else { continue };
        let is_first = Some(*span) == diagnostic.span();
        let kind = if is_first { AnnotationKind::Primary } else { AnnotationKind::Context };
        let span = within_few_lines(&file.text, around_letters(&file.text, *span));
        let (start, end) = lines_of(&file.text, span);
        let mark = Mark { span, label, kind };
        match excerpts.iter_mut().find(|excerpt| excerpt.is_near(span.file, start, end)) {
            Some(near) => {
                (near.start, near.end) = (near.start.min(start), near.end.max(end));
                near.marks.push(mark);
            }
            None => excerpts.push(Excerpt { file, start, end, marks: vec![mark] }),
        }
    }
    excerpts
}

impl<'a> Excerpt<'a> {
    fn text(&self) -> &'a str {
        self.file.text.get(self.start..self.end).unwrap_or("")
    }

    fn is_near(&self, file: usize, start: usize, end: usize) -> bool {
        let is_same_file = self.marks.first().is_some_and(|mark| mark.span.file == file);
        let between = self.file.text.get(self.start.min(start)..self.end.max(end)).unwrap_or("");
        is_same_file && between.len() <= FAR * LONG && between.matches('\n').count() < FAR
    }

    fn add_to(self, group: Group<'a>) -> Group<'a> {
        let path = self.file.path.as_str();
        let first_line = self.file.text[..self.start].matches('\n').count() + 1;
        if self.text().lines().any(|line| line.len() > LONG) {
            return self.marks.iter().fold(group, |group, mark| {
                let before = self.file.text.get(self.start..mark.span.start).unwrap_or("");
                let line = first_line + before.matches('\n').count();
                let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
                let group = group.element(Origin::path(path).line(line).char_column(column));
                if mark.label.is_empty() { group } else { group.element(Level::NOTE.message(mark.label)) }
            });
        }
        let annotations = self.marks.iter().map(|mark| {
            let label = (!mark.label.is_empty()).then_some(mark.label);
            mark.kind.span(mark.span.start - self.start..mark.span.end - self.start).label(label)
        });
        group.element(Snippet::source(self.text()).line_start(first_line).path(path).annotations(annotations))
    }
}

/// Widens a span that ends inside a character, as only a parser could produce it.
fn around_letters(text: &str, span: Span) -> Span {
    let start = (0..=span.start.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = (span.end.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    Span { start, end: end.max(start), ..span }
}

/// Cuts a span of very many lines after its first line.
fn within_few_lines(text: &str, span: Span) -> Span {
    let inside = text.get(span.start..span.end).unwrap_or("");
    match inside.find('\n') {
        Some(first) if inside.len() > LONG => Span { end: span.start + first, ..span },
        _ => span,
    }
}

/// The byte range of the lines that a span touches, without the last newline.
fn lines_of(text: &str, span: Span) -> (usize, usize) {
    let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let end = text.get(span.end..).and_then(|after| after.find('\n')).map_or(text.len(), |length| span.end + length);
    (start, end)
}
