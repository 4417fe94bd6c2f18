//! Whether a request gives a field, on its own or beside its fields.

use super::extra::Extra;
use super::field::Field;
use super::kind::ValueKind;
use super::operation::{EmptyText, Operation};
use super::value::{Object, Value, View};

/// Whether a field counts as given: what leaves no trace on the wire does not.
pub(crate) fn is_given(field: &Field, view: View<'_>, empty_text: EmptyText) -> bool {
    let leaves_out = empty_text == EmptyText::LeftOut;
    match view {
        View::Absent => false,
        View::Text(text) | View::Listed(text, _) => !(leaves_out && text.is_empty()),
        View::List(list) if list.is_empty() => {
            list.item_kind() != ValueKind::File && !(leaves_out && field.delimiter.is_some())
        }
        View::Map(map) if map.is_empty() => !(field.flatten || leaves_out && field.delimiter.is_some()),
        _ => true,
    }
}

/// Whether an object gives a field.
pub(crate) fn gives(object: &dyn Object, name: &str, empty_text: EmptyText) -> bool {
    let schema = object.schema();
    let field = schema.position(name).and_then(|position| schema.fields.get(position));
    field.is_some_and(|field| is_given(field, find(object, name), empty_text))
}

/// The value of a field.
pub(crate) fn find<'a>(object: &'a dyn Object, name: &str) -> View<'a> {
    let mut found = View::Absent;
    let mut fields = object.schema().fields.iter();
    object.each(&mut |value: &'a dyn Value| {
        if fields.next().is_some_and(|field| field.name == name) {
            found = value.view();
        }
    });
    found
}

/// Whether a request puts its result off.
pub(crate) fn is_deferred(operation: &Operation, request: &dyn Object, extra: &Extra) -> bool {
    let is_given = |name| gives(request, name, operation.empty_text) || extra.get(name).is_some();
    operation.deferred_by.is_some_and(is_given)
}
