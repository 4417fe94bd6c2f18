//! Whether a request sets a field.

use super::extra::Extra;
use super::field::Field;
use super::kind::ValueKind;
use super::operation::{EmptyText, Operation};
use super::value::{Object, View};

/// Whether a field counts as given. A value that is not sent, such as an empty list of files, does not count.
#[inline]
pub(crate) fn is_given(field: &Field, view: View<'_>, empty_text: EmptyText) -> bool {
    let leaves_out = empty_text == EmptyText::LeftOut;
    match view {
        View::Absent => false,
        View::Text(text) | View::Listed(text, _) => !(leaves_out && text.is_empty()),
        View::List(list) if list.is_empty() => {
            list.item_kind() != ValueKind::File && !(leaves_out && field.delimiter().is_some())
        }
        View::Map(map) if map.is_empty() => !(field.is_flattened() || leaves_out && field.delimiter().is_some()),
        _ => true,
    }
}

/// The value of the field with this name.
pub(crate) fn field_view<'a>(object: &'a dyn Object, name: &str) -> View<'a> {
    let found = object.fields().find(|(field, _)| field.name == name);
    found.map_or(View::Absent, |(_, value)| value.view())
}

/// Whether a request asks for the first page of a list: it has neither a cursor nor an offset other than 0.
pub(crate) fn is_first_page(operation: &Operation, request: &dyn Object, extra: &Extra) -> bool {
    let is_start = |name| match extra.get(name).map_or_else(|| field_view(request, name), View::Json) {
        View::Absent | View::Integer(0) => true,
        View::Json(json) => json.is_null() || *json == 0 || *json == "0",
        _ => false,
    };
    is_start(operation.api.offset) && operation.api.cursor.is_none_or(is_start)
}
