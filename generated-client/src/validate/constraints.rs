//! Constraints on single values.

use super::collector::Collector;
use super::pointer::PathStep;
use crate::schema::{Authority, Fact, Field, File, Format, Values, nearest, suggestion};

/// The media type of a file that has none.
const UNKNOWN_TYPE: &str = "application/octet-stream";

impl Collector {
    pub(super) fn text(&mut self, path: &PathStep<'_>, field: &Field, text: &str) {
        // A text has at most as many characters as bytes, so most texts need no counting.
        let length = || text.chars().count() as u64;
        for fact in field.facts {
            match *fact {
                Fact::MinLength(least, by) if length() < least => {
                    let message = format!("{} has {}; at least {least} are required", field.name, characters(length()));
                    self.add(path, "min_length", by, message);
                }
                Fact::MaxLength(most, by) if text.len() as u64 > most && length() > most => {
                    let message = format!("{} has {}; {} allowed", field.name, characters(length()), at_most(most));
                    self.add(path, "max_length", by, message);
                }
                Fact::Format(format, by) => self.format(path, field.name, text, format, by),
                Fact::Delimiter(delimiter, by) if text.contains(delimiter) => {
                    let message = format!("an item of {} contains {delimiter:?}, which separates items", field.name);
                    self.add(path, "delimiter", by, message);
                }
                _ => {}
            }
        }
    }

    /// Checks the format of a text. An empty text that is sent clears the field, so its format is not checked.
    pub(super) fn format(&mut self, path: &PathStep<'_>, name: &str, text: &str, format: Format, by: Authority) {
        if !text.is_empty() && !format.matches(text) {
            self.add(path, "format", by, format!("{name} is not {}", format.in_words()));
        }
    }

    /// Checks a key of a delimited map. There, the first `=` ends the key.
    pub(super) fn key(&mut self, path: &PathStep<'_>, field: &Field, key: &str) {
        for fact in field.facts {
            if let Fact::Delimiter(delimiter, by) = *fact
                && (key.contains(delimiter) || key.contains('='))
            {
                let message = format!("a key of {} contains {delimiter:?} or \"=\", which ends the key", field.name);
                self.add(path, "delimiter", by, message);
            }
        }
    }

    pub(super) fn listed(&mut self, path: &PathStep<'_>, field: &Field, text: &str, values: Values) {
        let Some(by) = field.listed().filter(|_| !values.contains(&text)) else { return };
        if text.is_empty() {
            // It may clear the field, which no source denies.
            let message = format!("{} is an empty text, which is not a listed value", field.name);
            self.add(path, "values", Authority::Warning(by.source()), message);
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
        for fact in field.facts {
            match *fact {
                Fact::MinItems(least, by) if count < least => {
                    let message = format!("{} has {}; at least {least} are required", field.name, items(count));
                    self.add(path, "min_items", by, message);
                }
                Fact::MaxItems(most, by) if count > most => {
                    let message = format!("{} has {}; {} allowed", field.name, items(count), at_most(most));
                    self.add(path, "max_items", by, message);
                }
                _ => {}
            }
        }
    }

    /// Checks a file. The size of a file at a path, or of a stream without a length, is not known yet.
    pub(super) fn file(&mut self, path: &PathStep<'_>, field: &Field, file: &File) {
        for fact in field.facts {
            match *fact {
                Fact::MaxBytes(most, by) => {
                    if let Some(bytes) = file.body().len().filter(|bytes| *bytes > most) {
                        let message = format!("{} has {bytes} bytes; at most {most} are allowed", field.name);
                        self.add(path, "max_bytes", by, message);
                    }
                }
                Fact::ContentTypes(types, by) if !is_of_one(file, types) => {
                    let allowed = types.join(", ");
                    let message = format!("{} has another media type than those allowed: {allowed}", field.name);
                    self.add(path, "content_types", by, message);
                }
                _ => {}
            }
        }
    }

    pub(super) fn number(&mut self, path: &PathStep<'_>, field: &Field, number: Number) {
        for fact in field.facts {
            match *fact {
                Fact::Min(least, by) if number.is_below(least) => {
                    self.add(path, "min", by, format!("{} is less than {least}", field.name));
                }
                Fact::Max(most, by) if number.is_above(most) => {
                    self.add(path, "max", by, format!("{} is greater than {most}", field.name));
                }
                _ => {}
            }
        }
    }
}

/// Whether a file has one of these media types.
fn is_of_one(file: &File, types: &[&str]) -> bool {
    let given = file.content_type().filter(|given| !given.is_empty()).unwrap_or(UNKNOWN_TYPE);
    let essence = given.split(';').next().unwrap_or_default().trim();
    types.iter().any(|ty| ty.eq_ignore_ascii_case(essence))
}

/// A maximum as the beginning of "... allowed".
fn at_most(most: u64) -> String {
    if most == 1 { "at most 1 is".to_owned() } else { format!("at most {most} are") }
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
