//! The reference: pages about the API for people.
//!
//! `page` is what a page says, as data. `build` and its neighbours make it of the model, and `markdown` and `html`
//! render it.

mod build;
mod curl;
mod html;
mod markdown;
mod operations;
mod page;
mod prose;
mod rows;
mod sample;
mod sample_json;
mod subject;

pub(crate) use self::html::site;
pub use self::html::{Change, SiteInputs};
pub(super) use self::markdown::{DIRECTORY, emit};
