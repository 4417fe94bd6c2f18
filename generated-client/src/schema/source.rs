//! Who states a fact, and how a violation of it counts.

/// Somebody who states facts: a documentation page, an SDK, recorded answers.
#[derive(Debug)]
pub struct Source {
    pub(crate) name: &'static str,
    pub(crate) says: &'static str,
}

impl Source {
    /// A source, by its short name and what it is.
    pub const fn new(name: &'static str, says: &'static str) -> Self {
        Self { name, says }
    }

    /// On the word of this source, a request is wrong.
    pub const fn error(&'static self) -> Authority {
        Authority { source: self, severity: Severity::Error }
    }

    /// On the word of this source, a request is suspicious.
    pub const fn warning(&'static self) -> Authority {
        Authority { source: self, severity: Severity::Warning }
    }
}

/// Who says so, and how a violation counts.
#[derive(Clone, Copy, Debug)]
pub struct Authority {
    pub(crate) source: &'static Source,
    pub(crate) severity: Severity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Severity {
    Error,
    Warning,
}
