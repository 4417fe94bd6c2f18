//! Constraints on single values.

use super::collector::Collector;
use super::pointer::PathStep;
use crate::schema::{Field, File, Values, nearest, suggestion};

/// The media type of a file that has none.
const UNKNOWN_TYPE: &str = "application/octet-stream";

impl Collector {
    pub(super) fn text(&mut self, path: &PathStep<'_>, field: &Field, text: &str) {
        // A text has at most as many characters as bytes, so most texts need no counting.
        let length = || text.chars().count() as u64;
        if let Some((least, by)) = field.min_length
            && length() < least
        {
            let message = format!("{} has {}; at least {least} are required", field.name, characters(length()));
            self.add(path, "min_length", by, message);
        }
        if let Some((most, by)) = field.max_length
            && text.len() as u64 > most
            && length() > most
        {
            let allowed = if most == 1 { "at most 1 is".to_owned() } else { format!("at most {most} are") };
            let message = format!("{} has {}; {allowed} allowed", field.name, characters(length()));
            self.add(path, "max_length", by, message);
        }
        // An empty text that is sent clears the field, so its format is not checked.
        if let Some((format, by)) = field.format
            && !text.is_empty()
            && !format.matches(text)
        {
            self.add(path, "format", by, format!("{} is not {}", field.name, format.in_words()));
        }
        if let (Some(delimiter), Some(by)) = (field.delimiter, field.delimiter_by)
            && text.contains(delimiter)
        {
            let message = format!("an item of {} contains {delimiter:?}, which separates items", field.name);
            self.add(path, "delimiter", by, message);
        }
    }

    /// Checks a key of a delimited map. There, the first `=` ends the key.
    pub(super) fn key(&mut self, path: &PathStep<'_>, field: &Field, key: &str) {
        if let (Some(delimiter), Some(by)) = (field.delimiter, field.delimiter_by)
            && (key.contains(delimiter) || key.contains('='))
        {
            let message = format!("a key of {} contains {delimiter:?} or \"=\", which ends the key", field.name);
            self.add(path, "delimiter", by, message);
        }
    }

    pub(super) fn listed(&mut self, path: &PathStep<'_>, field: &Field, text: &str, values: Values) {
        let Some(by) = field.values.filter(|_| !values.contains(&text)) else { return };
        if text.is_empty() {
            // It may clear the field, which no source denies.
            let message = format!("{} is an empty text, which is not a listed value", field.name);
            self.add(path, "values", by.source.warning(), message);
        } else {
            // A text that is similar to a listed value is a typo and is shown. Any other text may be personal data.
            let message = match nearest(text, values.iter().copied()).filter(|_| !self.is_hidden) {
                Some(value) => format!("{} is {text:?}, which is not listed; did you mean {value}?", field.name),
                None if self.is_hidden => format!("{} is not a listed value", field.name),
                None => format!("{} is not a listed value; {}", field.name, suggestion(text, values)),
            };
            self.add(path, "values", by, message);
        }
    }

    /// Checks the number of items of a list, or of entries of a map.
    pub(super) fn items(&mut self, path: &PathStep<'_>, field: &Field, count: usize) {
        let count = count as u64;
        if let Some((least, by)) = field.min_items
            && count < least
        {
            let message = format!("{} has {}; at least {least} are required", field.name, items(count));
            self.add(path, "min_items", by, message);
        }
        if let Some((most, by)) = field.max_items
            && count > most
        {
            let allowed = if most == 1 { "at most 1 is".to_owned() } else { format!("at most {most} are") };
            let message = format!("{} has {}; {allowed} allowed", field.name, items(count));
            self.add(path, "max_items", by, message);
        }
    }

    /// Checks a file. The size of a file at a path, or of a stream without a length, is not known yet.
    pub(super) fn file(&mut self, path: &PathStep<'_>, field: &Field, file: &File) {
        if let Some((most, by)) = field.max_bytes
            && let Some(bytes) = file.body().len().filter(|bytes| *bytes > most)
        {
            let message = format!("{} has {bytes} bytes; at most {most} are allowed", field.name);
            self.add(path, "max_bytes", by, message);
        }
        if let Some((types, by)) = field.content_types {
            let given = file.content_type().filter(|given| !given.is_empty()).unwrap_or(UNKNOWN_TYPE);
            let essence = given.split(';').next().unwrap_or_default().trim();
            if !types.iter().any(|ty| ty.eq_ignore_ascii_case(essence)) {
                let allowed = types.join(", ");
                let message = format!("{} has another media type than those allowed: {allowed}", field.name);
                self.add(path, "content_types", by, message);
            }
        }
    }

    pub(super) fn number(&mut self, path: &PathStep<'_>, field: &Field, number: Number) {
        if let Some((least, by)) = field.min
            && number.is_below(least)
        {
            self.add(path, "min", by, format!("{} is less than {least}", field.name));
        }
        if let Some((most, by)) = field.max
            && number.is_above(most)
        {
            self.add(path, "max", by, format!("{} is greater than {most}", field.name));
        }
    }
}

#[derive(Clone, Copy)]
pub(super) enum Number {
    Whole(i64),
    Float(f64),
}

impl Number {
    // Limits are small whole numbers, which an `f64` represents exactly.
    fn is_below(self, limit: i64) -> bool {
        match self {
            Self::Whole(number) => number < limit,
            Self::Float(number) => number < limit as f64,
        }
    }

    fn is_above(self, limit: i64) -> bool {
        match self {
            Self::Whole(number) => number > limit,
            Self::Float(number) => number > limit as f64,
        }
    }
}

fn items(count: u64) -> String {
    if count == 1 { "1 item".to_owned() } else { format!("{count} items") }
}

fn characters(count: u64) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}
