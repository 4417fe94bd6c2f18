//! The path and the query of a request.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::json::{join, text_of};
use crate::schema::{ACCOUNT, Extra, List, Location, Object, Operation, View, field_view, is_given};

/// All characters but the unreserved ones of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// All characters but those that a segment of a path can contain between its items (RFC 3986, `sub-delims`).
const RESERVED_BETWEEN: &AsciiSet =
    &RESERVED.remove(b',').remove(b';').remove(b'!').remove(b'$').remove(b'&').remove(b'+').remove(b'*').remove(b':');

/// A path parameter that is missing or would change the structure of the path. The message is "`name` is `problem`".
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct InvalidParameter {
    pub(crate) name: String,
    pub(crate) problem: &'static str,
}

/// The path, with all placeholders filled.
pub(crate) fn path(
    operation: &Operation,
    account: &str,
    request: &dyn Object,
    extra: &Extra,
) -> Result<String, InvalidParameter> {
    let mut path = String::with_capacity(operation.path.len() + account.len() + 40);
    let mut rest = operation.path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        path.push_str(before);
        if name == ACCOUNT {
            if extra.get(name).is_some() {
                return Err(InvalidParameter {
                    name: name.to_owned(),
                    problem: "the account of the client and cannot be set for a single call",
                });
            }
            push_segment(&mut path, name, account)?;
        } else {
            let given = extra.get(name).map(View::Json);
            match (given, list_in(request, name)) {
                (None, Some((list, delimiter))) => push_list(&mut path, name, list, delimiter)?,
                _ => push_value(&mut path, name, given.unwrap_or_else(|| field_view(request, name)))?,
            }
        }
        rest = after;
    }
    path.push_str(rest);
    Ok(path)
}

/// Checks a template that a caller wrote for a single call. It may not be a valid path.
pub(crate) fn check_template(path: &str) -> Result<(), InvalidParameter> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'\\' | b'%');
    let problem = if !path.starts_with('/') {
        "not absolute: it must start with a slash or with a server of the API"
    } else if !path.bytes().all(is_plain) {
        "not a plain path: it contains a query, a fragment or a special character; use placeholders and `with_extra`"
    } else if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        "not a plain path: it contains a `.` or `..` segment"
    } else {
        return Ok(());
    };
    Err(InvalidParameter { name: "the path".to_owned(), problem })
}

fn push_value(path: &mut String, name: &str, view: View<'_>) -> Result<(), InvalidParameter> {
    match view {
        View::Text(text) | View::Listed(text, _) => push_segment(path, name, text),
        View::Integer(number) => push_segment(path, name, &number.to_string()),
        View::Number(number) => push_segment(path, name, &number.to_string()),
        View::Boolean(boolean) => push_segment(path, name, if boolean { "true" } else { "false" }),
        View::Absent => Err(InvalidParameter { name: name.to_owned(), problem: "missing" }),
        View::Json(serde_json::Value::String(text)) => push_segment(path, name, text),
        View::Json(json) if json.is_number() => push_segment(path, name, &json.to_string()),
        View::Object(_) | View::List(_) | View::Map(_) | View::Json(_) | View::File(_) => {
            Err(InvalidParameter { name: name.to_owned(), problem: "not a single value" })
        }
    }
}

/// The list that a field sends as one segment, and its delimiter.
fn list_in<'a>(request: &'a dyn Object, name: &str) -> Option<(&'a dyn List, &'static str)> {
    let (field, value) = request.fields().find(|(field, _)| field.name == name)?;
    match value.view() {
        View::List(list) => Some((list, field.delimiter()?)),
        _ => None,
    }
}

/// Appends a segment with the items of a list. The delimiter stays readable where a path can contain it.
fn push_list(path: &mut String, name: &str, list: &dyn List, delimiter: &str) -> Result<(), InvalidParameter> {
    let texts = (0..list.len()).filter_map(|index| Some(text_of(list.get(index)?.view())));
    let texts: Vec<_> = texts.collect();
    match texts.as_slice() {
        [only] => return push_segment(path, name, only),
        texts if texts.is_empty() || texts.iter().any(String::is_empty) => {
            return Err(InvalidParameter { name: name.to_owned(), problem: "empty" });
        }
        _ => {}
    }
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            path.extend(utf8_percent_encode(delimiter, RESERVED_BETWEEN));
        }
        path.extend(utf8_percent_encode(text, RESERVED));
    }
    Ok(())
}

/// Appends a percent-encoded segment. Servers and URL parsers resolve `.` and `..` and may skip an empty segment, so
/// that the request would reach another resource, such as a whole list instead of one item.
fn push_segment(path: &mut String, name: &str, value: &str) -> Result<(), InvalidParameter> {
    let problem = match value {
        "" => "empty",
        "." | ".." => "`.` or `..`, which would change the path",
        _ => {
            path.extend(utf8_percent_encode(value, RESERVED));
            return Ok(());
        }
    };
    Err(InvalidParameter { name: name.to_owned(), problem })
}

/// The query with its question mark, or an empty text. A list becomes one parameter per item. Extra values come last
/// and replace fixed parameters and fields of the same name.
pub(crate) fn query(operation: &Operation, request: &dyn Object, extra: &Extra) -> String {
    let mut query = String::new();
    for (name, value) in operation.fixed.iter().filter(|(name, _)| extra.get(name).is_none()) {
        push_parameter(&mut query, name, value);
    }
    let in_query = request.fields().filter(|(field, _)| field.location == Location::Query);
    for (field, value) in in_query.filter(|(field, _)| extra.get(field.name).is_none()) {
        let view = value.view();
        if is_given(field, view, operation.empty_text) {
            match field.delimiter().and_then(|delimiter| join(view, delimiter)) {
                Some(text) => push_parameter(&mut query, field.name, &text),
                None => push_parameters(&mut query, field.name, view),
            }
        }
    }
    for (name, value) in extra.in_query(operation, request.schema()) {
        push_json(&mut query, name, value);
    }
    query
}

/// Appends an extra value. Null adds no parameter, and a list adds one per item.
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

#[cfg(test)]
mod tests {
    use super::push_list;

    fn segment(items: &[&str], delimiter: &str) -> Result<String, &'static str> {
        let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
        let mut path = "/".to_owned();
        push_list(&mut path, "ids", &items, delimiter).map(|()| path).map_err(|invalid| invalid.problem)
    }

    #[test]
    fn commas_between_the_items_of_a_segment_stay_commas() {
        assert_eq!(segment(&["10", "1/1", "a,b"], ",").as_deref(), Ok("/10,1%2F1,a%2Cb"));
        assert_eq!(segment(&["1", "2"], "<").as_deref(), Ok("/1%3C2"));
        assert_eq!(segment(&["all"], ",").as_deref(), Ok("/all"));
    }

    #[test]
    fn a_segment_without_items_is_refused() {
        for items in [&[][..], &[""], &["a", ""]] {
            assert_eq!(segment(items, ","), Err("empty"));
        }
        assert!(segment(&[".."], ",").is_err());
    }
}
