//! The path and the query of a request.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::join::{joined, text_of};
use super::operation::Operation;
use super::schema::Place;
use super::validate::find;
use super::value::{Object, View};
use super::wire::is_given;

/// Everything but the characters that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A parameter of the path that would lead to another place than the template says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadParameter {
    pub(crate) name: String,
    pub(crate) is: &'static str,
}

/// The path, with all parameters filled in.
pub(crate) fn path(operation: &Operation, account: &str, request: &dyn Object) -> Result<String, BadParameter> {
    let mut path = String::with_capacity(operation.path.len() + account.len());
    let mut rest = operation.path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        path.push_str(before);
        if name == operation.account {
            push_segment(&mut path, name, account)?;
        } else {
            push_value(&mut path, name, find(request, name))?;
        }
        rest = after;
    }
    path.push_str(rest);
    Ok(path)
}

fn push_value(path: &mut String, name: &str, view: View<'_>) -> Result<(), BadParameter> {
    match view {
        View::Text(text) | View::Listed(text, _) => push_segment(path, name, text),
        View::Integer(number) => push_segment(path, name, &number.to_string()),
        View::Number(number) => push_segment(path, name, &number.to_string()),
        View::Boolean(boolean) => push_segment(path, name, if boolean { "true" } else { "false" }),
        View::Absent => Err(BadParameter { name: name.to_owned(), is: "missing" }),
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
pub(crate) fn query(operation: &Operation, request: &dyn Object) -> String {
    let mut query = String::new();
    for (name, value) in operation.fixed {
        push_parameter(&mut query, name, value);
    }
    let mut fields = request.schema().fields.iter();
    request.each(&mut |value| {
        let Some(field) = fields.next().filter(|field| field.place == Place::Query) else { return };
        let view = value.view();
        if is_given(field, view, operation.empty_text) {
            match field.separator.and_then(|separator| joined(view, separator)) {
                Some(text) => push_parameter(&mut query, field.name, &text),
                None => push_parameters(&mut query, field.name, view),
            }
        }
    });
    query
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
