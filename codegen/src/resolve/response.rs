//! Responses: the type of the answer, and where it is in the body.

use super::answers::answer_named;
use super::context::Cx;
use super::references::check_key_path;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{AnswerUseDoc, AnsweredDoc, Spanned};
use crate::model::{Answer, Does, Meta, Object, ObjectId, ResponseShape, Type};

pub(super) fn answer(cx: &mut Cx<'_, '_>, does: Does, answer: &AnswerUseDoc) -> Option<Answer> {
    let ty = answered_type(cx, answer);
    let statuses = statuses(answer, cx.diagnostics);
    let beside = answer.beside.as_ref().and_then(|name| answer_named(cx, name));
    if let (Some(name), Some(object)) = (&answer.beside, beside) {
        check_beside(name, &cx.model[object], answer, cx.diagnostics);
    }
    let shape = shape(answer, beside, cx.diagnostics);
    let unwrapped = answer.unwrapped.as_ref().map(|by| cx.known.sources(&by.is, None, cx.diagnostics));
    if let (Some(by), Some(key), Some(Type::Object(id))) = (&answer.unwrapped, &answer.under, &ty) {
        check_unwrapped(by.span, key, &cx.model[*id], cx.diagnostics);
    }
    if does == Does::List && answer.list.is_none() {
        cx.diagnostics.push(
            Diagnostic::new(Code::MissingPage, "`list` is missing")
                .at(answer.is.span(), "which key of the answer has the list?")
                .help("add `list: <key>`, and `total: <key>` with the key that counts all objects, or `total: none`"),
        );
    }
    Some(Answer { ty: ty?, statuses, shape: shape?, unwrapped })
}

