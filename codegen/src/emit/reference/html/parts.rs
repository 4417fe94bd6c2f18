//! Small parts of pages: types, values, sources, lines of the spec, and contradictions.

use maud::{Markup, html};

use super::prose::inline;
use super::site::Site;
use super::yaml;
use crate::emit::reference::page::{ContradictionEntry, Page, TypeLabel, ValueEntry};
use crate::model::Position;
use crate::text::enumeration;

/// A type, as a link to where it is described: on this page, if it is that of a resource, or on another.
pub(super) fn type_label(page: Option<&Page>, ty: &TypeLabel) -> Markup {
    let is_here = |slug: &str| page.is_some_and(|page| page.slug == slug);
    html! {
        @match &ty.link {
            None => span.type { (ty.text) },
            Some((slug, anchor)) if is_here(slug) => a.type href=(format!("#{anchor}")) { (ty.text) },
            Some((slug, anchor)) => a.type href=(format!("{slug}.html#{anchor}")) { (ty.text) },
        }
    }
}

/// The allowed values: with their meanings one below the other, and without them in a line.
pub(super) fn values(values: &[ValueEntry]) -> Markup {
    html! {
        @if values.iter().any(|value| value.summary.is_some()) {
            dl.values {
                @for value in values {
                    div {
                        dt { code { (value.wire) } }
                        dd { @if let Some(summary) = &value.summary { (inline(summary)) } }
                    }
                }
            }
        } @else if !values.is_empty() {
            p.values { @for value in values { code { (value.wire) } " " } }
        }
    }
}

/// A link to the line of the spec.
pub(super) fn line(site: &Site<'_>, position: Position) -> Markup {
    html! {
        @if let Some((path, line)) = site.lines.find(position) {
            a.line href=(format!("{}#L{line}", yaml::path(path))) title=(format!("{path}, line {line}")) { "line " (line) }
        }
    }
}

pub(super) fn contradictions(site: &Site<'_>, entries: &[ContradictionEntry]) -> Markup {
    html! { @for entry in entries { (contradiction(site, entry)) } }
}

/// What the sources say, what the project does about it, and what callers must know.
pub(super) fn contradiction(site: &Site<'_>, entry: &ContradictionEntry) -> Markup {
    html! {
        div.differ {
            p.label { "Sources differ " (line(site, entry.position)) }
            dl {
                @for (source, says) in &entry.witnesses {
                    div { dt { (source) } dd { (inline(says)) } }
                }
                @for (names, value) in &entry.examples {
                    div {
                        dt { @if names.len() == 1 { "example " } @else { "examples " } (enumeration(names.iter().map(String::as_str))) }
                        dd { code { (value.to_string()) } }
                    }
                }
                div.decision { dt { "Decision" } dd { (inline(&entry.decision)) } }
                @if let Some(note) = &entry.note {
                    div.note { dt { "Note" } dd { (inline(note)) } }
                }
            }
        }
    }
}

/// The names of sources.
pub(super) fn sources(names: &[String]) -> Markup {
    html! { @for name in names { a.source href=(format!("#page-source.{name}")) { (name) } " " } }
}
