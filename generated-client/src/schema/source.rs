//! Sources: who states a fact, and whether a violation of it is an error or a warning.

/// A source of facts, such as a documentation page, an SDK or recorded answers, or several that state the same.
#[derive(Debug)]
pub struct Source {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
}

impl Source {
    /// Creates a source from its short name and a description.
    pub const fn new(name: &'static str, description: &'static str) -> Self {
        Self { name, description }
    }

    /// A violation of the fact is an error.
    pub const fn error(&'static self) -> Authority {
        Authority { source: self, severity: Severity::Error }
    }

    /// A violation of the fact is a warning.
    pub const fn warning(&'static self) -> Authority {
        Authority { source: self, severity: Severity::Warning }
    }
}

/// The source of a constraint, and the severity of a violation.
#[derive(Clone, Copy, Debug)]
pub struct Authority {
    pub(crate) source: &'static Source,
    pub(crate) severity: Severity,
}

impl Authority {
    /// Whether a violation is an error.
    pub(crate) fn is_error(self) -> bool {
        self.severity == Severity::Error
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Severity {
    Error,
    Warning,
}
