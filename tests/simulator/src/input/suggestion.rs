//! Suggests the name that a user probably meant.

use super::one_line;

/// The known name that is most similar to the given one, if any is similar enough. A long text is not compared: it is
/// not a misspelt name, and the comparison would be slow.
pub(crate) fn nearest<S: AsRef<str>>(given: &str, known: impl Iterator<Item = S>) -> Option<S> {
    let lower = given.to_lowercase();
    let distance = |known: &S| strsim::damerau_levenshtein(&lower, &known.as_ref().to_lowercase());
    let nearest = known.filter(|_| one_line::is_short(given)).min_by_key(distance)?;
    (distance(&nearest) <= given.len() / 3).then_some(nearest)
}
