//! One diagnostic: what is wrong with a spec, where, and how to correct it.

use super::codes::Code;
use crate::limits::{self, shortened};

/// A byte range of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The number of the file.
    pub file: usize,
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

/// One problem of a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    code: Code,
    message: String,
    primary: Option<(Span, String)>,
    context: Vec<(Span, String)>,
    help: Option<String>,
}

impl Diagnostic {
    /// A problem without a location in a file.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: shortened(message.into()), primary: None, context: Vec::new(), help: None }
    }

    /// A file that exceeds the size limit.
    pub(crate) fn file_too_large(path: &str) -> Self {
        let most = limits::BYTES / 1024;
        Self::new(Code::TooLarge, format!("`{path}` is larger than {most} KiB")).help("split the file")
    }

    /// Sets where the problem is, and the label to show there.
    pub fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        self.primary = Some((span, shortened(label.into())));
        self
    }

    /// Adds a related location with its label.
    pub fn with(mut self, span: Span, label: impl Into<String>) -> Self {
        self.context.push((span, shortened(label.into())));
        self
    }

    /// Sets where something occurs for the second time, and where it occurs first.
    pub(crate) fn at_repeated(self, second: Span, first: Span) -> Self {
        self.at(second, "again here").with(first, "first here")
    }

    /// Sets how to correct it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shortened(help.into()));
        self
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// `error`, or `warning` if the spec can be used all the same.
    pub fn level(&self) -> &'static str {
        if self.code.is_warning() { "warning" } else { "error" }
    }

    /// What is wrong, in one line.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where the problem is.
    pub fn span(&self) -> Option<Span> {
        self.primary.as_ref().map(|(span, _)| *span)
    }

    /// Every location that the diagnostic points at, with its label. The first is where the problem is.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &(Span, String)> {
        self.primary.iter().chain(&self.context)
    }

    pub(crate) fn help_text(&self) -> Option<&str> {
        self.help.as_deref()
    }
}
