//! A page to compare an operation with its documentation, fact by fact, in the order of that page.

use maud::{Markup, html};

use super::layout::layout;
use super::parts::{line, type_label};
use super::prose::inline;
use super::site::Site;
use crate::emit::reference::page::{ObjectEntry, OperationEntry, Page, Row, SourceEntry};
use crate::emit::transfer::API_ID;

/// The path of the page, such as `thing.create.review.html`.
pub(super) fn path(page: &Page, it: &OperationEntry) -> String {
    format!("{}.{}.review.html", page.slug, it.name)
}

pub(super) fn review(site: &Site<'_>, page: &Page, it: &OperationEntry) -> Markup {
    let source = it.sources.first().and_then(|name| page.sources.iter().find(|source| source.name == *name));
    let (on_page, others) = split(it, source);
    let content = html! {
        h1 { (it.id) ": review" }
        p.lead { (inline(&it.summary)) }
        p { a href=(format!("{}.html#{}", page.slug, it.name)) { "The operation" } ". " (origin(source)) }
        p #page-progress hidden {}
        form.review {
            h2 { "Request" }
            (tick("request", &html! { (inline(&it.request_line)) }))
            h2 { "Arguments" @if let Some(source) = source { " that " code { (source.name) } " states" } }
            (arguments(site, &on_page))
            @if !others.is_empty() {
                h2 { "Other arguments" }
                (arguments(site, &others))
            }
            h2 { "Notes" }
            @for (index, limit) in it.limits.iter().chain(&it.warnings).enumerate() {
                (tick(&format!("note.{index}"), &inline(limit)))
            }
            @for (index, entry) in it.contradictions.iter().enumerate() {
                (tick(&format!("differ.{index}"), &html! { (inline(&entry.sentence())) " " (line(site, entry.position)) }))
            }
            h2 { "Returns" }
            (tick("status", &inline(&it.answer.statuses)))
            (tick("shape", &inline(&it.answer.shape.join(" "))))
            (tick("answer", &html! { code { (API_ID) } " identifies the request. Every answer has it." }))
            @if let Some(object) = answer(site, it) {
                @for row in &object.rows {
                    (tick(&format!("answer.{}", row.name), &html! { code { (row.name) } " " (row.ty.text) ", " (row.need.word) ". " (inline(&row.summary)) }))
                }
            }
        }
        script src="review.js" {}
    };
    layout(site, &format!("{}: review", it.id), Some(page), &content)
}

/// The arguments that the page about the operation states, and the others. The fields of an object go with it.
fn split<'r>(it: &'r OperationEntry, source: Option<&SourceEntry>) -> (Vec<&'r Row>, Vec<&'r Row>) {
    let (mut on_page, mut others) = (Vec::new(), Vec::new());
    let mut is_on_page = true;
    for row in &it.arguments {
        if row.depth == 0 {
            is_on_page = source.is_none_or(|source| row.sources.contains(&source.name));
        }
        if is_on_page { on_page.push(row) } else { others.push(row) }
    }
    (on_page, others)
}

fn origin(source: Option<&SourceEntry>) -> Markup {
    html! {
        @if let Some(source) = source {
            "According to " (source.says)
            @if let Some(url) = &source.url { ": " a href=(url) rel="noreferrer" target="_blank" { (url) } }
            "."
        }
    }
}

/// The object of the answer, which may be on another page.
fn answer<'s>(site: &'s Site<'_>, it: &OperationEntry) -> Option<&'s ObjectEntry> {
    let (slug, anchor) = it.answer.ty.as_ref()?.link.as_ref()?;
    let page = site.pages.iter().find(|page| page.slug == *slug)?;
    page.objects.iter().find(|object| object.anchor == *anchor)
}

fn arguments(site: &Site<'_>, rows: &[&Row]) -> Markup {
    html! {
        @for row in rows {
            div.argument data-depth=[(row.depth > 0).then(|| row.depth.min(4))] {
                (tick(&row.anchor, &html! {
                    code { (row.outer) (row.name) } " " (type_label(None, &row.ty)) ", " (row.need.word) ". " (inline(&row.summary)) " " (line(site, row.position))
                }))
                @for value in &row.values {
                    (tick(&format!("{}={}", row.anchor, value.wire), &html! { code { (value.wire) } @if let Some(summary) = &value.summary { " " (inline(summary)) } }))
                }
                @for (index, fact) in row.facts.iter().enumerate() {
                    (tick(&format!("{}:{index}", row.anchor), &inline(fact)))
                }
                @for (index, entry) in row.contradictions.iter().enumerate() {
                    (tick(&format!("{}!{index}", row.anchor), &html! { (inline(&entry.sentence())) " " (line(site, entry.position)) }))
                }
            }
        }
    }
}

fn tick(id: &str, text: &Markup) -> Markup {
    html! { label.tick { input type="checkbox" name=(id); span { (text) } } }
}
