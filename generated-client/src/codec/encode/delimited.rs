//! Lists and maps as one delimited text.

use crate::schema::View;

/// Joins the items of a list, or the `key=value` entries of a map. `None` if the value is neither.
pub(crate) fn join(view: View<'_>, delimiter: &str) -> Option<String> {
    let mut texts = Vec::new();
    match view {
        View::List(list) => {
            let items = (0..list.len()).filter_map(|index| list.get(index));
            texts.extend(items.map(|value| text_of(value.view())));
        }
        View::Map(map) => map.each(&mut |key, value| texts.push(format!("{key}={}", text_of(value.view())))),
        _ => return None,
    }
    Some(texts.join(delimiter))
}

/// The text of a scalar in a query or in a delimited text. The generator allows only scalars there, so any other value
/// becomes an empty text.
pub(crate) fn text_of(view: View<'_>) -> String {
    match view {
        View::Text(text) | View::Listed(text, _) => text.to_owned(),
        View::Integer(number) => number.to_string(),
        View::Number(number) => number.to_string(),
        View::Boolean(boolean) => boolean.to_string(),
        View::Absent | View::Object(_) | View::List(_) | View::Map(_) | View::Json(_) | View::File(_) => String::new(),
    }
}
