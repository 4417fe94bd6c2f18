//! Copies of fields. Operations and answers take them whole, so a long text that many of them take would
//! grow without bound: the copies of one resource have a limit together.

use serde_json::Value;

use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Spanned;
use crate::limits;
use crate::model::{Contradiction, Field};

impl Scope<'_> {
    /// A copy of the field of the file with that name. `None`: there is none, which is reported.
    pub(super) fn field_named(&mut self, name: &Spanned<String>) -> Option<Field> {
        if self.has_field(name) { self.copy_of(name) } else { None }
    }

    /// A copy of the field of the file with that name. `None`: there is none, or there are too many copies.
    pub(super) fn copy_of(&mut self, name: &Spanned<String>) -> Option<Field> {
        let field = self.known.get(&name.is)?;
        let before = self.repeated;
        self.repeated += weight(field);
        if self.repeated <= limits::REPEATED {
            return Some(field.clone());
        }
        // Said once: what is over the limit stays over it.
        if before <= limits::REPEATED {
            let most = limits::REPEATED / 1024;
            self.report(
                Diagnostic::new(Code::TooLarge, format!("operations and answers repeat more than {most} KiB"))
                    .at(name.span, "with the texts of this field")
                    .help("shorten the longest texts and examples, or split the resource"),
            );
        }
        None
    }
}

/// The bytes of a field's texts and data.
fn weight(field: &Field) -> usize {
    let texts = [field.deprecated.as_ref(), field.example.as_ref(), field.filters.as_ref()];
    let texts: usize = texts.into_iter().flatten().map(String::len).sum();
    let contradictions: usize = field.contradictions.iter().map(weight_of_contradiction).sum();
    field.name.len() + field.summary.len() + texts + contradictions
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
