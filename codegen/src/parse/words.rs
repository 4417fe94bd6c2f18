//! What one word, or a list of words, says about a field.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{AlsoDoc, Spanned, TypeDoc, ValueDoc};
use crate::language::{ALSO, COMPARISONS, TYPES, VALUE, names_a_type};
use crate::model::Comparison;
use crate::reader::{Keys, did_you_mean, list, map, prose, summary, text, text_or, word};
use crate::text::alternatives;
use crate::yaml::{Data, Node, ambiguous, is_plain_number};

/// Whether a value is a plain text.
pub(super) fn is_word(node: &Node) -> bool {
    matches!(node.data, Data::Scalar { .. }) && !node.is_absent()
}

/// A type that one word names.
pub(super) fn plain_type(word: Spanned<String>, diagnostics: &mut Diagnostics) -> Option<TypeDoc> {
    Some(match word.is.as_str() {
        "string" => TypeDoc::Text,
        "integer" => TypeDoc::Integer,
        "number" => TypeDoc::Number,
        "boolean" => TypeDoc::Boolean,
        "timestamp" => TypeDoc::Timestamp,
        "decimal" => TypeDoc::Decimal,
        "any" => TypeDoc::Any,
        "file" => TypeDoc::File,
        _ if names_a_type(&word.is) => TypeDoc::Named(word),
        _ => {
            let help = did_you_mean(&word.is, TYPES)
                .unwrap_or_else(|| format!("write {}, or the name of a type, such as `Address`", alternatives(TYPES)));
            let unknown = Diagnostic::new(Code::UnknownType, format!("unknown type `{}`", word.is));
            diagnostics.push(unknown.at(word.span, "no such type").help(help));
            return None;
        }
    })
}

/// A list of texts, or a mapping from texts to sentences.
pub(super) fn enum_values(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<ValueDoc>> {
    if let Data::Map(_) = node.data {
        let values = map(node, enum_value, diagnostics)?;
        let with_wire = |(wire, (rust, summary))| ValueDoc { wire, rust, summary: Some(summary) };
        return Some(values.into_iter().map(with_wire).collect());
    }
    let values = list(node, text, diagnostics)?;
    let mut spans = HashMap::new();
    for value in &values {
        let first = *spans.entry(&value.is).or_insert(value.span);
        if first != value.span {
            diagnostics.push(
                Diagnostic::new(Code::DuplicateValue, format!("the value `{}` is listed twice", value.is))
                    .at_repeated(value.span, first)
                    .help("remove one of them"),
            );
        }
    }
    Some(values.into_iter().map(|wire| ValueDoc { wire, rust: None, summary: None }).collect())
}

/// A sentence, or `{ rust: Name, summary: .. }`.
pub(super) fn enum_value(node: &Node, diagnostics: &mut Diagnostics) -> Option<(Option<Spanned<String>>, String)> {
    let Data::Map(_) = node.data else {
        return prose(node, diagnostics).map(|summary| (None, summary));
    };
    let mut keys = Keys::open(node, &VALUE, diagnostics)?;
    let rust = keys.read("rust", text, diagnostics);
    let summary = summary(&mut keys, diagnostics);
    keys.close(diagnostics);
    Some((rust, summary))
}

pub(super) fn comparisons(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<Spanned<Comparison>>> {
    let comparisons = list(node, comparison, diagnostics)?;
    if matches!(&node.data, Data::List(items) if items.is_empty()) {
        let empty =
            Diagnostic::new(Code::EmptyText, "`compare` lists no comparison").at(node.head(), "this list is empty");
        diagnostics.push(empty.help("list the comparisons, such as `[gt, lt]`, or remove `compare`"));
    }
    Some(comparisons)
}

/// The example of a number or a truth value, with or without quotes.
pub(super) fn plain_example(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<String>> {
    match &node.data {
        Data::Scalar { text, plain: true, .. }
            if is_plain_number(text) || matches!(text.as_str(), "true" | "false") =>
        {
            Some(Spanned::new(text.clone(), node.span))
        }
        _ => example(node, diagnostics),
    }
}

/// The example of a field. It is written as text, unless the field is a number or a truth value.
pub(super) fn example(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<String>> {
    let needs_quotes = |text: &str, span: Span| {
        ambiguous(text, span).help(format!("write `example: \"{text}\"`; the example of a text is text"))
    };
    text_or(node, needs_quotes, diagnostics)
}

/// The text between items, which may be whitespace in quotes.
pub(super) fn delimiter(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<String>> {
    match &node.data {
        Data::Scalar { text, plain: false, .. } if !text.is_empty() => Some(Spanned::new(text.clone(), node.span)),
        _ => text(node, diagnostics),
    }
}

pub(super) fn comparison(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<Comparison>> {
    word(node, &COMPARISONS, diagnostics)
}

pub(super) fn also(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<AlsoDoc>> {
    word(node, &ALSO, diagnostics)
}
