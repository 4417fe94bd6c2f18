//! The formats of strings as regular expressions, in what ECMA-262, Python and Rust have in common.

use crate::model::{Characters, Choice, DeclaredFormat, Format, Model};

/// What no part of an email address contains.
const NOT_IN_EMAIL: &str = r"@\s\x00-\x1f\x7f-\x9f";
const DATE: &str = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
const TIME: &str = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?";

/// The expression of a format, which is not anchored.
pub(super) fn expression(model: &Model, format: Format) -> String {
    match format {
        Format::Country => "[A-Z]{2}".to_owned(),
        Format::E164 => r"\+[1-9][0-9]{6,14}".to_owned(),
        Format::Email => {
            let (any, end) = (format!("[^{NOT_IN_EMAIL}]"), format!("[^.{NOT_IN_EMAIL}]"));
            format!(r"{any}+@{end}{any}*\.{any}*{end}")
        }
        Format::Uuid => "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}".to_owned(),
        Format::Url => r"https?://[^/?#\s]+(?:[/?#][\s\S]*)?".to_owned(),
        Format::Date => DATE.to_owned(),
        Format::DateTime => format!("{DATE} {TIME}"),
        Format::Declared(id) => declared(&model[id]),
    }
}

/// The name of a format in JSON Schema, if it has one.
pub(super) fn name(format: Format) -> Option<&'static str> {
    match format {
        Format::Email => Some("email"),
        Format::Uuid => Some("uuid"),
        Format::Url => Some("uri"),
        Format::Date => Some("date"),
        Format::Country | Format::E164 | Format::DateTime | Format::Declared(_) => None,
    }
}

fn declared(format: &DeclaredFormat) -> String {
    let ranges: String = format.alphabet.iter().map(|characters| range(*characters)).collect();
    let count = if format.least == format.most {
        format.least.to_string()
    } else {
        format!("{},{}", format.least, format.most)
    };
    format!("{}[{ranges}]{{{count}}}", escaped(&format.prefix))
}

fn range(characters: Characters) -> String {
    match characters.range() {
        (one, last) if one == last => escaped(&one.to_string()),
        (first, last) => format!("{first}-{last}"),
    }
}

/// The expression of a text in one of the forms of a choice.
pub(super) fn choice(choice: &Choice) -> String {
    let forms = choice.forms.iter().map(|form| format!(r"{}[\s\S]+{}", escaped(&form.prefix), escaped(&form.suffix)));
    format!("(?:{})", forms.collect::<Vec<_>>().join("|"))
}

/// A text in which no character has a special meaning.
pub(super) fn escaped(text: &str) -> String {
    let mut expression = String::new();
    for letter in text.chars() {
        if letter.is_ascii_punctuation() && !"_%&,:;<>=@\"'`~! #".contains(letter) {
            expression.push('\\');
        }
        expression.push(letter);
    }
    expression
}
