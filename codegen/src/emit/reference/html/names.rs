//! All names: as a page, and as the index of the search.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::json;

use super::layout::layout;
use super::site::Site;

/// The search without its index.
const SCRIPT: &str = include_str!("search.js");

/// Where a name is: the address, and words for the place.
type Places = BTreeMap<String, String>;

/// Every name of the API with the places where it is described.
fn collect(site: &Site<'_>) -> BTreeMap<String, Places> {
    let mut names: BTreeMap<String, Places> = BTreeMap::new();
    let mut add = |name: &str, address: String, place: String| {
        names.entry(name.to_owned()).or_default().entry(address).or_insert(place);
    };
    for page in &site.pages {
        let at = |anchor: &str| format!("{}.html#{anchor}", page.slug);
        add(&page.slug, format!("{}.html", page.slug), "resource".to_owned());
        for it in &page.operations {
            add(&it.id, at(&it.name), format!("operation, {}", it.request_line.replace('`', "")));
            it.arguments.iter().for_each(|row| add(&row.name, at(&row.anchor), format!("argument of {}", it.id)));
        }
        for it in &page.objects {
            add(&it.name, at(&it.anchor), format!("object of {}", page.slug));
            it.rows.iter().for_each(|row| add(&row.name, at(&row.anchor), format!("field of {}", it.name)));
        }
        for it in &page.enums {
            add(&it.name, at(&it.anchor), format!("values of {}", page.slug));
            it.values.iter().for_each(|value| add(&value.wire, at(&it.anchor), format!("value of {}", it.name)));
        }
        page.choices.iter().for_each(|it| add(&it.name, at(&it.anchor), format!("forms of {}", page.slug)));
    }
    names
}

pub(super) fn names(site: &Site<'_>) -> Markup {
    let content = html! {
        h1 { "All names" }
        p.lead { "Resources, operations, arguments, fields, types and values." }
        dl.names {
            @for (name, places) in collect(site) {
                div {
                    dt { code { (name) } }
                    dd { @for (address, place) in places { a href=(address) { (place) } " " } }
                }
            }
        }
    };
    layout(site, "All names", None, &content)
}

/// The script of the search, with its index.
pub(super) fn script(site: &Site<'_>) -> String {
    let entries = collect(site).into_iter().flat_map(|(name, places)| {
        places.into_iter().map(move |(address, place)| json!([name, place, address]).to_string())
    });
    let entries: Vec<_> = entries.collect();
    format!("const NAMES = [\n{}\n];\n{SCRIPT}", entries.join(",\n"))
}
