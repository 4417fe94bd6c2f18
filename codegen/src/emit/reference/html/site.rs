//! What the pages of a site show or link to.

use super::lines::Lines;
use crate::emit::reference::page::Page;
use crate::model::Model;
use crate::spec_file::SpecFile;

/// What a site shows that is not in the spec.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteInputs {
    /// A report on what the spec has of each official SDK, as plain text.
    pub coverage: Option<String>,
    /// The changes of the spec, the newest first.
    pub changes: Vec<Change>,
}

/// A change of the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The day, such as `2026-01-31`.
    pub date: String,
    /// What was changed, in a sentence.
    pub summary: String,
    /// The changed files of the spec, from the root of the project.
    pub files: Vec<String>,
}

/// Everything that a page of the site can show or link to.
pub(super) struct Site<'m> {
    pub(super) model: &'m Model,
    pub(super) pages: Vec<Page>,
    pub(super) lines: Lines<'m>,
    pub(super) files: &'m [SpecFile],
}
