//! What changed in the spec.

use maud::{Markup, html};

use super::layout::layout;
use super::site::{Change, Site};
use super::yaml;

pub(super) fn changes(site: &Site<'_>, changes: &[Change]) -> Markup {
    let days: Vec<_> = changes.chunk_by(|one, next| one.date == next.date).collect();
    let is_there = |path: &str| site.files.iter().any(|file| file.path == path);
    let content = html! {
        h1 { "What changed" }
        @if changes.is_empty() {
            p.lead { "The history of the spec is not known here. In a clone of the repository, " code { "cargo xtask docs" } " shows it." }
        } @else {
            p.lead { "The changes of the files of the spec, from the history of the repository, the newest first." }
        }
        @for day in days {
            @if let Some(first) = day.first() { h2 { (first.date) } }
            @for change in day {
                p.change {
                    (change.summary) " "
                    @for path in &change.files {
                        @if is_there(path) { a.line href=(yaml::path(path)) { (short(path)) } " " } @else { span.line { (short(path)) } " " }
                    }
                }
            }
        }
    };
    layout(site, "What changed", None, &content)
}

/// The path inside of the spec.
fn short(path: &str) -> &str {
    path.split_once('/').map_or(path, |(_, inside)| inside)
}
