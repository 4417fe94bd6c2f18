//! YAML: text to a tree of values with spans. No other module knows YAML.
//!
//! `serde_yaml` reads the values. It keeps no spans and accepts duplicate keys, so an event parser reads the same
//! text first. The two results must have the same shape.

mod events;
mod scalar;
mod visible;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::limits;
use crate::spec_file::SpecFile;
pub(crate) use events::ambiguous;
use events::{Form, Shape};
pub(crate) use scalar::{is_ambiguous, is_plain_number};

/// How to write YAML that every parser reads alike.
const PLAIN_SYNTAX: &str = "use plain syntax: quoted text, and spaces for indentation";

/// A value with its span.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) data: Data,
}

#[derive(Clone, Debug)]
pub(crate) enum Data {
    Scalar { value: serde_yaml::Value, text: String, plain: bool },
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
            // What JSON cannot hold, such as infinity, needs quotes and is text then.
            Data::Scalar { value, text, .. } => serde_json::to_value(value).unwrap_or_else(|_| text.clone().into()),
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
    let form = events::read(spec_file, file, diagnostics)?;
    if diagnostics.errors() > before {
        return Some(taken_alone(form));
    }
    match serde_yaml::from_str::<serde_yaml::Value>(&spec_file.text) {
        Ok(value) => join(form, value, diagnostics),
        // A number that is too large for any type; the reader of the number reports it at its span.
        Err(_) if form.has_endless_number() => Some(taken_alone(form)),
        Err(error) => {
            let start = error.location().map_or(0, |location| location.index().min(spec_file.text.len()));
            let span = Span { file, start, end: start };
            diagnostics.push(
                Diagnostic::new(Code::ParsersDiffer, format!("one of the two YAML parsers rejects this: {error}"))
                    .at(span, "the parser stopped here")
                    .help(PLAIN_SYNTAX),
            );
            None
        }
    }
}

/// A tree from the events alone, for a file with problems.
fn taken_alone(form: Form) -> Node {
    let data = match form.shape {
        Shape::Scalar { text, plain } => Data::Scalar { value: scalar::value(&text, plain), text, plain },
        Shape::List(forms) => Data::List(forms.into_iter().map(taken_alone).collect()),
        Shape::Map(forms) => {
            let entry = |(key, key_span, form)| Entry { key, key_span, value: taken_alone(form) };
            Data::Map(forms.into_iter().map(entry).collect())
        }
    };
    Node { span: form.span, data }
}

/// Combines the spans of one parser with the values of the other.
fn join(form: Form, value: serde_yaml::Value, diagnostics: &mut Diagnostics) -> Option<Node> {
    let span = form.span;
    let data = match (form.shape, value) {
        (Shape::List(forms), serde_yaml::Value::Sequence(values)) if forms.len() == values.len() => Data::List(
            forms.into_iter().zip(values).map(|(form, value)| join(form, value, diagnostics)).collect::<Option<_>>()?,
        ),
        (Shape::Map(forms), serde_yaml::Value::Mapping(values)) if forms.len() == values.len() => {
            let entries = forms.into_iter().zip(values).map(|((key, key_span, form), (_, value))| {
                let value = join(form, value, diagnostics)?;
                Some(Entry { key, key_span, value })
            });
            Data::Map(entries.collect::<Option<_>>()?)
        }
        (Shape::Scalar { .. }, serde_yaml::Value::Sequence(_) | serde_yaml::Value::Mapping(_)) => {
            return differ(span, diagnostics);
        }
        (Shape::Scalar { text, plain }, value) => Data::Scalar { value, text, plain },
        (Shape::List(_) | Shape::Map(_), _) => return differ(span, diagnostics),
    };
    Some(Node { span, data })
}

fn differ(span: Span, diagnostics: &mut Diagnostics) -> Option<Node> {
    diagnostics.push(
        Diagnostic::new(Code::ParsersDiffer, "two YAML parsers read this differently")
            .at(span, "ambiguous syntax")
            .help(PLAIN_SYNTAX),
    );
    None
}
