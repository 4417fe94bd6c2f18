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
    /// Whether it depends on random data, so that a run can lack it.
    is_rare: bool,
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
            let is_rare = match take("seen").as_deref() {
                Ok("sometimes") => true,
                Ok(other) => return Err(format!("`seen` is `{other}`, not `sometimes`")),
                Err(_) => false,
            };
            match entry.keys().next() {
                Some(unknown) => Err(format!("unknown key `{unknown}`")),
                None => Ok(Explanation { check, operation, says, why, is_rare }),
            }
        });
        Ok(Self { known: known.collect::<Result<_, String>>()? })
    }

    /// A line for each reason that some failure has.
    ///
    /// # Errors
    ///
    /// Fails with each failure that is not explained, and with each explanation that no failure needs.
    pub fn judge(&self, failures: &BTreeSet<Failure>) -> Result<Vec<String>, String> {
        let (unexplained, unneeded) = (self.unexplained(failures), self.unneeded(failures));
        let mut problems = unexplained.clone();
        if !unexplained.is_empty() {
            problems.push("not explained: mend the spec or the simulator, or add the reason to the list".to_owned());
        }
        problems.extend_from_slice(&unneeded);
        if !unneeded.is_empty() {
            problems.push("not needed: remove the explanation from the list, or correct it".to_owned());
        }
        if problems.is_empty() { Ok(self.reasons(failures)) } else { Err(problems.join("\n")) }
    }

    /// A sentence for each failure that is not explained.
    fn unexplained(&self, failures: &BTreeSet<Failure>) -> Vec<String> {
        let unexplained = failures.iter().filter(|failure| !self.known.iter().any(|known| known.explains(failure)));
        let sentence = |Failure { check, operation, message, answer }: &Failure| {
            format!("{operation}: {check}: {}: {answer}", message.replace('\n', " "))
        };
        unexplained.map(sentence).collect()
    }

    /// A sentence for each explanation that no failure needs, although every run should have one.
    fn unneeded(&self, failures: &BTreeSet<Failure>) -> Vec<String> {
        let unneeded = self.counted(failures).filter(|(count, known)| *count == 0 && !known.is_rare);
        unneeded.map(|(_, known)| format!("no failure of {} says `{}`", known.place(), known.says)).collect()
    }

    /// A line for each reason that some failure has.
    fn reasons(&self, failures: &BTreeSet<Failure>) -> Vec<String> {
        let counted = self.counted(failures).filter(|(count, _)| *count > 0);
        let failures = |count| if count == 1 { "1 failure".to_owned() } else { format!("{count} failures") };
        counted.map(|(count, known)| format!("{} of {}: {}", failures(count), known.place(), known.why)).collect()
    }

    /// Each explanation, with the number of failures that it explains.
    fn counted<'e>(&'e self, failures: &'e BTreeSet<Failure>) -> impl Iterator<Item = (usize, &'e Explanation)> {
        let count = |known: &Explanation| failures.iter().filter(|failure| known.explains(failure)).count();
        self.known.iter().map(move |known| (count(known), known))
    }
}

impl Explanation {
    /// The check, and the operation if there is only one.
    fn place(&self) -> String {
        let operation = self.operation.as_ref().map(|operation| format!(" at {operation}")).unwrap_or_default();
        format!("{}{operation}", self.check)
    }

    fn explains(&self, failure: &Failure) -> bool {
        self.check == failure.check
            && self.operation.as_ref().is_none_or(|operation| *operation == failure.operation)
            && (failure.message.contains(&self.says) || failure.answer.contains(&self.says))
    }
}
