//! Query fields that filter a list.

use crate::store::StoredObject;
use plivo_codegen::interpret::text_of;
use plivo_codegen::model::Comparison;
use std::cmp::Ordering;

/// A filter: a query field that is compared with a field of the stored objects.
#[derive(Debug)]
pub(super) struct Filter<'a> {
    /// The name of the query field.
    pub(super) parameter: &'a str,
    /// The name of the field of the stored objects.
    pub(super) field: &'a str,
    /// The comparison of the stored value with `value`.
    pub(super) comparison: Comparison,
    /// The value in the query.
    pub(super) value: String,
}

impl Filter<'_> {
    /// Whether an object passes. An object without the field does not.
    pub(super) fn matches(&self, object: &StoredObject) -> bool {
        let Some(stored) = object.get(self.field).map(text_of) else { return false };
        let ordering = || compare(&stored, &self.value);
        match self.comparison {
            Comparison::Is => stored == self.value,
            Comparison::Greater => ordering() == Ordering::Greater,
            Comparison::GreaterOrEqual => ordering() != Ordering::Less,
            Comparison::Less => ordering() == Ordering::Less,
            Comparison::LessOrEqual => ordering() != Ordering::Greater,
        }
    }
}

/// Compares two numbers as numbers, and everything else as timestamps.
fn compare(one: &str, other: &str) -> Ordering {
    match (one.parse::<f64>(), other.parse::<f64>()) {
        (Ok(one), Ok(other)) => one.total_cmp(&other),
        _ => normalized_timestamp(one).cmp(&normalized_timestamp(other)),
    }
}

/// A timestamp with a space between date and time, and with seconds. In this form, timestamps sort as text.
fn normalized_timestamp(text: &str) -> String {
    let text = text.replacen('T', " ", 1).trim_end_matches('Z').to_owned();
    match text.len() {
        10 => text + " 00:00:00",
        16 => text + ":00",
        _ => text,
    }
}
