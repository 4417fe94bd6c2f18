//! The forms of a value on the wire besides that of its type.

use super::fact::{Fact, mark};
use super::kind::ValueKind;

/// The kinds of facts that a [`Reading`] is made of.
pub(crate) const FORMS: u32 = mark::Also
    | mark::ItemsAlso
    | mark::AbsentAs
    | mark::AlsoOne
    | mark::OnePlain
    | mark::Delimiter
    | mark::DelimitedBy;

/// The forms in which a value is read besides that of its type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    /// A second kind of the value. It is converted if possible; otherwise the value is absent, which is no drift.
    pub(crate) also: Option<ValueKind>,
    /// The second kind of what lists and maps contain in the end.
    pub(crate) items_also: Option<ValueKind>,
    /// A kind that stands for no value.
    pub(crate) absent: Option<ValueKind>,
    /// Whether a single value is read as a list of one.
    pub(crate) one: bool,
    /// The delimiter of a list or a map that is one text.
    pub(crate) delimiter: Option<&'static str>,
}

impl Reading {
    /// The form of the type alone.
    pub(crate) const EXACT: Self = Self { also: None, items_also: None, absent: None, one: false, delimiter: None };

    /// Adds what a fact says about it. `FORMS` has the facts that say something.
    pub(crate) fn with(self, fact: &Fact) -> Self {
        match *fact {
            Fact::Also(kind) => Self { also: Some(kind), ..self },
            Fact::ItemsAlso(kind) => Self { items_also: Some(kind), ..self },
            Fact::AbsentAs(kind) => Self { absent: Some(kind), ..self },
            Fact::AlsoOne | Fact::OnePlain => Self { one: true, ..self },
            Fact::Delimiter(delimiter, _) | Fact::DelimitedBy(delimiter) => Self { delimiter: Some(delimiter), ..self },
            _ => self,
        }
    }

    /// The reading of an item of this kind.
    pub(crate) fn of_items(self, kind: ValueKind) -> Self {
        match kind {
            ValueKind::List | ValueKind::Map => Self { items_also: self.items_also, ..Self::EXACT },
            _ => Self { also: self.items_also, ..Self::EXACT },
        }
    }
}
