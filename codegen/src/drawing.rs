//! Draws a problem as the Rust compiler draws its own: the lines that it is about, and what to say there.
//!
//! Only these lines are given to the drawer, so that its work does not grow with the file.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Place};
use crate::source::Source;

/// Places so many lines apart, or more, are drawn on their own.
const FAR: usize = 50;

/// A line of more bytes is named, and not drawn.
const LONG: usize = 2_000;

/// A place, what is said there, and whether it is where the problem is.
struct Spot<'a> {
    place: Place,
    label: &'a str,
    kind: AnnotationKind,
}

/// Spots of one file that are near each other, and the lines from the first to the last of them.
struct Excerpt<'a> {
    source: &'a Source,
    start: usize,
    end: usize,
    spots: Vec<Spot<'a>>,
}

pub(crate) fn draw(diagnostic: &Diagnostic, sources: &[Source], renderer: &Renderer) -> String {
    let level = if diagnostic.code().is_warning() { Level::WARNING } else { Level::ERROR };
    let mut group = Group::with_title(level.primary_title(diagnostic.message()).id(diagnostic.code().id()));
    for excerpt in excerpts(diagnostic, sources) {
        group = excerpt.add_to(group);
    }
    if let Some(help) = diagnostic.way_out() {
        group = group.element(Level::HELP.message(help));
    }
    renderer.render(&[group])
}

fn excerpts<'a>(diagnostic: &'a Diagnostic, sources: &'a [Source]) -> Vec<Excerpt<'a>> {
    let mut excerpts: Vec<Excerpt<'_>> = Vec::new();
    for (place, label) in diagnostic.spots() {
        let Some(source) = sources.get(place.file) else { continue };
        let is_first = Some(*place) == diagnostic.place();
        let kind = if is_first { AnnotationKind::Primary } else { AnnotationKind::Context };
        let place = within_few_lines(&source.text, around_letters(&source.text, *place));
        let (start, end) = lines_of(&source.text, place);
        let spot = Spot { place, label, kind };
        match excerpts.iter_mut().find(|excerpt| excerpt.is_near(place.file, start, end)) {
            Some(near) => {
                (near.start, near.end) = (near.start.min(start), near.end.max(end));
                near.spots.push(spot);
            }
            None => excerpts.push(Excerpt { source, start, end, spots: vec![spot] }),
        }
    }
    excerpts
}

impl<'a> Excerpt<'a> {
    fn text(&self) -> &'a str {
        self.source.text.get(self.start..self.end).unwrap_or("")
    }

    fn is_near(&self, file: usize, start: usize, end: usize) -> bool {
        let is_same_file = self.spots.first().is_some_and(|spot| spot.place.file == file);
        let between = self.source.text.get(self.start.min(start)..self.end.max(end)).unwrap_or("");
        is_same_file && between.len() <= FAR * LONG && between.matches('\n').count() < FAR
    }

    fn add_to(self, group: Group<'a>) -> Group<'a> {
        let path = self.source.path.as_str();
        let first_line = self.source.text[..self.start].matches('\n').count() + 1;
        if self.text().lines().any(|line| line.len() > LONG) {
            return self.spots.iter().fold(group, |group, spot| {
                let before = self.source.text.get(self.start..spot.place.start).unwrap_or("");
                let line = first_line + before.matches('\n').count();
                let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
                let group = group.element(Origin::path(path).line(line).char_column(column));
                if spot.label.is_empty() { group } else { group.element(Level::NOTE.message(spot.label)) }
            });
        }
        let annotations = self.spots.iter().map(|spot| {
            let label = (!spot.label.is_empty()).then_some(spot.label);
            spot.kind.span(spot.place.start - self.start..spot.place.end - self.start).label(label)
        });
        group.element(Snippet::source(self.text()).line_start(first_line).path(path).annotations(annotations))
    }
}

/// A place that ends inside of a letter, as only a parser could give it, is drawn around the letter.
fn around_letters(text: &str, place: Place) -> Place {
    let start = (0..=place.start.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = (place.end.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    Place { start, end: end.max(start), ..place }
}

/// A place of very many lines is drawn by its first one.
fn within_few_lines(text: &str, place: Place) -> Place {
    let inside = text.get(place.start..place.end).unwrap_or("");
    match inside.find('\n') {
        Some(first) if inside.len() > LONG => Place { end: place.start + first, ..place },
        _ => place,
    }
}

/// From where to where the lines of a place go, without the last line's end.
fn lines_of(text: &str, place: Place) -> (usize, usize) {
    let start = text.get(..place.start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let end = text.get(place.end..).and_then(|after| after.find('\n')).map_or(text.len(), |length| place.end + length);
    (start, end)
}
