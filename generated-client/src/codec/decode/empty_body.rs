//! The answer of a response without a body.

use super::answer::Target;
use crate::schema::{Extra, Location, Method, Object, Operation, Value, View};

/// Fills the answer to a request that changes something, if the response has no body. The path of the request says which
/// object was changed, so a field that every answer has takes the value of the path. Returns whether all of these
/// fields have a value.
pub(crate) fn fill_from_path(
    operation: &Operation,
    request: &dyn Object,
    extra: &Extra,
    target: &mut Target<'_>,
) -> bool {
    let Target::One(value) = target else { return false };
    let Some(object) = value.as_object_mut().filter(|_| operation.method != Method::Get) else { return false };
    let always = object.schema().fields.iter().enumerate().filter(|(_, field)| field.always);
    for (index, field) in always {
        let mut in_path = request.fields().filter(|(sent, _)| sent.location == Location::Path);
        let sent = in_path.find(|(sent, _)| sent.name == field.name);
        let view = sent.map(|(_, value)| extra.get(field.name).map_or_else(|| value.view(), View::Json));
        if !view.zip(object.get_mut(index)).is_some_and(|(view, slot)| set(slot, view)) {
            return false;
        }
    }
    true
}

fn set(slot: &mut dyn Value, view: View<'_>) -> bool {
    match view {
        View::Text(text) | View::Listed(text, _) => slot.set_text(text),
        View::Integer(number) => slot.set_integer(number),
        View::Json(json) => json.as_str().is_some_and(|text| slot.set_text(text)),
        _ => false,
    }
}
