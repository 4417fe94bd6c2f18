//! An operation that returns nothing stored has an example of its answer: in one of its documented requests, or in
//! the fields of the answer.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::OperationDoc;
use crate::interpret;
use crate::model::{Does, Example, Field, Model, ObjectId, Operation, ResponseShape, Type};
use crate::text::listing;

/// Without an example, a simulator would have nothing to answer, or would have to make it up.
pub(super) fn check_answer_example(
    model: &Model,
    operation: &Operation,
    doc: &OperationDoc,
    examples: &[Example],
    diagnostics: &mut Diagnostics,
) {
    // An example that is listed twice is checked once.
    let listed: BTreeSet<_> = operation.examples.iter().collect();
    let mut listed = listed.into_iter().filter_map(|index| examples.get(*index));
    // Without a collection, every operation is an `action`.
    if operation.does != Does::Action || listed.any(|it| interpret::shows_success(model, operation, it)) {
        return;
    }
    let Some(answer) = doc.answer.as_ref() else { return };
    if matches!(operation.answer.shape, ResponseShape::Says { .. }) {
        return;
    }
    let unwritten = match operation.answer.object() {
        Some(object) => unwritten(model, object),
        None => Some(("a plain value cannot have an `example`".to_owned(), "")),
    };
    let Some((label, way_out)) = unwritten else { return };
    let message = format!("the operation `{}` has no example of its answer", operation.name);
    let help = format!("{way_out}list an example whose `answer` has a success status");
    diagnostics.push(Diagnostic::new(Code::UnwrittenAnswer, message).at(answer.is.span(), label).help(help));
}

/// Why the examples of an answer's fields do not make an answer, and how to correct it. `None`: they do, or the
/// answer has no fields.
fn unwritten(model: &Model, object: ObjectId) -> Option<(String, &'static str)> {
    let fields = &model[object].fields;
    if fields.is_empty() || interpret::examples_of(model, object).is_some() {
        return None;
    }
    let lacking = interpret::lacking(model, object);
    let names = listing(lacking.iter().map(|field| field.name.as_str()));
    let (label, way_out) = match *lacking {
        [] => ("no field of this answer has an `example`".to_owned(), "add an `example` to its fields, or "),
        [_] => {
            (format!("its field {names} is in every answer and has no `example`"), "add an `example` to the field, or ")
        }
        _ => (
            format!("its fields {names} are in every answer and have no `example`"),
            "add an `example` to each field, or ",
        ),
    };
    let is_way_out =
        if lacking.is_empty() { fields.iter().any(takes_example) } else { lacking.into_iter().all(takes_example) };
    Some((label, if is_way_out { way_out } else { "" }))
}

/// Whether a field can have an example of its own.
fn takes_example(field: &Field) -> bool {
    !matches!(field.ty, Type::File | Type::Object(_) | Type::List(_) | Type::Map(_))
}
