//! The sources that the spec names for its facts, as far as the evidence records them.

use plivo_codegen::Model;
use plivo_codegen::model::{Object, Owner, SourceId};

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
pub(crate) fn who(model: &Model, object: &Object, source: SourceId) -> Who<'static> {
    of_owner(model, object.owner, source)
}

/// Who states a fact of a module.
pub(crate) fn of_owner(model: &Model, owner: Owner, source: SourceId) -> Who<'static> {
    let sources = model.module(owner).map(|module| module.sources.as_slice()).unwrap_or_default();
    let name = sources.get(source.0).map(|source| source.name.as_str()).unwrap_or_default();
    if ["sdks", "answers"].contains(&name) {
        return Who::Sdks;
    }
    let code = |word: &str| SDKS.iter().find(|(name, _)| *name == word).map(|(_, code)| *code);
    name.split('_').map(code).collect::<Option<Vec<_>>>().map_or(Who::Other, Who::Only)
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
