//! The sources that the spec names for its facts, as far as the evidence records them.

use plivo_codegen::Model;
use plivo_codegen::model::{NonEmpty, Object, Owner, SourceId};

use crate::finding::Stated;

/// The names of the SDKs in the spec, and in the evidence.
const SDKS: [(&str, &str); 8] = [
    ("python", "py"),
    ("golang", "go"),
    ("go", "go"),
    ("node", "nd"),
    ("java", "jv"),
    ("ruby", "rb"),
    ("php", "ph"),
    ("dotnet", "cs"),
];

/// Who states a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Who<'e> {
    /// These SDKs, and no others.
    Only(Vec<&'e str>),
    /// The SDKs, or the answers recorded in their tests.
    Sdks,
    /// A page, or another source that the evidence does not record.
    Other,
}

/// Who states a fact of an object.
pub(crate) fn who(model: &Model, object: &Object, sources: &NonEmpty<SourceId>) -> Who<'static> {
    of_owner(model, object.owner, sources)
}

/// Who states a fact of a module.
pub(crate) fn of_owner(model: &Model, owner: Owner, sources: &NonEmpty<SourceId>) -> Who<'static> {
    let declared = model.module(owner).map(|module| module.sources.as_slice()).unwrap_or_default();
    let names = sources.iter().filter_map(|source| declared.get(source.0)).map(|source| source.name.as_str());
    let mut only = Vec::new();
    let mut has_all = false;
    for name in names {
        match SDKS.iter().find(|(of_spec, _)| *of_spec == name) {
            Some((_, code)) => only.push(*code),
            None if ["sdks", "answers"].contains(&name) => has_all = true,
            None => return Who::Other,
        }
    }
    if has_all { Who::Sdks } else { Who::Only(only) }
}

impl Who<'_> {
    /// Whether it can be these SDKs. Nothing is known about other sources.
    pub(crate) fn can_be(&self, sdks: &[String]) -> bool {
        match self {
            Self::Only(named) => {
                named.len() == sdks.len() && named.iter().all(|name| sdks.iter().any(|sdk| sdk == name))
            }
            Self::Sdks => !sdks.is_empty(),
            Self::Other => true,
        }
    }
}

/// The sources of a fact, as the spec names them.
pub(crate) fn stated(model: &Model, owner: Owner, sources: &NonEmpty<SourceId>) -> Stated {
    let declared = model.module(owner).map(|module| module.sources.as_slice()).unwrap_or_default();
    let named = sources.iter().filter_map(|source| declared.get(source.0));
    Stated { by: named.map(|source| source.says.clone()).collect() }
}
