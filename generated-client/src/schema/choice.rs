//! Choices: texts that name something in one of several forms.

use std::fmt;
use std::ops::{Deref, Range};

use super::value::Content;

/// The value of a form, such as the name in `name_Sales`. Derefs to the value.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct FormText {
    /// The text on the wire, with the fixed text around the value.
    wire: String,
    value: Range<usize>,
}

impl FormText {
    #[doc(hidden)]
    pub fn new(prefix: &str, value: &str, suffix: &str) -> Self {
        Self { wire: format!("{prefix}{value}{suffix}"), value: prefix.len()..prefix.len() + value.len() }
    }

    /// The text on the wire. It is empty if the value is: fixed text alone names nothing.
    pub fn wire(&self) -> &str {
        if self.value.is_empty() { "" } else { &self.wire }
    }

    /// The value.
    pub fn as_str(&self) -> &str {
        &self.wire[self.value.clone()]
    }
}

impl Deref for FormText {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for FormText {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for FormText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for FormText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The generated part of a choice. The macro `choice!` adds the rest.
pub trait Choice: Sized {
    /// The fixed text before and after the value of each form.
    const FORMS: &'static [(&'static str, &'static str)];

    /// Creates a choice of the form with this index. Without such a form, that is the last one.
    fn with_form(index: usize, value: FormText) -> Self;

    /// The value of the form.
    fn value(&self) -> &FormText;
}

/// Reads a text. `None`: it has none of the forms.
pub fn read<T: Choice>(content: Content<'_>) -> Option<T> {
    let Content::Text(text) = content else { return None };
    T::FORMS.iter().enumerate().find_map(|(index, (prefix, suffix))| {
        let value = text.strip_prefix(prefix)?.strip_suffix(suffix)?;
        (!value.is_empty()).then(|| T::with_form(index, FormText::new(prefix, value, suffix)))
    })
}

#[cfg(test)]
mod tests {
    use super::FormText;

    #[test]
    fn the_value_is_inside_of_the_wire_text() {
        let text = FormText::new("name_", "Sales", "!");
        assert_eq!((text.as_str(), text.wire(), text.len()), ("Sales", "name_Sales!", 5));
        assert_eq!(format!("{text} {text:?}"), "Sales \"Sales\"");
        assert_eq!(FormText::new("name_", "", "").wire(), "");
    }
}
