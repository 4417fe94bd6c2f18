//! A field as data: its name on the wire, its location, and the facts about its value.

use super::fact::Fact;
use super::reading::Reading;
use super::source::Authority;

/// Where a field is sent. `Answer` is for the fields of types that only answers contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path of the URL.
    Path,
    /// In the query of the URL.
    Query,
    /// In the body of a request, or in an object of the body.
    Body,
    /// Nowhere: only answers contain it.
    Answer,
}

/// A field: its name on the wire, its location and the facts about it. Tables have it as a literal: to compute it by
/// functions costs the compiler more.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    /// Whether JSON writes the name without escapes.
    pub has_plain_name: bool,
    /// Where it is sent.
    pub location: Location,
    /// The facts about it, in the order in which they are checked.
    pub facts: &'static [Fact],
}

/// Whether JSON writes a text without escapes. The names of Rust fields are such texts.
pub const fn is_plain(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if matches!(first, b'"' | b'\\' | ..b' ') {
            return false;
        }
        rest = after;
    }
    true
}

impl Field {
    /// A field of this name.
    pub(crate) const fn new(name: &'static str, location: Location, facts: &'static [Fact]) -> Self {
        Self { name, has_plain_name: is_plain(name), location, facts }
    }

    fn find<T>(&self, of: impl Fn(&Fact) -> Option<T>) -> Option<T> {
        self.facts.iter().find_map(of)
    }

    /// Who states that requests must set it.
    pub(crate) fn required(&self) -> Option<Authority> {
        self.find(|fact| if let Fact::Required(by) = fact { Some(*by) } else { None })
    }

    /// Whether every answer contains it.
    pub(crate) fn is_always(&self) -> bool {
        self.facts.iter().any(|fact| matches!(fact, Fact::Always))
    }

    /// Whether answers contain it and requests never send it.
    pub(crate) fn is_answer_only(&self) -> bool {
        self.facts.iter().any(|fact| matches!(fact, Fact::AnswerOnly))
    }

    /// Whether its value is never printed.
    pub(crate) fn is_sensitive(&self) -> bool {
        self.facts.iter().any(|fact| matches!(fact, Fact::Sensitive))
    }

    /// Whether the entries of the map are sent as fields of the object that contains it.
    pub(crate) fn is_flattened(&self) -> bool {
        self.facts.iter().any(|fact| matches!(fact, Fact::Flatten))
    }

    /// Whether a list of one is sent as its item.
    pub(crate) fn is_one_plain(&self) -> bool {
        self.facts.iter().any(|fact| matches!(fact, Fact::OnePlain))
    }

    /// The text between the items of a list or a map that is sent as one text.
    pub(crate) fn delimiter(&self) -> Option<&'static str> {
        self.find(|fact| match fact {
            Fact::Delimiter(delimiter, _) | Fact::DelimitedBy(delimiter) => Some(*delimiter),
            _ => None,
        })
    }

    /// The item that stands for all objects.
    pub(crate) fn all(&self) -> Option<&'static str> {
        self.find(|fact| if let Fact::All(item) = fact { Some(*item) } else { None })
    }

    /// The forms in which its value is read besides that of its type.
    pub(crate) fn reading(&self) -> Reading {
        let mut reading = Reading::EXACT;
        for fact in self.facts {
            match fact {
                Fact::Also(kind) => reading.also = Some(*kind),
                Fact::ItemsAlso(kind) => reading.items_also = Some(*kind),
                Fact::AbsentAs(kind) => reading.absent = Some(*kind),
                Fact::AlsoOne | Fact::OnePlain => reading.one = true,
                Fact::Delimiter(delimiter, _) | Fact::DelimitedBy(delimiter) => reading.delimiter = Some(delimiter),
                _ => {}
            }
        }
        reading
    }
}
