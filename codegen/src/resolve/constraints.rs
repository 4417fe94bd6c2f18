//! The constraints of a field: they fit its type, and its own example satisfies them.

use super::context::Known;
use super::queries::{is_scalar, item_of};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Authorship, Fact, FieldDoc, Spanned};
use crate::interpret;
use crate::model::{Constraints, Delimiter, Model, Type};

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
    check_fits("min_length", docs.min_length.as_ref(), text, "a text", diagnostics);
    check_fits("max_length", docs.max_length.as_ref(), text, "a text", diagnostics);
    check_fits("format", docs.format.as_ref(), text, "a text", diagnostics);
    check_fits("min", docs.min.as_ref(), number, "a number", diagnostics);
    check_fits("max", docs.max.as_ref(), number, "a number", diagnostics);
    check_possible("length", docs.min_length.as_ref(), docs.max_length.as_ref(), diagnostics);
    check_possible("value", docs.min.as_ref(), docs.max.as_ref(), diagnostics);
    let by = &field.by;
    let mut constraints = Constraints {
        min_length: docs.min_length.as_ref().map(|fact| known.constraint(fact, by, diagnostics)),
        max_length: docs.max_length.as_ref().map(|fact| known.constraint(fact, by, diagnostics)),
        min: docs.min.as_ref().map(|fact| known.constraint(fact, by, diagnostics)),
        max: docs.max.as_ref().map(|fact| known.constraint(fact, by, diagnostics)),
        format: docs.format.as_ref().map(|fact| known.constraint(fact, by, diagnostics)),
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

fn check_fits<T>(key: &str, fact: Option<&Fact<T>>, fits: bool, needs: &str, diagnostics: &mut Diagnostics) {
    if let Some(fact) = fact.filter(|_| !fits) {
        diagnostics.push(
            Diagnostic::new(Code::LimitOfAnotherType, format!("`{key}` does not go with this type"))
                .at(fact.is.span, format!("`{key}` limits {needs}"))
                .help("remove it, or correct the type"),
        );
    }
}

fn check_possible<T: PartialOrd + Copy>(
    what: &str,
    min: Option<&Fact<T>>,
    max: Option<&Fact<T>>,
    diagnostics: &mut Diagnostics,
) {
    if let (Some(min), Some(max)) = (min, max)
        && min.is.is > max.is.is
    {
        diagnostics.push(
            Diagnostic::new(Code::ImpossibleLimit, format!("no {what} can meet both limits"))
                .at(max.is.span, "the upper limit")
                .with(min.is.span, "is less than the lower one")
                .help("correct one of them"),
        );
    }
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
            Diagnostic::new(Code::FieldExample, format!("this example {}, says the field itself", violation.demand))
                .at(example.span, format!("rule `{}`", violation.rule))
                .help("correct the example or the limit"),
        );
    }
}

/// How a list of plain values becomes one text.
fn delimiter(known: &Known<'_>, doc: &FieldDoc, ty: &Type, diagnostics: &mut Diagnostics) -> Option<Delimiter> {
    let delimiter = doc.delimiter.as_ref()?;
    let fits = match ty {
        Type::List(items) => is_scalar(items),
        Type::Map(items) => is_scalar(items) && !delimiter.is.contains('='),
        _ => false,
    };
    // A letter or a digit would be part of many items.
    let separates = !delimiter.is.contains(char::is_alphanumeric);
    if !separates {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, format!("`{}` cannot separate items", delimiter.is))
                .at(delimiter.span, "")
                .help("write the mark that stands between two items, such as `\",\"`"),
        );
    }
    if !fits {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, "`delimiter` does not go with this type")
                .at(delimiter.span, "joins the items of a list")
                .help("it goes with a list, or a map, of texts, numbers, truth values or listed values"),
        );
    }
    let authority = known.authority(&Authorship::default(), Some(&doc.by), diagnostics);
    Some(Delimiter { text: delimiter.is.clone(), authority })
}
