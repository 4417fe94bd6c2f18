//! The table of arguments of an operation, or of the fields of an object.

use maud::{Markup, html};

use super::parts::{contradictions, line, sources, type_label, values};
use super::prose::{inline, list, prose};
use super::site::Site;
use crate::emit::reference::page::{Page, Row};

pub(super) fn table(site: &Site<'_>, page: &Page, heading: &str, rows: &[Row]) -> Markup {
    html! {
        @if !rows.is_empty() {
            div.scroll {
                table.fields {
                    thead { tr { th scope="col" { (heading) } th scope="col" { "Description" } th scope="col" { "Source" } } }
                    tbody { @for it in rows { (row(site, page, it)) } }
                }
            }
        }
    }
}

fn row(site: &Site<'_>, page: &Page, it: &Row) -> Markup {
    let is_needed = matches!(it.need.word, "required" | "always present");
    html! {
        tr id=(it.anchor) {
            th scope="row" data-depth=[(it.depth > 0).then(|| it.depth.min(4))] {
                a.name href=(format!("#{}", it.anchor)) { @if !it.outer.is_empty() { span.outer { (it.outer) } wbr; } (it.name) }
                span.kind { (type_label(Some(page), &it.ty)) @if let Some(location) = it.location { " in " (location) } }
                span.need.is-needed[is_needed] { (it.need.word) }
            }
            td {
                (prose(&it.summary))
                (values(&it.values))
                (list(it.need.sentence.iter().chain(&it.facts).map(String::as_str)))
                (contradictions(site, &it.contradictions))
                @if let Some((anchor, place)) = &it.contradictions_at {
                    p.again { a href=(format!("#{anchor}")) { "Sources differ: see " (inline(place)) "." } }
                }
            }
            td.by { (sources(&it.sources)) (line(site, it.position)) }
        }
    }
}
