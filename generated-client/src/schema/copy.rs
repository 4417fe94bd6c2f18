//! Copies what two objects have in common.

use super::value::{List, Map, Object, Value, View};

/// Copies the fields of an answer into the fields of a request that have the same name and take the same kind of value.
/// Empty strings are left out, and so is what a request never sends.
pub fn copy_common_fields<T: Object>(answer: &dyn Object, mut request: T) -> T {
    copy_object(answer, &mut request);
    request
}

fn copy_object(from: &dyn Object, to: &mut dyn Object) {
    let target = to.schema();
    for (field, value) in from.fields() {
        let index = target.fields.iter().position(|sent| sent.name == field.name && !sent.answer_only);
        if let Some(slot) = index.and_then(|index| to.get_mut(index)) {
            copy_value(value.view(), slot);
        }
    }
}

/// Whether the slot took the value; otherwise it is as it was, or empty.
fn copy_value(from: View<'_>, to: &mut dyn Value) -> bool {
    match from {
        View::Absent | View::Text("") | View::Listed("", _) => false,
        View::Text(text) | View::Listed(text, _) => to.set_text(text),
        View::Integer(number) => to.set_integer(number),
        View::Number(number) => to.set_number(number),
        View::Boolean(boolean) => to.set_boolean(boolean),
        View::Json(json) => to.set_json(json.clone()),
        View::File(file) => to.set_file(file.clone()),
        View::Object(object) => to.as_object_mut().map(|to| copy_object(object, to)).is_some(),
        View::List(list) => to.as_list_mut().map(|to| copy_list(list, to)).is_some(),
        View::Map(map) => to.as_map_mut().map(|to| copy_map(map, to)).is_some(),
    }
}

fn copy_list(from: &dyn List, to: &mut dyn List) {
    for value in (0..from.len()).filter_map(|index| from.get(index)) {
        let Some(slot) = to.push() else { return };
        if !copy_value(value.view(), slot) {
            to.pop();
        }
    }
}

fn copy_map(from: &dyn Map, to: &mut dyn Map) {
    from.each(&mut |key, value| {
        if !copy_value(value.view(), to.entry(key)) {
            to.remove(key);
        }
    });
}
