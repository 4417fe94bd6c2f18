//! How a caller finds what an operation may have created.

use std::collections::HashMap;

use super::context::Cx;
use super::references::same_name;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::document::{OperationDoc, Spanned};
use crate::model::{Does, Field, FoundBy, Model, ObjectId, Operation, Presence, Stage, Type};

/// The name of the Rust method.
const METHOD: &str = "find";

/// Resolves `found_by` of all operations. `names` are the Rust methods of the resource.
pub(super) fn resolve_found_by(cx: &mut Cx<'_, '_>, operations: &mut [Operation], names: &HashMap<String, Span>) {
    let mut first = names.get(METHOD).copied();
    let known = cx.known;
    for (name, doc) in &known.doc.operations {
        let Some(field) = &doc.found_by else { continue };
        if let Some(first) = first {
            cx.diagnostics.push(same_name("operation", METHOD, field, first));
        }
        first = Some(field.span);
        let Some(index) = operations.iter().position(|operation| operation.name == name.is) else { continue };
        match found_by(cx.model, operations, &operations[index], field) {
            Ok(found) => operations[index].found_by = Some(found),
            // A list that could not be resolved was reported.
            Err(_) if operations.len() < known.doc.operations.len() => {}
            Err(problem) => cx.diagnostics.push(problem.diagnostic(field, doc)),
        }
    }
}

/// What is wrong with `found_by`.
enum Problem {
    CreatesNothing,
    NotSent,
    NoList,
}

impl Problem {
    fn diagnostic(&self, field: &Spanned<String>, doc: &OperationDoc) -> Diagnostic {
        let name = &field.is;
        let (message, label, help) = match self {
            Self::CreatesNothing => (
                "`found_by` needs `does: create`".to_owned(),
                "this operation creates nothing",
                "remove `found_by`, or correct `does`".to_owned(),
            ),
            Self::NotSent => (
                format!("the request has no text `{name}`"),
                "not a field of this request with `type: string`",
                "write the field that names what is created".to_owned(),
            ),
            Self::NoList => (
                format!("no list shows `{name}`"),
                "how can a caller look for it?",
                format!("add an operation with `does: list` that needs no parameters and whose items have `{name}`"),
            ),
        };
        let diagnostic = Diagnostic::new(Code::FoundBy, message).at(field.span, label).help(help);
        match &doc.request {
            Some(line) if matches!(self, Self::NotSent) => diagnostic.with(line.span, "the request"),
            _ => diagnostic,
        }
    }
}

fn found_by(
    model: &Model,
    operations: &[Operation],
    create: &Operation,
    field: &Spanned<String>,
) -> Result<FoundBy, Problem> {
    let has_text = |object: ObjectId| {
        let is_it = |other: &&Field| other.name == field.is && other.ty == Type::Text;
        model[object].fields.iter().find(is_it).is_some()
    };
    if create.does != Does::Create {
        return Err(Problem::CreatesNothing);
    }
    if !has_text(create.request) {
        return Err(Problem::NotSent);
    }
    let needs_nothing = |list: &Operation| {
        let mut fields = model[list.request].fields.iter();
        !fields.any(|field| matches!(field.presence, Presence::Required(_)))
    };
    let list = operations.iter().position(|list| {
        let is_there = list.stage == Stage::Released || create.stage != Stage::Released;
        list.does == Does::List && is_there && needs_nothing(list) && list.answer.object().is_some_and(has_text)
    });
    Ok(FoundBy { field: field.is.clone(), list: list.ok_or(Problem::NoList)? })
}
