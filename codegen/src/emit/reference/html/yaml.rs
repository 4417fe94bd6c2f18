//! A file of the spec with the numbers of its lines, to which the other pages link.

use maud::{Markup, html};

use super::layout::layout;
use super::prose::path_of;
use super::site::Site;
use crate::spec_file::SpecFile;

/// The path of the page, such as `spec.resources.thing.yaml.html`.
pub(super) fn path(file: &str) -> String {
    format!("{}.html", file.replace('/', "."))
}

pub(super) fn yaml(site: &Site<'_>, file: &SpecFile) -> Markup {
    let content = html! {
        h1 { (path_of(&file.path)) }
        pre.yaml tabindex="0" {
            @for (index, line) in file.text.lines().enumerate() {
                span id=(format!("L{}", index + 1)) { a href=(format!("#L{}", index + 1)) { (index + 1) } (line) "\n" }
            }
        }
    };
    layout(site, &file.path, None, &content)
}
