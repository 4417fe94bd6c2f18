//! What official SDKs have of the operations.

use maud::{Markup, html};

use super::layout::layout;
use super::prose::inline;
use super::site::Site;
use crate::emit::reference::page::SdkEntry;

pub(super) fn coverage(site: &Site<'_>, report: Option<&str>) -> Markup {
    let operations = || site.pages.iter().flat_map(|page| page.operations.iter().map(move |it| (page, it)));
    let names: Vec<_> =
        operations().next().map(|(_, it)| it.sdks.iter().map(|(name, _)| name).collect()).unwrap_or_default();
    let content = html! {
        h1 { "Coverage of SDKs" }
        p.lead { "Which method of an official SDK performs an operation, and what it sends differently." }
        @if let Some(report) = report {
            h2 #report { "What the spec has of each SDK" }
            p { "The output of " code { "cargo xtask coverage" } ". " code { "cargo xtask coverage --missing" } " lists the differences." }
            pre tabindex="0" { code { (report.trim_end()) } }
        }
        h2 #methods { "Methods" }
        div.scroll {
            table.contents {
                thead { tr { th scope="col" { "Operation" } @for name in &names { th scope="col" { (inline(name)) } } } }
                tbody {
                    @for (page, it) in operations() {
                        tr {
                            th scope="row" { a href=(format!("{}.html#{}", page.slug, it.name)) { (it.id) } }
                            @for (name, entry) in &it.sdks { td data-of=(name.replace('`', "")) { (method(entry)) } }
                        }
                    }
                }
            }
        }
    };
    layout(site, "Coverage of SDKs", None, &content)
}

fn method(entry: &SdkEntry) -> Markup {
    html! {
        @match entry {
            SdkEntry::Calls(method, differences) => {
                code { (method) } @if !differences.is_empty() { "." }
                @for it in differences { " " (inline(it)) }
            }
            SdkEntry::Lacks(why) => { (inline(why)) }
            SdkEntry::Unknown => "Not described.",
        }
    }
}
