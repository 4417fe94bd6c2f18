//! A YAML file as a tree that keeps its lines, and can be changed and written again.

use granit_parser::{Event, Parser, ScalarStyle, Span};

use crate::Failure;

/// A value and the line where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tree {
    pub(crate) line: usize,
    pub(crate) shape: Shape,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Scalar { text: String, plain: bool },
    List(Vec<Tree>),
    Map(Vec<Entry>),
}

/// A key, the line where it stands, and its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) line: usize,
    pub(crate) value: Tree,
}

impl Tree {
    /// Reads a file of the spec.
    pub(crate) fn read(text: &str) -> Result<Self, Failure> {
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

    /// A text, a number or another word.
    pub(crate) fn word(text: impl Into<String>) -> Self {
        Self { line: 0, shape: Shape::Scalar { text: text.into(), plain: true } }
    }

    /// A mapping.
    pub(crate) fn map<const N: usize>(entries: [(&str, Self); N]) -> Self {
        let entries = entries.map(|(key, value)| Entry { key: key.to_owned(), line: 0, value });
        Self { line: 0, shape: Shape::Map(entries.into()) }
    }

    /// What a scalar says.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.shape {
            Shape::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The entries of a mapping; none of anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.shape {
            Shape::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.shape {
            Shape::List(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The text of a key.
    pub(crate) fn said(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// What stands at the end of a path of keys.
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
        match &mut self.shape {
            Shape::Map(entries) => entries,
            _ => &mut [],
        }
    }

    pub(crate) fn items_mut(&mut self) -> &mut [Self] {
        match &mut self.shape {
            Shape::List(items) => items,
            _ => &mut [],
        }
    }

    /// Gives a key a value, in its place or as the last one.
    pub(crate) fn set(&mut self, key: &str, value: Self) {
        if let Some(old) = self.get_mut(key) {
            *old = value;
        } else if let Shape::Map(entries) = &mut self.shape {
            entries.push(Entry { key: key.to_owned(), line: 0, value });
        }
    }

    /// Removes a key.
    pub(crate) fn remove(&mut self, key: &str) {
        if let Shape::Map(entries) = &mut self.shape {
            entries.retain(|entry| entry.key != key);
        }
    }

    /// Removes every item, or every key, that is this text.
    pub(crate) fn remove_text(&mut self, text: &str) {
        match &mut self.shape {
            Shape::List(items) => items.retain(|item| item.text() != Some(text)),
            _ => self.remove(text),
        }
    }

    /// Gives a key another name, where it stands.
    pub(crate) fn rename(&mut self, old: &str, new: &str) {
        for entry in self.entries_mut().iter_mut().filter(|entry| entry.key == old) {
            entry.key = new.to_owned();
        }
    }

    /// Replaces a text, where this is that text.
    pub(crate) fn replace(&mut self, old: &str, new: &str) {
        if self.text() == Some(old) {
            *self = Self::word(new);
        }
    }

    /// The tree as text again: JSON, which is YAML too. Every text is quoted, so that nothing
    /// depends on how it was written.
    pub(crate) fn write(&self) -> String {
        match &self.shape {
            Shape::Scalar { text, plain: true } if is_no_text(text) => text.clone(),
            Shape::Scalar { text, .. } => quoted(text),
            Shape::List(items) => format!("[{}]", joined(items.iter().map(Self::write))),
            Shape::Map(entries) => {
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

/// Whether a plain scalar is a number, a truth value or nothing.
fn is_no_text(text: &str) -> bool {
    matches!(text, "true" | "false" | "null") || serde_json::from_str::<serde_json::Number>(text).is_ok()
}

/// The next node of a stream of events that are known to be balanced, and its parts.
fn build<'e>(events: &mut impl Iterator<Item = (Event<'e>, Span)>) -> Option<Tree> {
    let (event, span) = events.next()?;
    let line = span.start.line();
    let shape = match event {
        Event::Scalar(text, style, ..) => {
            Shape::Scalar { text: text.into_owned(), plain: matches!(style, ScalarStyle::Plain) }
        }
        Event::SequenceStart(..) => Shape::List(std::iter::from_fn(|| build(events)).collect()),
        Event::MappingStart(..) => {
            let entry = || {
                let key = build(events)?;
                let line = key.line;
                let value = build(events)?;
                Some(Entry { key: key.text()?.to_owned(), line, value })
            };
            Shape::Map(std::iter::from_fn(entry).collect())
        }
        _ => return None,
    };
    Some(Tree { line, shape })
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
        inner.set("c", Tree::word("3"));
        inner.set("d", Tree::map([("is", Tree::word("x"))]));
        inner.rename("c", "e");
        assert_eq!(tree.write(), r#"{"a": {"e": 3, "d": {"is": "x"}}}"#);
    }
}
