//! An operation on the page of its resource.

use maud::{Markup, html};

use super::argument_table::table;
use super::parts::{contradictions, line, sources, type_label};
use super::prose::{inline, list, path_of, prose};
use super::review;
use super::site::Site;
use crate::emit::reference::page::{ExampleEntry, OperationEntry, Page, Sample, SdkEntry};

pub(super) fn operation(site: &Site<'_>, page: &Page, it: &OperationEntry) -> Markup {
    html! {
        section.operation id=(it.name) {
            h2 { a href=(format!("#{}", it.name)) { (it.name) } }
            p.request { span class=(format!("method {}", it.method.to_lowercase())) { (it.method) } " " code { (path_of(&it.url)) } }
            (prose(&it.summary))
            @for warning in &it.warnings { p.warning { (inline(warning)) } }
            (list(it.limits.iter().map(String::as_str)))
            (samples(it))
            (table(site, page, "Argument", &it.arguments))
            dl.about {
                @if it.has_fixed {
                    div { dt { "Request" } dd { (inline(&it.request_line)) } }
                }
                @if !it.sending.is_empty() { div { dt { "Body" } dd { (inline(&it.sending.join(" "))) } } }
                div {
                    dt { "Answer" }
                    dd {
                        @if let Some(ty) = &it.answer.ty { (type_label(Some(page), ty)) ". " }
                        (inline(&it.answer.statuses)) " " (inline(&it.answer.shape.join(" ")))
                    }
                }
                div { dt { "Errors" } dd { a href="index.html#errors" { "How a failure is reported" } "." } }
                div { dt { "Retry" } dd { (it.retry) } }
                @for (name, entry) in &it.sdks { (sdk(name, entry)) }
                div { dt { "Source" } dd { (sources(&it.sources)) (line(site, it.position)) } }
                div { dt { "Review" } dd { a href=(review::path(page, it)) { "Tick off every argument and value" } } }
            }
            (contradictions(site, &it.contradictions))
            (examples(site, it))
        }
    }
}

fn sdk(name: &str, entry: &SdkEntry) -> Markup {
    html! {
        @match entry {
            SdkEntry::Calls(method, differences) => div {
                dt { (inline(name)) }
                dd { code { (method) } @if !differences.is_empty() { "." } @for it in differences { " " (inline(it)) } }
            },
            SdkEntry::Lacks(why) => div { dt { (inline(name)) } dd { (inline(why)) } },
            SdkEntry::Unknown => {}
        }
    }
}

/// The samples: one of three can be chosen, without a script. Printed, they follow each other.
fn samples(it: &OperationEntry) -> Markup {
    let Sample { curl, rust, body, answer, example } = &it.sample;
    let rust = rust.join("\n");
    let tabs = [("curl", Some(curl)), ("Rust", Some(&rust)), ("JSON", body.as_ref())];
    let tabs: Vec<_> = tabs.into_iter().filter_map(|(name, code)| Some((name, code?))).collect();
    html! {
        div.samples {
            div.tabs role="group" aria-label=(format!("Request of {}", it.id)) {
                @for (index, (name, _)) in tabs.iter().enumerate() {
                    @let id = format!("{}.tab.{name}", it.name);
                    input type="radio" name=(format!("{}.tab", it.name)) id=(id) checked[index == 0];
                    label for=(id) { (name) }
                }
                @for (name, code) in &tabs {
                    figure { figcaption { "Request as " (name) } pre tabindex="0" { code { (code) } } }
                }
            }
            @if let Some(answer) = answer {
                figure.answer { figcaption { "Answer" } pre tabindex="0" { code { (answer) } } }
            }
            @if let Some(example) = example { p.origin { "The documented example " code { (example) } "." } }
        }
    }
}

fn examples(site: &Site<'_>, it: &OperationEntry) -> Markup {
    html! {
        @if !it.examples.is_empty() {
            details {
                summary { (it.examples.len()) @if it.examples.len() == 1 { " documented example" } @else { " documented examples" } }
                @for example in &it.examples { (example_block(site, example)) }
            }
        }
    }
}

fn example_block(site: &Site<'_>, it: &ExampleEntry) -> Markup {
    html! {
        div.example id=(it.anchor) {
            h3 { (it.name) }
            p { (sources(&it.sources)) (line(site, it.position)) }
            (list(it.remarks.iter().map(String::as_str)))
            figure { figcaption { "Request" } pre tabindex="0" { code { (it.request) } } }
            @if let Some(answer) = &it.answer {
                figure {
                    figcaption { "Answer" @if let Some(status) = it.status { ", status " (status) } }
                    pre tabindex="0" { code { (answer) } }
                }
            }
        }
    }
}
