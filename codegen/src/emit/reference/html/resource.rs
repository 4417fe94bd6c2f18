//! The page of a resource.

use maud::{Markup, html};

use super::argument_table::table;
use super::layout::layout;
use super::operation::operation;
use super::parts::{line, values};
use super::prose::{inline, list, prose};
use super::site::Site;
use super::yaml;
use crate::emit::reference::page::{ChoiceEntry, EnumEntry, ObjectEntry, Page};

pub(super) fn resource(site: &Site<'_>, page: &Page) -> Markup {
    let content = html! {
        h1 { (page.title) }
        div.lead { (prose(&page.summary)) }
        p.meta {
            a href=(yaml::path(&page.file)) { (page.file) }
            @if let Some(rust) = &page.rust { " · " code { (rust) } }
        }
        (list(page.facts.iter().map(String::as_str)))
        (contents(page))
        (states(page))
        @for it in &page.operations { (operation(site, page, it)) }
        (objects(site, page, false, "Objects in requests"))
        (objects(site, page, true, "Answers"))
        @if !page.enums.is_empty() || !page.choices.is_empty() {
            h2 #page-values { "Values" }
            @for it in &page.enums { (enumeration(site, it)) }
            @for it in &page.choices { (choice(site, it)) }
        }
        (sources(page))
    };
    layout(site, &page.title, Some(page), &content)
}

fn contents(page: &Page) -> Markup {
    html! {
        @if !page.operations.is_empty() {
            table.contents {
                thead { tr { th scope="col" { "Operation" } th scope="col" { "Request" } th scope="col" { "What it does" } } }
                tbody {
                    @for it in &page.operations {
                        tr {
                            th scope="row" { a href=(format!("#{}", it.name)) { (it.name) } }
                            td { (inline(&it.request_line)) }
                            td { (inline(&it.summary)) }
                        }
                    }
                }
            }
        }
    }
}

fn states(page: &Page) -> Markup {
    html! {
        @if !page.states.is_empty() {
            h2 #page-states { "States" }
            table.contents {
                thead { tr { th scope="col" { "State" } th scope="col" { "What follows" } th scope="col" { "Sets" } } }
                tbody {
                    @for it in &page.states {
                        tr {
                            th scope="row" { code { (it.name) } }
                            td data-of="What follows" { (inline(&it.stay)) }
                            td data-of=[(!it.sets.is_empty()).then_some("Sets")] { (inline(&it.sets.join(", "))) }
                        }
                    }
                }
            }
        }
    }
}

fn objects(site: &Site<'_>, page: &Page, is_answer: bool, heading: &str) -> Markup {
    let objects: Vec<&ObjectEntry> = page.objects.iter().filter(|it| it.is_answer == is_answer).collect();
    html! {
        @if !objects.is_empty() {
            h2 id=(if is_answer { "page-answers" } else { "page-objects" }) { (heading) }
            @for it in objects {
                section.type id=(it.anchor) {
                    h3 { a href=(format!("#{}", it.anchor)) { (it.name) } " " (line(site, it.position)) }
                    (prose(&it.summary))
                    (table(site, page, "Field", &it.rows))
                }
            }
        }
    }
}

fn enumeration(site: &Site<'_>, it: &EnumEntry) -> Markup {
    html! {
        section.type id=(it.anchor) {
            h3 { a href=(format!("#{}", it.anchor)) { (it.name) } " " (line(site, it.position)) }
            (prose(&it.summary))
            (values(&it.values))
        }
    }
}

fn choice(site: &Site<'_>, it: &ChoiceEntry) -> Markup {
    html! {
        section.type id=(it.anchor) {
            h3 { a href=(format!("#{}", it.anchor)) { (it.name) } " " (line(site, it.position)) }
            (prose(&it.summary))
            ul { @for form in &it.forms { li { code { (form) } } } }
        }
    }
}

fn sources(page: &Page) -> Markup {
    html! {
        h2 #page-sources { "Sources" }
        table.contents {
            thead { tr { th scope="col" { "Source" } th scope="col" { "What it is" } th scope="col" { "A violation is" } } }
            tbody {
                @for it in &page.sources {
                    tr id=(format!("page-source.{}", it.name)) {
                        th scope="row" { (it.name) }
                        td {
                            (inline(&it.says))
                            @if let Some(url) = &it.url { ", " a href=(url) rel="noreferrer" { (url) } }
                        }
                        td data-of="A violation is" { (it.violation) }
                    }
                }
            }
        }
    }
}
