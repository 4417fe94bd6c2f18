//! A YAML file as a tree that keeps line numbers, can be changed, and can be written again.

use granit_parser::{Event, Parser, ScalarStyle, Span};

use crate::BoxError;

/// A value, and the line where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tree {
    pub(crate) line: usize,
    pub(crate) content: Content,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Scalar { text: String, plain: bool },
    List(Vec<Tree>),
    Map(Vec<Entry>),
}

/// A key, its line, and its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) line: usize,
    pub(crate) value: Tree,
}

impl Tree {
    /// Reads a file of the spec.
    pub(crate) fn read(text: &str) -> Result<Self, BoxError> {
        let options = granit_parser::options! { emit_comments: false };
        let mut events = Vec::new();
        for next in Parser::new_from_str_with_options(text, options) {
            events.push(next?);
        }
        let nodes = events.into_iter().filter(|(event, _)| {
            matches!(
                event,
                Event::Scalar(..)
                    | Event::SequenceStart(..)
                    | Event::SequenceEnd
                    | Event::MappingStart(..)
                    | Event::MappingEnd
            )
        });
        build(&mut nodes.collect::<Vec<_>>().into_iter()).ok_or_else(|| "the file is empty".into())
    }

    /// A plain scalar: a string, a number or another value without quotes.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self { line: 0, content: Content::Scalar { text: text.into(), plain: true } }
    }

    /// A mapping.
    pub(crate) fn map<const N: usize>(entries: [(&str, Self); N]) -> Self {
        let entries = entries.map(|(key, value)| Entry { key: key.to_owned(), line: 0, value });
        Self { line: 0, content: Content::Map(entries.into()) }
    }

    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The entries of a mapping; none of anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.content {
            Content::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.content {
            Content::List(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The text of the scalar of a key.
    pub(crate) fn get_text(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// The value at the end of a path of keys.
    pub(crate) fn at(&self, path: &[String]) -> Option<&Self> {
        path.iter().try_fold(self, |tree, key| tree.get(key))
    }

    pub(crate) fn at_mut(&mut self, path: &[String]) -> Option<&mut Self> {
        path.iter().try_fold(self, |tree, key| tree.get_mut(key))
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        self.entries_mut().iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
    }

    pub(crate) fn entries_mut(&mut self) -> &mut [Entry] {
        match &mut self.content {
            Content::Map(entries) => entries,
            _ => &mut [],
        }
    }

    pub(crate) fn items_mut(&mut self) -> &mut [Self] {
        match &mut self.content {
            Content::List(items) => items,
            _ => &mut [],
        }
    }

    /// Sets the value of a key. A new key comes last.
    pub(crate) fn set(&mut self, key: &str, value: Self) {
        if let Some(old) = self.get_mut(key) {
            *old = value;
        } else if let Content::Map(entries) = &mut self.content {
            entries.push(Entry { key: key.to_owned(), line: 0, value });
        }
    }

    /// Removes a key.
    pub(crate) fn remove(&mut self, key: &str) {
        if let Content::Map(entries) = &mut self.content {
            entries.retain(|entry| entry.key != key);
        }
    }

    /// Removes the items, or the key, that equal a text.
    pub(crate) fn remove_text(&mut self, text: &str) {
        match &mut self.content {
            Content::List(items) => items.retain(|item| item.text() != Some(text)),
            _ => self.remove(text),
        }
    }

    /// Renames a key, which keeps its position.
    pub(crate) fn rename(&mut self, old: &str, new: &str) {
        for entry in self.entries_mut().iter_mut().filter(|entry| entry.key == old) {
            entry.key = new.to_owned();
        }
    }

    /// Replaces this scalar if it is the old text.
    pub(crate) fn replace(&mut self, old: &str, new: &str) {
        if self.text() == Some(old) {
            *self = Self::plain(new);
        }
    }

    /// Writes the tree as JSON, which is YAML too. Every string is quoted, so that the result does not depend
    /// on the quotes of the file.
    pub(crate) fn write(&self) -> String {
        match &self.content {
            Content::Scalar { text, plain: true } if is_not_text(text) => text.clone(),
            Content::Scalar { text, .. } => quoted(text),
            Content::List(items) => format!("[{}]", joined(items.iter().map(Self::write))),
            Content::Map(entries) => {
                let entry = |entry: &Entry| format!("{}: {}", quoted(&entry.key), entry.value.write());
                format!("{{{}}}", joined(entries.iter().map(entry)))
            }
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether a plain scalar is a number, a boolean or null.
fn is_not_text(text: &str) -> bool {
    matches!(text, "true" | "false" | "null") || serde_json::from_str::<serde_json::Number>(text).is_ok()
}

/// Builds the next tree from a stream of balanced events.
fn build<'e>(events: &mut impl Iterator<Item = (Event<'e>, Span)>) -> Option<Tree> {
    let (event, span) = events.next()?;
    let line = span.start.line();
    let content = match event {
        Event::Scalar(text, style, ..) => {
            Content::Scalar { text: text.into_owned(), plain: matches!(style, ScalarStyle::Plain) }
        }
        Event::SequenceStart(..) => Content::List(std::iter::from_fn(|| build(events)).collect()),
        Event::MappingStart(..) => {
            let entry = || {
                let key = build(events)?;
                let line = key.line;
                let value = build(events)?;
                Some(Entry { key: key.text()?.to_owned(), line, value })
            };
            Content::Map(std::iter::from_fn(entry).collect())
        }
        _ => return None,
    };
    Some(Tree { line, content })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_keep_lines_and_are_written_as_json() {
        let tree =
            Tree::read("# one\na: 1\nb:\n  - \"2\"\n  - x # y\nc: { d: NO, e: true }\nf: >-\n  g\n  h\n").unwrap();
        assert_eq!(tree.write(), r#"{"a": 1, "b": ["2", "x"], "c": {"d": "NO", "e": true}, "f": "g h"}"#);
        assert_eq!(tree.entry("b").map(|entry| entry.line), Some(3));
        assert_eq!(tree.get("b").map(|list| list.items()[1].line), Some(5));
    }

    #[test]
    fn trees_can_be_changed() {
        let mut tree = Tree::read("a: { b: 1, c: 2 }").unwrap();
        let inner = tree.get_mut("a").unwrap();
        inner.remove("b");
        inner.set("c", Tree::plain("3"));
        inner.set("d", Tree::map([("is", Tree::plain("x"))]));
        inner.rename("c", "e");
        assert_eq!(tree.write(), r#"{"a": {"e": 3, "d": {"is": "x"}}}"#);
    }
}
