//! The constraints of a field: they fit its type, and its own example satisfies them.

use super::context::{Cx, Known};
use super::formats::format_named;
use super::queries::{is_scalar, item_of};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Authorship, Fact, FieldDoc, Spanned};
use crate::interpret;
use crate::model::{Constraint, Constraints, ContentTypes, Delimiter, Field, Format, Model, Type};

/// The constraints of a field. Those that do not fit its type are reported.
pub(super) fn constraints(
    known: &Known<'_>,
    model: &Model,
    field: &FieldDoc,
    ty: &Type,
    diagnostics: &mut Diagnostics,
) -> Constraints {
    let docs = &field.constraints;
    let text = *item_of(ty) == Type::Text;
    let number = matches!(item_of(ty), Type::Integer | Type::Number);
    let file = *item_of(ty) == Type::File;
    let is_collection = matches!(ty, Type::List(_) | Type::Map(_));
    check_applies("min_length", docs.min_length.as_ref(), text, "strings", diagnostics);
    check_applies("max_length", docs.max_length.as_ref(), text, "strings", diagnostics);
    check_applies("format", docs.format.as_ref(), text, "strings", diagnostics);
    check_applies("min", docs.min.as_ref(), number, "numbers", diagnostics);
    check_applies("max", docs.max.as_ref(), number, "numbers", diagnostics);
    check_range("length", docs.min_length.as_ref(), docs.max_length.as_ref(), diagnostics);
    check_range("value", docs.min.as_ref(), docs.max.as_ref(), diagnostics);
    check_applies("min_items", docs.min_items.as_ref(), is_collection, "lists and maps", diagnostics);
    check_applies("max_items", docs.max_items.as_ref(), is_collection, "lists and maps", diagnostics);
    check_range("number of items", docs.min_items.as_ref(), docs.max_items.as_ref(), diagnostics);
    check_applies("max_bytes", docs.max_bytes.as_ref(), file, "files", diagnostics);
    check_applies("content_types", docs.content_types.as_ref(), file, "files", diagnostics);
    let by = &field.by;
    let mut constraints = Constraints {
        min_length: docs.min_length.as_ref().map(|fact| known.constraint(fact, by, diagnostics)),
        max_length: docs.max_length.as_ref().map(|fact| known.constraint(fact, by, diagnostics)),
        min: docs.min.as_ref().map(|fact| known.constraint(fact, by, diagnostics)),
        max: docs.max.as_ref().map(|fact| known.constraint(fact, by, diagnostics)),
        format: docs.format.as_ref().and_then(|fact| format(known, model, fact, by, diagnostics)),
        min_items: docs.min_items.as_ref().map(|fact| known.constraint(fact, by, diagnostics)),
        max_items: docs.max_items.as_ref().map(|fact| known.constraint(fact, by, diagnostics)),
        max_bytes: docs.max_bytes.as_ref().map(|fact| known.constraint(fact, by, diagnostics)),
        content_types: docs.content_types.as_ref().map(|fact| content_types(known, fact, by, diagnostics)),
        delimiter: None,
        values: None,
    };
    if let Some(example) = &field.example {
        check_example(model, example, ty, &constraints, diagnostics);
    }
    constraints.delimiter = delimiter(known, field, ty, diagnostics);
    if matches!(item_of(ty), Type::Enum(_)) {
        constraints.values = Some(known.authority(&Authorship::default(), Some(by), diagnostics));
    }
    constraints
}

fn check_applies<T>(key: &str, fact: Option<&Fact<T>>, applies: bool, to: &str, diagnostics: &mut Diagnostics) {
    if let Some(fact) = fact.filter(|_| !applies) {
        diagnostics.push(
            Diagnostic::new(Code::LimitOfAnotherType, format!("`{key}` does not apply to the type of this field"))
                .at(fact.is.span, format!("`{key}` applies to {to}"))
                .help(format!("remove `{key}`, or correct the type")),
        );
    }
}

fn check_range<T: PartialOrd + Copy>(
    what: &str,
    min: Option<&Fact<T>>,
    max: Option<&Fact<T>>,
    diagnostics: &mut Diagnostics,
) {
    if let (Some(min), Some(max)) = (min, max)
        && min.is.is > max.is.is
    {
        diagnostics.push(
            Diagnostic::new(Code::ImpossibleLimit, format!("no {what} satisfies both constraints"))
                .at(max.is.span, "this maximum is less than the minimum")
                .with(min.is.span, "the minimum")
                .help("correct one of them"),
        );
    }
}

/// Gives a field the format that one of its entries names. The example of the field still satisfies its constraints.
pub(super) fn replace_format(
    cx: &mut Cx<'_, '_>,
    name: &Spanned<String>,
    fact: &Fact<String>,
    by: &Authorship,
    field: &mut Field,
) {
    check_applies("format", Some(fact), *item_of(&field.ty) == Type::Text, "strings", cx.diagnostics);
    field.constraints.format = format(cx.known, cx.model, fact, by, cx.diagnostics);
    if let Some(example) = &field.example {
        let example = Spanned::new(example.clone(), name.span);
        check_example(cx.model, &example, &field.ty, &field.constraints, cx.diagnostics);
    }
}

