//! The failures that are known, with the reason for each.

use std::collections::BTreeSet;

use serde_json::Value;

use super::report::Failure;
use crate::BoxError;

/// A known kind of failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    check: String,
    /// The operation that it is about; `None` for any.
    operation: Option<String>,
    /// A part of the message or of the answer.
    says: String,
    why: String,
}

/// All known kinds of failures.
#[derive(Clone, Debug)]
pub struct Explained {
    known: Vec<Explanation>,
}

impl Explained {
    /// Reads the list.
    ///
    /// # Errors
    ///
    /// Fails if it is not JSON, or if an entry lacks a key or has an unknown one.
    pub fn read(text: &str) -> Result<Self, BoxError> {
        let entries: Vec<serde_json::Map<String, Value>> = serde_json::from_str(text)?;
        let known = entries.into_iter().map(|mut entry| {
            let mut take = |key: &str| match entry.remove(key) {
                Some(Value::String(text)) if !text.is_empty() => Ok(text),
                _ => Err(format!("`{key}` is missing")),
            };
            let (check, says, why) = (take("check")?, take("says")?, take("why")?);
            let operation = take("operation").ok();
            match entry.keys().next() {
                Some(unknown) => Err(format!("unknown key `{unknown}`")),
                None => Ok(Explanation { check, operation, says, why }),
            }
        });
        Ok(Self { known: known.collect::<Result<_, String>>()? })
    }

    /// A sentence for each failure that is not explained.
    pub fn unexplained(&self, failures: &BTreeSet<Failure>) -> Vec<String> {
        let unexplained = failures.iter().filter(|failure| !self.known.iter().any(|known| known.explains(failure)));
        let sentence = |Failure { check, operation, message, answer }: &Failure| {
            format!("{operation}: {check}: {}: {answer}", message.replace('\n', " "))
        };
        unexplained.map(sentence).collect()
    }

    /// A line for each reason that some failure has.
    pub fn reasons(&self, failures: &BTreeSet<Failure>) -> Vec<String> {
        let count = |known: &Explanation| failures.iter().filter(|failure| known.explains(failure)).count();
        let counted = self.known.iter().map(|known| (count(known), known)).filter(|(count, _)| *count > 0);
        counted.map(|(count, known)| format!("explained: {count} times {}: {}", known.check, known.why)).collect()
    }
}

impl Explanation {
    fn explains(&self, failure: &Failure) -> bool {
        self.check == failure.check
            && self.operation.as_ref().is_none_or(|operation| *operation == failure.operation)
            && (failure.message.contains(&self.says) || failure.answer.contains(&self.says))
    }
}
