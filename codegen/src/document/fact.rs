//! Values with their spans, and who states them.

use crate::diagnostic::Span;
use crate::model::{Level, NonEmpty};

/// A value with its span.
#[derive(Clone, Debug)]
pub(crate) struct Spanned<T> {
    pub(crate) is: T,
    pub(crate) span: Span,
}

impl<T> Spanned<T> {
    pub(crate) fn new(is: T, span: Span) -> Self {
        Self { is, span }
    }
}

/// Entries in the order of the file.
pub(crate) type Map<T> = Vec<(Spanned<String>, T)>;

/// Who states a fact, if the fact says so.
#[derive(Clone, Debug, Default)]
pub(crate) struct Authorship {
    pub(crate) sources: Option<NonEmpty<Spanned<String>>>,
    pub(crate) enforce: Option<Level>,
}

/// `value`, or `{ is: value, source: .., enforce: .. }`.
#[derive(Clone, Debug)]
pub(crate) struct Fact<T> {
    pub(crate) is: Spanned<T>,
    pub(crate) by: Authorship,
}