/// An answer that is only a sentence.
pub(super) fn confirmation(
    doc: &AnswerUseDoc,
    says: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Answer> {
    let statuses = statuses(doc, diagnostics);
    doc.under.iter().for_each(|key| check_key_path(key, diagnostics));
    Some(Answer { ty: Type::Text, statuses, shape: sentence(doc, says, diagnostics)?, unwrapped: None })
}

/// The statuses of success.
fn statuses(answer: &AnswerUseDoc, diagnostics: &mut Diagnostics) -> Vec<u16> {
    for status in answer.status.iter().filter(|status| !(200..300).contains(&status.is)) {
        diagnostics.push(
            Diagnostic::new(Code::MalformedStatus, format!("`{}` is not a success status", status.is))
                .at(status.span, "expected 200 to 299")
                .help("remove it; every other status is an error and is not listed"),
        );
    }
    let statuses: Vec<u16> = answer.status.iter().filter_map(|status| u16::try_from(status.is).ok()).collect();
    if statuses.is_empty() { vec![200] } else { statuses }
}

/// An answer type of the file, a plain value in a list, or a sentence.
fn answered_type(cx: &mut Cx<'_, '_>, answer: &AnswerUseDoc) -> Option<Type> {
    let Some(name) = answer.is.type_name() else { return Some(Type::Text) };
    let plain = match name.is.as_str() {
        "string" => Type::Text,
        "integer" => Type::Integer,
        "number" => Type::Number,
        "boolean" => Type::Boolean,
        "timestamp" => Type::Timestamp,
        "decimal" => Type::Decimal,
        "any" => Type::Any,
        _ => return answer_named(cx, name).map(Type::Object),
    };
    if answer.list.is_none() {
        cx.diagnostics.push(
            Diagnostic::new(Code::ListShape, "an answer that is not a list must be an object")
                .at(answer.is.span(), "this is a plain value")
                .help("declare the object that contains it under `answers`, or add `list: <key>, total: none`"),
        );
    }
    Some(plain)
}

fn shape(answer: &AnswerUseDoc, beside: Option<ObjectId>, diagnostics: &mut Diagnostics) -> Option<ResponseShape> {
    for key in [&answer.list, &answer.under].into_iter().flatten().chain(answer.total.iter().flatten()) {
        check_key_path(key, diagnostics);
    }
    if let AnsweredDoc::Says(says) = &answer.is {
        return sentence(answer, says, diagnostics);
    }
    if let (None, Some(by)) = (&answer.under, &answer.unwrapped) {
        diagnostics.push(
            Diagnostic::new(Code::ListShape, "`unwrapped` needs `under`")
                .at(by.span, "which key may the answer lack?")
                .help("add `under: <key>`, or remove `unwrapped`"),
        );
    }
    let meta = answer.meta.as_ref().map(|meta| meta.is);
    let total = answer.total.as_ref().map(|keys| keys.iter().map(|key| key.is.clone()).collect::<Vec<_>>());
    let is_none = total.as_ref().is_some_and(|keys| *keys == ["none"]);
    let (message, help) = match (&answer.list, &answer.under, total, meta) {
        (Some(_), None, Some(_), Some(Meta::None)) if !is_none => {
            ("`total` and `meta: none` contradict each other", "write `total: none`, or another `meta`")
        }
        (Some(_), None, Some(total), _) if total.is_empty() || (!is_none && total.iter().any(|key| key == "none")) => {
            ("`total` lists no keys", "list the keys in the order in which they are tried, or write `total: none`")
        }
        (Some(key), None, Some(total), meta) => {
            let total = if is_none { Vec::new() } else { total };
            let (key, meta) = (key.is.clone(), meta.unwrap_or(Meta::Object));
            return Some(ResponseShape::List { key, total, meta, beside });
        }
        (None, _, _, _) if answer.beside.is_some() => {
            ("`beside` needs `list`", "add `list: <key>`, or remove `beside`")
        }
        (None, Some(key), None, None) => return Some(ResponseShape::Under(key.is.clone())),
        (None, None, None, None) => return Some(ResponseShape::Bare),
        (None, _, None, Some(_)) => ("`meta` needs `list`", "add `list: <key>` and `total: ..`, or remove `meta`"),
        (Some(_), Some(_), _, _) => (
            "`list` and `under` cannot be combined",
            "remove `under`; for a list inside an object, write `list: thing.items`",
        ),
        (Some(_), None, None, _) => {
            ("`total` is missing", "add `total: <key>` with the key that counts all objects, or `total: none`")
        }
        (None, _, Some(_), _) => ("`total` needs `list`", "add `list: <key>`, or remove `total`"),
    };
    diagnostics.push(Diagnostic::new(Code::ListShape, message).at(answer.is.span(), "in this answer").help(help));
    None
}

/// Without its key, an answer is told apart by its fields.
fn check_unwrapped(span: Span, under: &Spanned<String>, object: &Object, diagnostics: &mut Diagnostics) {
    let key = under.is.split('.').next().unwrap_or(&under.is);
    if object.fields.iter().any(|field| field.name == key) {
        let name = &object.name;
        diagnostics.push(
            Diagnostic::new(Code::ListShape, format!("`{key}` is the key of the answer and a field of `{name}`"))
                .at(span, "with and without the key, the answer looks the same")
                .help("remove `unwrapped`, or the field"),
        );
    }
}

/// A key of the answer belongs to one of the two: the list with its position, or the object beside it.
fn check_beside(name: &Spanned<String>, beside: &Object, answer: &AnswerUseDoc, diagnostics: &mut Diagnostics) {
    let list = answer.list.iter().map(|key| key.is.rsplit('.').next().unwrap_or(&key.is));
    let totals = answer.total.iter().flatten().map(|key| key.is.as_str());
    let taken: Vec<_> = list.chain(totals).chain(["meta"]).collect();
    for field in beside.fields.iter().filter(|field| taken.contains(&field.name.as_str())) {
        diagnostics.push(
            Diagnostic::new(Code::ListShape, format!("`{}` belongs to the list and to `{}`", field.name, name.is))
                .at(name.span, format!("has the field `{}`", field.name))
                .help("remove the field from the type; the client reads it as a part of the page"),
        );
    }
}

/// Where the body has the sentence of an answer that is nothing else.
fn sentence(answer: &AnswerUseDoc, says: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<ResponseShape> {
    let misplaced = [
        ("list", answer.list.as_ref().map(|key| key.span)),
        ("total", answer.total.iter().flatten().next().map(|key| key.span)),
        ("beside", answer.beside.as_ref().map(|key| key.span)),
        ("meta", answer.meta.as_ref().map(|key| key.span)),
        ("unwrapped", answer.unwrapped.as_ref().map(|by| by.span)),
    ];
    let misplaced = misplaced.into_iter().find_map(|(key, span)| Some((key, span?)));
    if let Some((key, span)) = misplaced {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, format!("`{key}` is not allowed with `says`"))
                .at(span, "the answer is only a sentence")
                .help(format!("remove `{key}`, or write `type` instead of `says`")),
        );
        return None;
    }
    let key = answer.under.as_ref().map_or("message", |key| key.is.as_str()).to_owned();
    Some(ResponseShape::Says { key, text: Some(says.is.clone()).filter(|text| !text.is_empty()) })
}