fn format(
    known: &Known<'_>,
    model: &Model,
    fact: &Fact<String>,
    by: &Authorship,
    diagnostics: &mut Diagnostics,
) -> Option<Constraint<Format>> {
    let is = format_named(model, &fact.is, diagnostics)?;
    Some(Constraint { is, authority: known.authority(&fact.by, Some(by), diagnostics) })
}

/// The media types of a file, each a type and a subtype.
fn content_types(
    known: &Known<'_>,
    fact: &Fact<Vec<Spanned<String>>>,
    by: &Authorship,
    diagnostics: &mut Diagnostics,
) -> ContentTypes {
    let help = "write media types without parameters, such as `[image/png, application/pdf]`";
    if fact.is.is.is_empty() {
        let empty = Diagnostic::new(Code::EmptyText, "`content_types` lists no media type");
        diagnostics.push(empty.at(fact.is.span, "this list is empty").help(help));
    }
    for ty in fact.is.is.iter().filter(|ty| !is_media_type(&ty.is)) {
        let wrong = Diagnostic::new(Code::WrongKind, format!("`{}` is not a media type", ty.is));
        diagnostics.push(wrong.at(ty.span, "expected a type, a slash and a subtype").help(help));
    }
    let are = fact.is.is.iter().map(|ty| ty.is.clone()).collect();
    ContentTypes { are, authority: known.authority(&fact.by, Some(by), diagnostics) }
}

/// Whether a text has the form of a media type in lower case, without parameters.
fn is_media_type(text: &str) -> bool {
    let is_name = |name: &str| {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-+._!#$&^".contains(&byte);
        !name.is_empty() && name.bytes().all(is_plain)
    };
    text.split_once('/').is_some_and(|(kind, subtype)| is_name(kind) && is_name(subtype))
}

/// The example of a field satisfies the field's own constraints.
fn check_example(
    model: &Model,
    example: &Spanned<String>,
    ty: &Type,
    constraints: &Constraints,
    diagnostics: &mut Diagnostics,
) {
    let value = interpret::example_value(ty, &example.is);
    for violation in interpret::validate_value(model, ty, constraints, &value) {
        diagnostics.push(
            Diagnostic::new(Code::FieldExample, format!("the `example` of this field {}", violation.demand))
                .at(example.span, format!("violates `{}`", violation.rule))
                .help(format!("correct the example or `{}`", violation.rule)),
        );
    }
}

/// Only a delimited list of texts can have an item that stands for all.
fn check_all(doc: &FieldDoc, ty: &Type, diagnostics: &mut Diagnostics) {
    let is_of_texts = matches!(ty, Type::List(items) if matches!(**items, Type::Text | Type::Enum(_)));
    if let Some(all) = doc.all.as_ref().filter(|_| doc.delimiter.is_none() || !is_of_texts) {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, "`all` is not allowed on this field")
                .at(all.span, "only with `delimiter`, on a list of texts")
                .help("remove `all`, or add `delimiter`"),
        );
    }
}

/// How a list of plain values becomes one text.
fn delimiter(known: &Known<'_>, doc: &FieldDoc, ty: &Type, diagnostics: &mut Diagnostics) -> Option<Delimiter> {
    check_all(doc, ty, diagnostics);
    let delimiter = doc.delimiter.as_ref()?;
    let is_plain = matches!(ty, Type::List(items) | Type::Map(items) if is_scalar(items));
    let splits_entries = is_plain && matches!(ty, Type::Map(_)) && delimiter.is.contains('=');
    // A letter or a digit would be part of many items.
    let separates = !delimiter.is.contains(char::is_alphanumeric);
    if !separates {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, format!("`{}` cannot be a delimiter", delimiter.is))
                .at(delimiter.span, "letters and digits can be part of an item")
                .help("write a punctuation mark, such as `\",\"`"),
        );
    }
    if splits_entries {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, format!("`{}` cannot be the delimiter of a map", delimiter.is))
                .at(delimiter.span, "`=` separates the key of an entry from its value")
                .help("write another punctuation mark, such as `\",\"`"),
        );
    } else if !is_plain {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, "`delimiter` is not allowed with this type")
                .at(delimiter.span, "only with a list or a map of plain values")
                .help("remove it, or use a list or a map of `string`, `integer`, `number`, `boolean` or `enum`"),
        );
    }
    let authority = known.authority(&Authorship::default(), Some(&doc.by), diagnostics);
    let all = doc.all.as_ref().map(|all| all.is.clone());
    Some(Delimiter { text: delimiter.is.clone(), all, authority })
}
