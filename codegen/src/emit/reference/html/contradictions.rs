//! All contradictions on one page.

use maud::{Markup, html};

use super::layout::layout;
use super::parts::contradiction;
use super::site::Site;
use crate::emit::reference::page::{ContradictionEntry, Page};

/// Where a contradiction is: an anchor and a name.
type Found<'p> = (&'p str, String, &'p ContradictionEntry);

pub(super) fn all(site: &Site<'_>) -> Markup {
    let pages: Vec<_> =
        site.pages.iter().map(|page| (page, found(page))).filter(|(_, found)| !found.is_empty()).collect();
    let count: usize = pages.iter().map(|(_, found)| found.len()).sum();
    let content = html! {
        h1 { "Contradictions" }
        p.lead { "Where the sources of the spec differ, what each of them says, and what this project does about it: " (count) " in " (pages.len()) " files." }
        p.jump { @for (page, found) in &pages { span { a href=(format!("#{}", page.slug)) { (page.title) } " " (found.len()) } " " } }
        @for (page, found) in &pages {
            h2 id=(page.slug) { a href=(format!("{}.html", page.slug)) { (page.title) } }
            @for of_one in found.chunk_by(|one, next| one.0 == next.0) {
                @if let Some((anchor, name, _)) = of_one.first() {
                    h3 { a href=(format!("{}.html#{anchor}", page.slug)) { (name) } }
                }
                @for (_, _, entry) in of_one { (contradiction(site, entry)) }
            }
        }
    };
    layout(site, "Contradictions", None, &content)
}

fn found(page: &Page) -> Vec<Found<'_>> {
    let of_operation = |it| -> Vec<Found<'_>> {
        let it: &crate::emit::reference::page::OperationEntry = it;
        let own = it.contradictions.iter().map(|entry| (it.name.as_str(), it.name.clone(), entry));
        own.chain(it.arguments.iter().flat_map(|row| of_row(row, &it.name))).collect()
    };
    let of_objects = page.objects.iter().flat_map(|it| it.rows.iter().flat_map(|row| of_row(row, &it.name)));
    page.operations.iter().flat_map(of_operation).chain(of_objects).collect()
}

fn of_row<'p>(row: &'p crate::emit::reference::page::Row, table: &str) -> Vec<Found<'p>> {
    let name = format!("{table}: {}{}", row.outer, row.name);
    row.contradictions.iter().map(|entry| (row.anchor.as_str(), name.clone(), entry)).collect()
}
