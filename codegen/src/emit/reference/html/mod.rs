//! Pages as HTML: a site of files that link to each other, without scripts or styles from elsewhere.

mod argument_table;
mod changes;
mod contradictions;
mod coverage;
mod index;
mod layout;
mod lines;
mod names;
mod operation;
mod parts;
mod prose;
mod resource;
mod review;
mod site;
mod yaml;

use maud::Markup;

use super::build::pages;
use crate::emit::output::Output;
use crate::model::Model;
use crate::spec_file::SpecFile;
use lines::Lines;
use site::Site;
pub use site::{Change, SiteInputs};

/// The files of the site, with their paths inside of it.
pub(crate) fn site(model: &Model, files: &[SpecFile], inputs: &SiteInputs) -> Vec<Output> {
    let site = Site { model, pages: pages(model, true), lines: Lines::new(files), files };
    let mut outputs = vec![
        page("index.html", index::index(&site)),
        page("all-contradictions.html", contradictions::all(&site)),
        page("sdk-coverage.html", coverage::coverage(&site, inputs.coverage.as_deref())),
        page("what-changed.html", changes::changes(&site, &inputs.changes)),
        page("all-names.html", names::names(&site)),
        text("style.css", include_str!("style.css").to_owned()),
        text("search.js", names::script(&site)),
        text("review.js", include_str!("review.js").to_owned()),
    ];
    for it in &site.pages {
        outputs.push(page(&format!("{}.html", it.slug), resource::resource(&site, it)));
        let reviews = it.operations.iter();
        outputs.extend(reviews.map(|op| page(&review::path(it, op), review::review(&site, it, op))));
    }
    outputs.extend(files.iter().map(|file| page(&yaml::path(&file.path), yaml::yaml(&site, file))));
    outputs
}

fn page(path: &str, markup: Markup) -> Output {
    text(path, markup.into_string() + "\n")
}

fn text(path: &str, text: String) -> Output {
    Output { path: path.to_owned(), text }
}
