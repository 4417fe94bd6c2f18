//! The frame of every page: head, search, navigation and content.

use maud::{DOCTYPE, Markup, html};

use super::site::Site;
use crate::emit::reference::build::title;
use crate::emit::reference::page::Page;

/// A page with this title. `current` is the page of a resource, which the navigation shows in full.
pub(super) fn layout(site: &Site<'_>, title: &str, current: Option<&Page>, content: &Markup) -> Markup {
    let name = &site.model.name;
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · " (name) " API reference" }
                link rel="stylesheet" href="style.css";
                script src="search.js" defer {}
            }
            body {
                a.skip href="#page-content" { "Skip to the content" }
                header.top {
                    a.home href="index.html" { (name) " API reference" }
                    div #page-search role="search" hidden {
                        label for="page-query" { "Search" }
                        input #page-query type="search" autocomplete="off" placeholder="Search names" title="The key / leads here" aria-keyshortcuts="/" aria-controls="page-found";
                        div.panel {
                            p #page-status role="status" {}
                            ul #page-found {}
                        }
                    }
                    a.menu href="#page-navigation" { "Menu" }
                }
                div.frame {
                    main #page-content { (content) }
                    (navigation(site, current))
                }
            }
        }
    }
}

fn navigation(site: &Site<'_>, current: Option<&Page>) -> Markup {
    let groups = site.model.groups.iter().enumerate();
    let of = |group: Option<usize>| site.pages.iter().filter(move |page| page.group == group).collect::<Vec<_>>();
    html! {
        nav #page-navigation aria-label="Pages" {
            ul {
                li { a href="index.html" { "Overview" } }
                li { a href="all-contradictions.html" { "Contradictions" } }
                li { a href="sdk-coverage.html" { "Coverage of SDKs" } }
                li { a href="what-changed.html" { "What changed" } }
                li { a href="all-names.html" { "All names" } }
            }
            @for (index, group) in groups {
                (section(&group.name, &of(Some(index)), current))
            }
            (section("other", &of(None), current))
        }
    }
}

fn section(name: &str, pages: &[&Page], current: Option<&Page>) -> Markup {
    let is_current = |page: &Page| current.is_some_and(|current| current.slug == page.slug);
    html! {
        @if !pages.is_empty() {
            h2 { (title(name)) }
            ul {
                @for page in pages {
                    li {
                        @if is_current(page) {
                            a href=(format!("{}.html", page.slug)) aria-current="page" { (page.title) }
                            ul { @for it in &page.operations { li { a href=(format!("{}.html#{}", page.slug, it.name)) { (it.name) } } } }
                        } @else {
                            a href=(format!("{}.html", page.slug)) { (page.title) }
                        }
                    }
                }
            }
        }
    }
}
