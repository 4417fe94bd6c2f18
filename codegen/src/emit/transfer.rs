//! Sentences about how requests and answers are transferred: bodies, statuses, retries and types on the wire.

use crate::model::{
    Answer, Body, EmptyText, Location, Meta, Method, Model, Operation, ResponseShape, Retry, Sources, Type,
};
use crate::text::alternatives;

/// The key that identifies a request, beside every answer.
pub(super) const API_ID: &str = "api_id";

/// The name of an HTTP method.
pub(super) fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Delete => "DELETE",
        Method::Patch => "PATCH",
    }
}

/// Where a request carries a field.
pub(super) fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Body => "body",
    }
}

/// How an operation is sent: the body, empty strings, and whether it may be sent again.
pub(super) fn sending(operation: &Operation) -> Vec<String> {
    let body = match &operation.body {
        Body::None => None,
        Body::Json => Some("The body is a JSON object.".to_owned()),
        Body::Multipart { data: None } => Some("The body is a multipart form with a part for each field.".to_owned()),
        Body::Multipart { data: Some(data) } => Some(format!(
            "The body is a multipart form. The part `{data}` contains all fields except files, as a JSON object."
        )),
    };
    let empty_text = match operation.empty_text {
        EmptyText::LeftOut => Some("An empty string counts as absent and is not sent.".to_owned()),
        EmptyText::Sent => None,
    };
    body.into_iter().chain(empty_text).collect()
}

/// When a request may be sent again.
pub(super) fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Safe => "A request may be retried even after an unknown outcome: executing it twice does no harm.",
        Retry::IfNotSent => "A request is retried only if the server has certainly not executed it.",
        Retry::Never => "A request is never retried.",
    }
}

/// The statuses of success, as in `200` or `202`.
pub(super) fn statuses(answer: &Answer) -> String {
    let statuses: Vec<_> = answer.statuses.iter().map(u16::to_string).collect();
    format!("Status {}.", alternatives(statuses.iter().map(String::as_str)))
}

/// Where a response body contains the answer.
pub(super) fn shape(model: &Model, answer: &Answer, sources: impl Fn(&Sources) -> String) -> Vec<String> {
    match &answer.shape {
        ResponseShape::Bare => vec!["The body is the object.".to_owned()],
        ResponseShape::Under(key) => {
            let unwrapped = answer.unwrapped.as_ref().map(|by| {
                format!("The body can also be the object itself, without `{key}` (source: {}).", sources(by))
            });
            [format!("The body contains the object under `{key}`.")].into_iter().chain(unwrapped).collect()
        }
        ResponseShape::Says { key, text: Some(text) } => {
            vec![format!("The body only confirms the request: `{key}` is \"{text}\", or is absent.")]
        }
        ResponseShape::Says { key, text: None } => {
            vec![format!("The body only confirms the request: `{key}` contains a sentence, or is absent.")]
        }
        ResponseShape::List { key, total, meta, beside } => {
            let totals = alternatives(total.iter().map(String::as_str));
            let total = if total.is_empty() {
                "No key contains the number of all items.".to_owned()
            } else {
                format!("The number of all items is under {totals}.")
            };
            let meta = match meta {
                Meta::Object => Some("The position of the page is in the object `meta` beside the list.".to_owned()),
                Meta::Flat => Some("The position of the page is beside the list.".to_owned()),
                Meta::None => None,
            };
            let beside = beside.map(|id| format!("The fields of `{}` are beside the list.", model[id].name));
            let list = format!("The body contains the list under `{key}`.");
            [list, total].into_iter().chain(meta).chain(beside).collect()
        }
    }
}

/// A type in the words of the spec.
pub(super) fn type_name(model: &Model, ty: &Type) -> String {
    match ty {
        Type::Text => "string".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Timestamp | Type::Moment => "timestamp".to_owned(),
        Type::Decimal => "decimal".to_owned(),
        Type::Any => "any".to_owned(),
        Type::File => "file".to_owned(),
        Type::Enum(id) => model[*id].name.clone(),
        Type::Choice(id) => model[*id].name.clone(),
        Type::Object(id) => model[*id].name.clone(),
        Type::List(items) => format!("list of {}", type_name(model, items)),
        Type::Map(items) => format!("map of {}", type_name(model, items)),
    }
}
