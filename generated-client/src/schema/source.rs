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
}

/// The source of a constraint, and whether a violation is an error or a warning.
#[derive(Clone, Copy, Debug)]
pub enum Authority {
    /// A violation is an error.
    Error(&'static Source),
    /// A violation is a warning.
    Warning(&'static Source),
}

impl Authority {
    /// Who states the constraint.
    pub(crate) fn source(self) -> &'static Source {
        let (Self::Error(source) | Self::Warning(source)) = self;
        source
    }

    /// Whether a violation is an error.
    pub(crate) fn is_error(self) -> bool {
        matches!(self, Self::Error(_))
    }
}
