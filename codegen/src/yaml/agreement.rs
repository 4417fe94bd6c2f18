//! The second parser: `serde_yaml` must read what the event parser has read. It walks along the tree and builds nothing.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};

use super::node::{Data, Entry, Node};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::spec_file::SpecFile;

/// How to write YAML that every parser reads alike.
const PLAIN_SYNTAX: &str = "use plain syntax: quoted text, and spaces for indentation";

/// Whether the second parser finds this tree. If not, that is reported.
pub(super) fn check(spec_file: &SpecFile, node: &Node, diagnostics: &mut Diagnostics) -> bool {
    let difference = Cell::new(None);
    let tree = Same::node(node, &difference);
    let Err(error) = tree.deserialize(serde_yaml::Deserializer::from_str(&spec_file.text)) else { return true };
    let diagnostic = if let Some(span) = difference.get() {
        Diagnostic::new(Code::ParsersDiffer, "two YAML parsers read this differently").at(span, "ambiguous syntax")
    } else {
        let start = error.location().map_or(0, |location| location.index().min(spec_file.text.len()));
        Diagnostic::new(Code::ParsersDiffer, format!("one of the two YAML parsers rejects this: {error}"))
            .at(Span { start, end: start, ..node.span }, "the parser stopped here")
    };
    diagnostics.push(diagnostic.help(PLAIN_SYNTAX));
    false
}

/// A key or a value that the second parser must find.
struct Same<'n> {
    expected: Expected<'n>,
    span: Span,
    /// The span of the first one that it does not find.
    difference: &'n Cell<Option<Span>>,
}

enum Expected<'n> {
    /// A key or a scalar, whatever a version of YAML takes it for.
    Text(&'n str),
    List(&'n [Node]),
    Map(&'n [Entry]),
}

impl<'n> Same<'n> {
    fn node(node: &'n Node, difference: &'n Cell<Option<Span>>) -> Self {
        let expected = match &node.data {
            Data::Scalar { text, .. } => return Self::text(text, node.span, difference),
            Data::List(items) => Expected::List(items),
            Data::Map(entries) => Expected::Map(entries),
        };
        Self { expected, span: node.span, difference }
    }

    /// The event parser writes `~` for what is absent.
    fn text(text: &'n str, span: Span, difference: &'n Cell<Option<Span>>) -> Self {
        let expected = Expected::Text(if span.start == span.end { "" } else { text });
        Self { expected, span, difference }
    }
}

impl<'de> DeserializeSeed<'de> for Same<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.expected {
            Expected::Text(_) => deserializer.deserialize_str(self),
            Expected::List(_) | Expected::Map(_) => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Same<'_> {
    type Value = ();

    /// Describes what is expected, for the message of an error. So this is called if there is a difference.
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.difference.set(Some(self.span));
        f.write_str("what the other parser reads")
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<(), E> {
        match self.expected {
            Expected::Text(text) if text == found => Ok(()),
            _ => Err(E::invalid_value(Unexpected::Str(found), &self)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut found: A) -> Result<(), A::Error> {
        let Expected::List(items) = self.expected else { return Err(A::Error::invalid_type(Unexpected::Seq, &self)) };
        let differs = || A::Error::invalid_length(items.len(), &self);
        for item in items {
            found.next_element_seed(Same::node(item, self.difference))?.ok_or_else(differs)?;
        }
        found.next_element::<IgnoredAny>()?.map_or(Ok(()), |_| Err(differs()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut found: A) -> Result<(), A::Error> {
        let Expected::Map(entries) = self.expected else { return Err(A::Error::invalid_type(Unexpected::Map, &self)) };
        let differs = || A::Error::invalid_length(entries.len(), &self);
        for entry in entries {
            found.next_key_seed(Same::text(&entry.key, entry.key_span, self.difference))?.ok_or_else(differs)?;
            found.next_value_seed(Same::node(&entry.value, self.difference))?;
        }
        found.next_key::<IgnoredAny>()?.map_or(Ok(()), |_| Err(differs()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::events;
    use super::*;

    /// What is reported if one parser reads the first text, and the other one the second.
    fn reported(text: &str, other: &str) -> Vec<(String, Option<Span>)> {
        let (file, other_file) = (SpecFile::new("spec/plivo.yaml", text), SpecFile::new("spec/plivo.yaml", other));
        let mut diagnostics = Diagnostics::of([file.clone()].into());
        let node = events::read(&file, 0, &mut diagnostics).unwrap();
        assert_eq!(check(&other_file, &node, &mut diagnostics), diagnostics.is_empty());
        diagnostics.iter().map(|diagnostic| (diagnostic.message().to_owned(), diagnostic.span())).collect()
    }

    #[test]
    fn the_same_text_is_read_alike() {
        for text in
            ["a", "a: [1, {b: null}]", "a: \"x\\ty\"\nb: |\n  one\n  two\n", "a:\n- 1e3\n- 18446744073709551616\nb:\n"]
        {
            assert_eq!(reported(text, text), [], "{text}");
        }
        assert_eq!(reported("a: b # one", "a:   'b'"), []);
    }

    #[test]
    fn another_key_value_or_shape_is_reported_at_its_place() {
        for (text, other, place) in [
            ("a: one", "a: two", "one"),
            ("a: one", "b: one", "a"),
            ("a: one", "a: [one]", "one"),
            ("a: one", "a: {one: two}", "one"),
            ("a: [b]", "a: b", "[b]"),
            ("a: [b]", "a:", "[b]"),
            ("a: [b]", "a: {b: c}", "[b]"),
            ("a: [b, c]", "a: [b]", "[b, c]"),
            ("a: [b]", "a: [b, c]", "[b]"),
            ("a: {b: c}", "a: [b]", "{b: c}"),
            ("a: {b: c}", "a: {}", "{b: c}"),
            ("a: {}", "a: {b: c}", "{}"),
        ] {
            let start = text.find(place).unwrap();
            let span = Span { file: 0, start, end: start + place.len() };
            let expected = ("two YAML parsers read this differently".to_owned(), Some(span));
            assert_eq!(reported(text, other), [expected], "{text}, {other}");
        }
    }

    #[test]
    fn what_the_second_parser_rejects_is_reported_where_it_stops() {
        let [(message, span)] = &reported("a: [b, c]", "a: [b, c")[..] else { panic!("not one problem") };
        assert!(message.starts_with("one of the two YAML parsers rejects this: "), "{message}");
        assert_eq!(*span, Some(Span { file: 0, start: 8, end: 8 }));
    }
}
