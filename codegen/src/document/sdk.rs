//! A file of `sdks/`.

use super::fact::{Map, Spanned};
use crate::model::{Registry, SdkRule};
use crate::yaml::Node;

/// A file of `sdks/`: an official client.
pub(crate) struct SdkDoc {
    pub(crate) file: usize,
    pub(crate) sdk: Spanned<String>,
    pub(crate) summary: String,
    pub(crate) registry: Registry,
    pub(crate) package: Spanned<String>,
    pub(crate) version: Spanned<String>,
    pub(crate) rules: Vec<(SdkRule, String)>,
    /// By the id of the operation, as in `profile.create`.
    pub(crate) methods: Map<SdkMethodDoc>,
    /// Why an operation has no method, by its id.
    pub(crate) lacks: Map<String>,
}

/// The method that performs an operation.
pub(crate) struct SdkMethodDoc {
    pub(crate) calls: Spanned<String>,
    pub(crate) takes: Vec<Spanned<String>>,
    /// By the field, or the part of a field.
    pub(crate) keys: Map<String>,
    /// Why it fails, by a part of the error.
    pub(crate) fails: Map<String>,
    /// By the part of the request that differs.
    pub(crate) differs: Map<DiffersDoc>,
}

/// What an SDK sends differently in one part of the request.
pub(crate) struct DiffersDoc {
    pub(crate) sdk: Spanned<DiffersWord>,
    pub(crate) sends: Option<Spanned<Node>>,
    pub(crate) when: Option<Spanned<Node>>,
    pub(crate) why: String,
}

/// The words for kinds of differences.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum DiffersWord {
    LeftOut,
    AsText,
    Added,
    Otherwise,
    Renamed,
}
