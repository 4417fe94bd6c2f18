//! The tree of a file.

use super::scalar;
use crate::diagnostic::Span;

/// A value with its span.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) data: Data,
}

#[derive(Clone, Debug)]
pub(crate) enum Data {
    Scalar { text: String, plain: bool },
    List(Vec<Node>),
    Map(Vec<Entry>),
}

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Node,
}

impl Node {
    /// The value in short, for "expected .., found ..".
    pub(crate) fn found(&self) -> String {
        match &self.data {
            Data::List(_) => "a list".to_owned(),
            Data::Map(_) => "a mapping".to_owned(),
            Data::Scalar { text, plain: true, .. } if text.is_empty() => "nothing".to_owned(),
            Data::Scalar { text, plain: true, .. } => format!("`{text}`"),
            Data::Scalar { text, plain: false, .. } => format!("`\"{text}\"`"),
        }
    }

    /// Whether there is no value, not even an empty one in quotes.
    pub(crate) fn is_absent(&self) -> bool {
        self.span.start == self.span.end
    }

    /// The value as JSON, without spans.
    pub(crate) fn json(&self) -> serde_json::Value {
        match &self.data {
            Data::Scalar { text, plain } => scalar::value(text, *plain),
            Data::List(items) => items.iter().map(Node::json).collect(),
            Data::Map(entries) => {
                serde_json::Value::Object(entries.iter().map(|entry| (entry.key.clone(), entry.value.json())).collect())
            }
        }
    }

    /// The span of the node; of a collection, that of its bracket, its dash or its first key.
    pub(crate) fn head(&self) -> Span {
        let first_key = || match &self.data {
            Data::Map(entries) => entries.first().map(|entry| entry.key_span),
            Data::Scalar { .. } | Data::List(_) => None,
        };
        match self.data {
            Data::Scalar { .. } => self.span,
            _ => first_key()
                .filter(|key| key.start == self.span.start)
                .unwrap_or(Span { end: self.span.end.min(self.span.start + 1), ..self.span }),
        }
    }

    /// The entry of a key, if this is a mapping.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.data {
            Data::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }
}
