//! The fields of a file and those that resources share, and a budget for copies of them. Operations and answers take
//! fields whole, so a long text that many of them take would grow without bound.

use serde_json::Value;

use super::context::Known;
use super::references::has_field;
use super::shared::Shared;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::Spanned;
use crate::limits;
use crate::model::{Contradiction, Field};
use crate::table::Table;

/// The fields of a file, and the shared ones, resolved once. Operations and answers take copies.
pub(super) struct Fields<'a> {
    own: Table<Field>,
    shared: &'a Shared<'a>,
    /// How many sources the file has without those of shared fields.
    sources: usize,
    /// A shared field that has been taken, for a problem with its sources.
    taken: Option<Span>,
    /// Bytes of texts and data in all copies.
    spent: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn new(own: Table<Field>, known: &Known<'a>) -> Self {
        Self { own, shared: known.shared, sources: known.sources.len(), taken: None, spent: 0 }
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The field with that name, to look at. Its sources may be those of another file.
    pub(super) fn get(&self, name: &str) -> Option<&Field> {
        self.own.get(name).or_else(|| self.shared.fields.get(name))
    }

    /// Where a shared field was taken first, if one was.
    pub(super) fn taken_shared(&self) -> Option<Span> {
        self.taken
    }

    /// The fields of the file alone.
    pub(super) fn into_own(self) -> Table<Field> {
        self.own
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.own.names().chain(self.shared.fields.names())
    }

    /// A copy of the field with that name. `None`: there is none, which is reported.
    pub(super) fn copy_named(
        &mut self,
        known: &Known<'_>,
        name: &Spanned<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Field> {
        if has_field(known, name, diagnostics) { self.copy(name, diagnostics) } else { None }
    }

    /// A copy of the field with that name. `None`: there is none, or there are too many copies.
    pub(super) fn copy(&mut self, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Field> {
        let own = self.own.get(&name.is);
        let field = own.or_else(|| self.shared.fields.get(&name.is))?;
        let before = self.spent;
        self.spent += weight(field);
        if self.spent <= limits::REPEATED {
            if own.is_some() {
                return Some(field.clone());
            }
            self.taken.get_or_insert(name.span);
            return Some(self.shared.copy(field, self.sources));
        }
        // Reported once: what is over the limit stays over it.
        if before <= limits::REPEATED {
            let most = limits::REPEATED / 1024;
            diagnostics.push(
                Diagnostic::new(
                    Code::TooLarge,
                    format!("the fields of all operations and answers have more than {most} KiB of text"),
                )
                .at(name.span, "this field exceeds the limit")
                .help("shorten the longest texts and examples, or split the resource"),
            );
        }
        None
    }
}

/// The bytes of a field's texts and data.
fn weight(field: &Field) -> usize {
    let texts = [field.deprecated.as_ref(), field.example.as_ref(), field.filters.as_ref(), field.holds.as_ref()];
    let texts: usize = texts.into_iter().flatten().map(String::len).sum();
    let contradictions: usize = field.contradictions.iter().map(weight_of_contradiction).sum();
    let default = field.default.as_ref().map_or(0, |default| weight_of_value(&default.is));
    let types = field.constraints.content_types.as_ref();
    let types: usize = types.map_or(0, |types| types.are.iter().map(String::len).sum());
    field.name.len() + field.summary.len() + texts + default + types + contradictions
}

fn weight_of_contradiction(contradiction: &Contradiction) -> usize {
    let witnesses = contradiction.witnesses.iter().map(|(name, words)| name.len() + words.len());
    let examples = contradiction.examples.iter().map(|(name, value)| name.len() + weight_of_value(value));
    let note = contradiction.note.as_ref().map_or(0, String::len);
    contradiction.decision.len() + note + witnesses.chain(examples).sum::<usize>()
}

fn weight_of_value(value: &Value) -> usize {
    let inside: usize = match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight_of_value).sum(),
        Value::Object(entries) => entries.iter().map(|(key, value)| key.len() + weight_of_value(value)).sum(),
    };
    size_of::<Value>() + inside
}
