//! Query fields that filter a list.

use crate::store::StoredObject;
use crate::time::Moment;
use plivo_codegen::interpret::text_of;
use plivo_codegen::model::Comparison;
use serde_json::Value;
use std::cmp::Ordering;

/// A filter: a query field that is compared with a field of the stored objects.
#[derive(Debug)]
pub(super) struct Filter<'a> {
    /// The name of the query field.
    pub(super) parameter: &'a str,
    /// The name of the field of the stored objects.
    pub(super) field: &'a str,
    /// The comparison of the stored value with each of `values`.
    pub(super) comparison: Comparison,
    /// Whether the values are points in time.
    pub(super) is_moment: bool,
    /// The value in the query, or the items of a list there. One of them has to match.
    pub(super) values: Vec<String>,
}

impl Filter<'_> {
    /// Whether an object passes. An object without the field does not. Of a list in an object, one item has to match.
    pub(super) fn matches(&self, object: &StoredObject) -> bool {
        let stored: Vec<_> = match object.get(self.field) {
            Some(Value::Array(items)) => items.iter().map(text_of).collect(),
            Some(value) => vec![text_of(value)],
            None => return false,
        };
        stored.iter().any(|stored| self.values.iter().any(|value| self.matches_one(stored, value)))
    }

    fn matches_one(&self, stored: &str, value: &str) -> bool {
        let ordering = || if self.is_moment { in_time(stored, value) } else { compare(stored, value) };
        match self.comparison {
            Comparison::Is => stored == value || self.is_moment && ordering() == Ordering::Equal,
            Comparison::Prefix => stored.starts_with(value),
            Comparison::Greater => ordering() == Ordering::Greater,
            Comparison::GreaterOrEqual => ordering() != Ordering::Less,
            Comparison::Less => ordering() == Ordering::Less,
            Comparison::LessOrEqual => ordering() != Ordering::Greater,
        }
    }
}

/// Compares two points in time. What is not one compares as text.
fn in_time(one: &str, other: &str) -> Ordering {
    match (Moment::parse(one), Moment::parse(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one.cmp(other),
    }
}

/// Compares two numbers as numbers, and everything else as points in time.
fn compare(one: &str, other: &str) -> Ordering {
    match (one.parse::<f64>(), other.parse::<f64>()) {
        (Ok(one), Ok(other)) => one.total_cmp(&other),
        _ => in_time(one, other),
    }
}
