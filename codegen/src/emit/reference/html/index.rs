//! The first page: the API, its resources by group, and its operations by task.

use maud::{Markup, html};

use super::layout::layout;
use super::prose::{inline, prose};
use super::site::Site;
use crate::emit::reference::build::title;
use crate::emit::reference::page::{OperationEntry, Page, Task};
use crate::text::listing;

pub(super) fn index(site: &Site<'_>) -> Markup {
    let model = site.model;
    let count: usize = site.pages.iter().map(|page| page.operations.len()).sum();
    let content = html! {
        h1 { (model.name) " API" }
        div.lead { (prose(&model.summary)) }
        p.meta { (count) " operations in " (model.resources.len()) " resources, made from the YAML in " code { "spec/" } }
        h2 #groups { "By group" }
        @for (index, group) in model.groups.iter().enumerate() {
            (section(site, &group.name, &group.summary, Some(index)))
        }
        (section(site, "other", "Resources in no group.", None))
        h2 #tasks { "By task" }
        @for (task, name) in Task::ALL { (tasks(site, task, name)) }
        (errors(site))
        (servers(site))
    };
    layout(site, "Overview", None, &content)
}

fn section(site: &Site<'_>, name: &str, summary: &str, group: Option<usize>) -> Markup {
    let pages: Vec<&Page> = site.pages.iter().filter(|page| page.group == group).collect();
    html! {
        @if !pages.is_empty() {
            h3 id=(format!("group.{name}")) { (title(name)) }
            (prose(summary))
            div.cards {
                @for page in pages {
                    div.card {
                        h4 { a href=(format!("{}.html", page.slug)) { (page.title) } }
                        (prose(&page.summary))
                        p.operations {
                            @for it in &page.operations {
                                a href=(format!("{}.html#{}", page.slug, it.name)) { (it.name) } " "
                            }
                        }
                    }
                }
            }
        }
    }
}

fn tasks(site: &Site<'_>, task: Task, name: &str) -> Markup {
    let all = site.pages.iter().flat_map(|page| page.operations.iter().map(move |it| (page, it)));
    let found: Vec<(&Page, &OperationEntry)> = all.filter(|(_, it)| it.task == task).collect();
    html! {
        @if !found.is_empty() {
            details {
                summary { (name) ": " (found.len()) }
                ul.tasks {
                    @for (page, it) in found {
                        li { a href=(format!("{}.html#{}", page.slug, it.name)) { (it.id) } " " (inline(&it.summary)) }
                    }
                }
            }
        }
    }
}

fn errors(site: &Site<'_>) -> Markup {
    let errors = &site.model.errors;
    html! {
        h2 #errors { "Errors" }
        (prose(&errors.summary))
        p { (inline(&format!("A response is a failure if its status is not one of success, or if `{}` in its body is not empty. The message is under {}.", errors.refusal, listing(errors.messages.iter().map(String::as_str))))) }
        h2 #pages { "Pages of lists" }
        (prose(&site.model.pages.summary))
        @if let Some(deferral) = &site.model.deferral {
            h2 #deferral { "Deferred results" }
            (prose(&deferral.summary))
        }
    }
}

fn servers(site: &Site<'_>) -> Markup {
    let auth = &site.model.auth;
    html! {
        h2 #authentication { "Authentication" }
        (prose(&auth.summary))
        p { "The client reads them from " code { (auth.id_variable) } " and " code { (auth.token_variable) } "." }
        h2 #servers { "Servers" }
        table.contents {
            thead { tr { th scope="col" { "Server" } th scope="col" { "What it serves" } } }
            tbody { @for host in &site.model.hosts { tr { th scope="row" { code { (host.url) } } td { (inline(&host.summary)) } } } }
        }
    }
}
