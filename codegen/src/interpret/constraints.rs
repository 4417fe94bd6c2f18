//! Checks the constraints on one value.

use serde_json::Number;

use super::formats;
use super::violation::Check;
use crate::limits::{self, shortened};
use crate::model::{Constraints, EnumId, EnumValue, Level, Type};

/// An empty string that is sent clears a field, so no format applies to it.
pub(super) fn check_text(check: &mut Check<'_>, constraints: &Constraints, pointer: &str, text: &str) {
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    if let Some(limit) = constraints.min_length.as_ref().filter(|limit| length < limit.is) {
        let demand = format!("must have at least {}", characters(limit.is));
        check.report(pointer, "min_length", limit.authority.level, demand);
    }
    if let Some(limit) = constraints.max_length.as_ref().filter(|limit| length > limit.is) {
        let demand = format!("must have at most {}", characters(limit.is));
        check.report(pointer, "max_length", limit.authority.level, demand);
    }
    let model = check.model;
    let lacks_format = |format| !text.is_empty() && !formats::has_format(&model.formats, format, text);
    if let Some(limit) = constraints.format.as_ref().filter(|limit| lacks_format(limit.is)) {
        check.report(pointer, "format", limit.authority.level, formats::demand(model, limit.is));
    }
    if let Some(delimiter) = constraints.delimiter.as_ref().filter(|delimiter| text.contains(&delimiter.text)) {
        let demand = format!("must not contain the delimiter `{}`", delimiter.text);
        check.report(pointer, "delimiter", delimiter.authority.level, demand);
    }
}

/// The number of items of a list, or of entries of a map.
pub(super) fn check_items(check: &mut Check<'_>, constraints: &Constraints, pointer: &str, count: usize) {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    if let Some(limit) = constraints.min_items.as_ref().filter(|limit| count < limit.is) {
        let demand = format!("must have at least {}", items(limit.is));
        check.report(pointer, "min_items", limit.authority.level, demand);
    }
    if let Some(limit) = constraints.max_items.as_ref().filter(|limit| count > limit.is) {
        let demand = format!("must have at most {}", items(limit.is));
        check.report(pointer, "max_items", limit.authority.level, demand);
    }
}

/// In a joined map, the first `=` ends the key.
pub(super) fn check_key(check: &mut Check<'_>, constraints: &Constraints, pointer: &str, key: &str) {
    if let Some(delimiter) =
        constraints.delimiter.as_ref().filter(|delimiter| key.contains(&delimiter.text) || key.contains('='))
    {
        let demand = format!("must have a key without `{}` and `=`", delimiter.text);
        check.report(pointer, "delimiter", delimiter.authority.level, demand);
    }
}

pub(super) fn check_listed(check: &mut Check<'_>, id: EnumId, constraints: &Constraints, pointer: &str, text: &str) {
    let Some(authority) = &constraints.values else { return };
    let values = &check.model[id].values;
    // Values have already been converted to the letter case of the list.
    if values.iter().any(|value| value.wire == text) {
        return;
    }
    if text.is_empty() {
        // It may clear the field, which no source denies.
        let demand = format!("should not be an empty text, but one of {}", enumerated(values));
        return check.report(pointer, "values", Level::Warn, demand);
    }
    let demand = format!("must be one of {}", enumerated(values));
    check.report(pointer, "values", authority.level, demand);
}

/// The values in prose, as many as can be shown.
fn enumerated(values: &[EnumValue]) -> String {
    let mut words = String::new();
    for value in values {
        if !words.is_empty() {
            words.push_str(", ");
        }
        words.extend(value.wire.chars().take(limits::SHOWN));
        if words.len() > limits::SHOWN {
            break;
        }
    }
    shortened(words)
}

pub(super) fn check_number(check: &mut Check<'_>, constraints: &Constraints, pointer: &str, number: &Number) {
    if let Some(limit) = constraints.min.as_ref().filter(|limit| is_less(number, limit.is)) {
        check.report(pointer, "min", limit.authority.level, format!("must be at least {}", limit.is));
    }
    if let Some(limit) = constraints.max.as_ref().filter(|limit| is_more(number, limit.is)) {
        check.report(pointer, "max", limit.authority.level, format!("must be at most {}", limit.is));
    }
}

/// The largest integer up to which a float represents every integer exactly.
pub(super) const EXACT: f64 = 9_007_199_254_740_992.0;

/// Whether a number is an integer. In JSON, 5.0 is 5.
pub(super) fn is_whole(number: &Number) -> bool {
    let is_exact = |number: f64| number.fract() == 0.0 && number.abs() <= EXACT;
    number.is_i64() || number.as_f64().is_some_and(is_exact)
}

fn is_less(number: &Number, limit: i64) -> bool {
    match number.as_i64() {
        Some(whole) => whole < limit,
        // Limits are small whole numbers, which a float holds exactly.
        None => number.as_f64().is_some_and(|number| number < limit as f64),
    }
}

fn is_more(number: &Number, limit: i64) -> bool {
    match number.as_i64() {
        Some(whole) => whole > limit,
        None => number.as_f64().is_some_and(|number| number > limit as f64),
    }
}

fn items(count: u64) -> String {
    if count == 1 { "1 item".to_owned() } else { format!("{count} items") }
}

fn characters(count: u64) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}

pub(super) fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Text | Type::Timestamp | Type::Moment | Type::Decimal | Type::Enum(_) => "text",
        Type::Choice(_) => "text in one of the listed forms",
        Type::Integer => "a whole number",
        Type::Number => "a number",
        Type::Boolean => "true or false",
        Type::Any => "a value",
        Type::File => "a file",
        Type::Object(_) | Type::Map(_) => "an object",
        Type::List(_) => "a list",
    }
}
