//! The path and the query of a request.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::delimited::{join, text_of};
use crate::schema::{Extra, Location, Object, Operation, View, find, is_given};

/// Everything but the characters that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A parameter of the path that would lead to another location than the template says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadParameter {
    pub(crate) name: String,
    pub(crate) is: &'static str,
}

/// The path, with all parameters filled in.
pub(crate) fn path(
    operation: &Operation,
    account: &str,
    request: &dyn Object,
    extra: &Extra,
) -> Result<String, BadParameter> {
    check(operation.path)?;
    let mut path = String::with_capacity(operation.path.len() + account.len());
    let mut rest = operation.path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        path.push_str(before);
        if name == operation.api.account {
            if extra.get(name).is_some() {
                return Err(BadParameter {
                    name: name.to_owned(),
                    is: "the account of the client; no call has another",
                });
            }
            push_segment(&mut path, name, account)?;
        } else {
            let given = extra.get(name).map(View::Json);
            push_value(&mut path, name, given.unwrap_or_else(|| find(request, name)))?;
        }
        rest = after;
    }
    path.push_str(rest);
    Ok(path)
}

/// A template that somebody wrote for a single call may be no path.
fn check(path: &str) -> Result<(), BadParameter> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'\\' | b'%');
    let is = if !path.starts_with('/') {
        "not a path: it begins neither with a slash nor with a server of the API"
    } else if !path.bytes().all(is_plain) {
        "not a path alone: parameters are given with `with_extra`, and placeholders stand for what is not plain"
    } else if path.split('/').any(|step| matches!(step, "." | "..")) {
        "not a plain path: it holds a step"
    } else {
        return Ok(());
    };
    Err(BadParameter { name: "the path".to_owned(), is })
}

fn push_value(path: &mut String, name: &str, view: View<'_>) -> Result<(), BadParameter> {
    match view {
        View::Text(text) | View::Listed(text, _) => push_segment(path, name, text),
        View::Integer(number) => push_segment(path, name, &number.to_string()),
        View::Number(number) => push_segment(path, name, &number.to_string()),
        View::Boolean(boolean) => push_segment(path, name, if boolean { "true" } else { "false" }),
        View::Absent => Err(BadParameter { name: name.to_owned(), is: "missing" }),
        View::Json(serde_json::Value::String(text)) => push_segment(path, name, text),
        View::Json(json) if json.is_number() => push_segment(path, name, &json.to_string()),
        View::Object(_) | View::List(_) | View::Map(_) | View::Json(_) | View::File(_) => {
            Err(BadParameter { name: name.to_owned(), is: "not one value" })
        }
    }
}

/// Servers and URL parsers alike take `.` and `..` for steps, and skip an empty segment; the request
/// would then reach another resource, such as all instead of one.
fn push_segment(path: &mut String, name: &str, value: &str) -> Result<(), BadParameter> {
    let is = match value {
        "" => "empty",
        "." | ".." => "a step in the path",
        _ => {
            path.extend(utf8_percent_encode(value, RESERVED));
            return Ok(());
        }
    };
    Err(BadParameter { name: name.to_owned(), is })
}

/// The query, with its question mark if there is one. A list is written as one parameter an item.
///
/// What is given beside the request's own fields comes last, and in the location of a field of the same name.
pub(crate) fn query(operation: &Operation, request: &dyn Object, extra: &Extra) -> String {
    let mut query = String::new();
    for (name, value) in operation.fixed.iter().filter(|(name, _)| extra.get(name).is_none()) {
        push_parameter(&mut query, name, value);
    }
    let mut fields = request.schema().fields.iter();
    request.each(&mut |value| {
        let field = fields.next().filter(|field| field.location == Location::Query && extra.get(field.name).is_none());
        let Some(field) = field else { return };
        let view = value.view();
        if is_given(field, view, operation.empty_text) {
            match field.delimiter.and_then(|delimiter| join(view, delimiter)) {
                Some(text) => push_parameter(&mut query, field.name, &text),
                None => push_parameters(&mut query, field.name, view),
            }
        }
    });
    for (name, value) in extra.in_query(operation, request.schema()) {
        push_json(&mut query, name, value);
    }
    query
}

/// Null is no parameter, and a list is one for each item.
fn push_json(query: &mut String, name: &str, json: &serde_json::Value) {
    match json {
        serde_json::Value::Null => {}
        serde_json::Value::String(text) => push_parameter(query, name, text),
        serde_json::Value::Array(items) => items.iter().for_each(|item| push_json(query, name, item)),
        json => push_parameter(query, name, &json.to_string()),
    }
}

fn push_parameters(query: &mut String, name: &str, view: View<'_>) {
    match view {
        View::Absent => {}
        View::List(list) => {
            for value in (0..list.len()).filter_map(|index| list.get(index)) {
                push_parameters(query, name, value.view());
            }
        }
        view => push_parameter(query, name, &text_of(view)),
    }
}

fn push_parameter(query: &mut String, name: &str, value: &str) {
    query.push(if query.is_empty() { '?' } else { '&' });
    query.extend(utf8_percent_encode(name, RESERVED));
    query.push('=');
    query.extend(utf8_percent_encode(value, RESERVED));
}
