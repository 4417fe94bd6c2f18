//! Findings: where the spec differs from a source.

use std::fmt;

/// A kind of source, as exceptions call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A page of the documentation.
    Page,
    /// The validation tags and the structs of the Go SDK.
    Go,
    /// What the SDKs send and refuse.
    Sdks,
    /// The answers recorded in their tests.
    Answers,
    /// The requests of their tests.
    Requests,
    /// Decisions of this project.
    Policy,
}

impl Source {
    const ALL: [Self; 6] = [Self::Page, Self::Go, Self::Sdks, Self::Answers, Self::Requests, Self::Policy];

    /// Its name in exceptions.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Go => "go",
            Self::Sdks => "sdks",
            Self::Answers => "answers",
            Self::Requests => "requests",
            Self::Policy => "policy",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.name() == name)
    }
}

/// A claim of a source that the spec does not follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The folder of the evidence.
    pub folder: String,
    /// The source.
    pub source: Source,
    /// An operation, or the argument that contains the field; can be empty.
    pub of: String,
    /// The field, the key or the pointer; empty for an operation as a whole.
    pub name: String,
    /// The claim.
    pub claim: String,
    /// What the spec says instead.
    pub detail: String,
    /// The line of the evidence, if there is one.
    pub place: String,
    /// The operation of the spec, such as `call.create`, if there is one.
    pub id: String,
    /// The sources of what the spec says instead, if it names them.
    pub stated: Option<Stated>,
}

/// The sources that the spec names for a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Each in words.
    pub by: Vec<String>,
}

/// Claims that end with what the spec states, which no source does: only an exception says which value is meant.
const WITH_VALUE: [&str; 11] = [
    "min",
    "max",
    "min_length",
    "max_length",
    "min_items",
    "max_items",
    "max_bytes",
    "content_types",
    "default",
    "format",
    "does",
];

impl Finding {
    /// The kind of its claim: `max` for `max 100`. If the spec has another value, it is of the same kind: no source
    /// shows which of the two is right.
    pub fn kind(&self) -> &str {
        match self.claim.split_once(' ') {
            Some((kind, _)) if WITH_VALUE.contains(&kind) => kind,
            _ => &self.claim,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { source, of, name, claim, detail, place, id, stated, .. } = self;
        let place = if place.is_empty() { String::new() } else { format!("{place}: ") };
        let id = if id.is_empty() { String::new() } else { format!(" ({id})") };
        let stated = stated.as_ref().map(|stated| format!(" [{}]", stated.by.join(", "))).unwrap_or_default();
        write!(f, "{place}{detail}{stated}{id}: {},{of},{name},{claim},", source.name())
    }
}

/// Collects the findings about one folder.
#[derive(Debug)]
pub(crate) struct Findings {
    pub(crate) found: Vec<Finding>,
    folder: String,
    source: Source,
    id: String,
}

impl Findings {
    pub(crate) fn new(folder: &str, source: Source) -> Self {
        Self { found: Vec::new(), folder: folder.to_owned(), source, id: String::new() }
    }

    /// Names the operation of the spec that the following findings are about.
    pub(crate) fn about(&mut self, id: &str) {
        id.clone_into(&mut self.id);
    }

    /// Adds a finding unless the claim holds.
    pub(crate) fn expect(
        &mut self,
        holds: bool,
        at: (&str, &str, &str),
        claim: impl Into<String>,
        detail: impl FnOnce() -> String,
    ) {
        if !holds {
            self.add(at, claim.into(), detail(), None);
        }
    }

    /// Adds a finding unless the claim holds. The spec names the sources of what it says instead.
    pub(crate) fn expect_stated(
        &mut self,
        holds: bool,
        at: (&str, &str, &str),
        claim: impl Into<String>,
        detail: impl FnOnce() -> (String, Stated),
    ) {
        if !holds {
            let (detail, stated) = detail();
            self.add(at, claim.into(), detail, Some(stated));
        }
    }

    fn add(&mut self, (place, of, name): (&str, &str, &str), claim: String, detail: String, stated: Option<Stated>) {
        let (place, of, name) = (place.to_owned(), of.to_owned(), name.to_owned());
        let (folder, id) = (self.folder.clone(), self.id.clone());
        self.found.push(Finding { folder, source: self.source, of, name, claim, detail, place, id, stated });
    }
}
