//! YAML: text to a tree of values with spans. No other module knows YAML.
//!
//! An event parser reads the tree. `serde_yaml` reads the same text, and must find the same tree: what two parsers agree
//! on is what other parsers and people read as well.

mod agreement;
mod events;
mod scalar;
mod visible;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::limits;
use crate::spec_file::SpecFile;
pub(crate) use events::ambiguous;
pub(crate) use scalar::{is_ambiguous, is_plain_number};

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

/// Reads one file. `None`: it has no tree, which is reported. Other problems of its YAML are reported as well, and
/// the rest of the tree can still be checked.
pub(crate) fn read(spec_file: &SpecFile, file: usize, diagnostics: &mut Diagnostics) -> Option<Node> {
    let before = diagnostics.errors();
    if spec_file.text.len() > limits::BYTES {
        diagnostics.push(Diagnostic::file_too_large(&spec_file.path));
        return None;
    }
    if spec_file.text.starts_with('\u{feff}') {
        let span = Span { file, start: 0, end: 3 };
        diagnostics.push(
            Diagnostic::new(Code::Syntax, "the file begins with a byte order mark")
                .at(span, "")
                .help("save it as UTF-8 without a byte order mark"),
        );
        return None;
    }
    if visible::has_invisible(&spec_file.text, file, diagnostics) {
        return None;
    }
    let node = events::read(spec_file, file, diagnostics)?;
    // A file with problems is checked as far as it can be read.
    let is_sound = diagnostics.errors() == before;
    (!is_sound || agreement::check(spec_file, &node, diagnostics)).then_some(node)
}
